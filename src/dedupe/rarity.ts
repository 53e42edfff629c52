import background from './common-words.weights.json' with { type: 'json' };
import type { TermCounts } from './story-terms.ts';

/** Common words of thirteen languages, so that the first hour knows them too (`train/common-words.ts`). */
const commonWords = new Map(background.terms.map((term, index) => [term, background.counts[index] ?? 0]));

/** How much a term says, by how few articles hold it (BM25's idf). */
export function rarity(term: number, { articles, holding }: TermCounts): number {
  const held = (holding.get(term) ?? 0) + (commonWords.get(term) ?? 0);
  return Math.log(1 + Math.max(0, articles + background.articles - held + 0.5) / (held + 0.5));
}
