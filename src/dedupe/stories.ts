import type { Instant, StoryId } from '../article.ts';
import { type DedupeIndex, type KnownStory, leadingTerms, type TermCounts } from './dedupe-index.ts';
import type { StoryTerms } from './story-terms.ts';

/** Cosine from which an article belongs to a story. */
const belongs = 0.16;
/** A story is open for so long after its latest article. The strongest lever of all: without it BCubed F1 on BASIL falls from .95 to .75. */
export const openDays = 7;
const termsCompared = 80;

/** The open story that an article belongs to, or undefined when it opens one of its own. */
export async function findStory(terms: StoryTerms, at: Instant, index: DedupeIndex): Promise<StoryId | undefined> {
  const own = weigh(terms, await index.termCounts([...terms.keys()]));
  const since = new Date(Date.parse(at) - openDays * 86_400_000).toISOString();
  let best: { story: KnownStory; cosine: number } | undefined;
  const stories = await index.byTerms(leading(own), since);
  if (stories.length === 0) return undefined;
  const counts = await index.termCounts([...new Set(stories.flatMap((story) => [...story.terms.keys()]))]);
  for (const story of stories) {
    const alike = cosine(own, weigh(story.terms, counts));
    if (alike >= belongs && (!best || alike > best.cosine)) best = { story, cosine: alike };
  }
  return best?.story.id;
}

/** The terms by which an article looks for its story. */
const leading = (weighed: StoryTerms): number[] => [...weighed.keys()].slice(0, leadingTerms);

/** Articles that are taken for counted without any of the terms, so that in the first hour one use does not make a word common. */
const unseen = 30;
/** A story remembers this many of its heaviest terms. */
const termsRemembered = 150;

/** A story's terms after an article joined it (`before` undefined: opened it), and those by which it is found from now on. */
export function joinStory(
  before: StoryTerms | undefined,
  article: StoryTerms,
  counts: TermCounts,
): { terms: StoryTerms; leading: readonly number[] } {
  const sum = new Map(before);
  for (const [term, weight] of article) sum.set(term, (sum.get(term) ?? 0) + weight);
  const heaviest = [...weigh(sum, counts, termsRemembered).keys()];
  return {
    terms: new Map(heaviest.map((term) => [term, sum.get(term) ?? 0])),
    leading: heaviest.slice(0, leadingTerms),
  };
}

/** The heaviest terms, each multiplied by how rare it is (BM25's idf), heaviest first. */
export function weigh(terms: StoryTerms, counts: TermCounts, limit = termsCompared): StoryTerms {
  const weighed = [...terms].map(([term, weight]): [number, number] => {
    const holding = counts.holding.get(term) ?? 0;
    return [term, weight * Math.log(1 + (counts.articles + unseen - holding + 0.5) / (holding + 0.5))];
  });
  return new Map(weighed.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, limit));
}

export function cosine(a: StoryTerms, b: StoryTerms): number {
  let product = 0;
  for (const [term, weight] of a) product += weight * (b.get(term) ?? 0);
  const lengths = Math.sqrt(squares(a) * squares(b));
  return lengths === 0 ? 0 : product / lengths;
}

function squares(terms: StoryTerms): number {
  let sum = 0;
  for (const weight of terms.values()) sum += weight * weight;
  return sum;
}
