import background from './common-words.weights.json' with { type: 'json' };
import type { TermCounts } from './story-terms.ts';

/**
 * What the background counts for, to 1 for an article that was seen here: enough for the first hour to know common words, and little
 * enough for what is common here to be soon known. BCubed F1 at 1, .5 and .2: ECB+ .930, .929, .926; VietnameseMDS .964, .958, .954;
 * MEANTIME (four languages) .726, .736, .786; BASIL 1.000 at all three, .970 without a background.
 */
const backgroundWeight = 0.5;
/** Common words of thirteen languages (`tools/train/dedupe/common-words.ts`). */
const commonWords = new Map(
  background.terms.map((term, index) => [term, (background.counts[index] ?? 0) * backgroundWeight]),
);
const backgroundArticles = background.articles * backgroundWeight;

/** How much a term says, by how few articles hold it (BM25's idf). */
export function rarity(term: number, { articles, holding }: TermCounts): number {
  const held = (holding.get(term) ?? 0) + (commonWords.get(term) ?? 0);
  return Math.log(1 + Math.max(0, articles + backgroundArticles - held + 0.5) / (held + 0.5));
}
