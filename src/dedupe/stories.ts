import type { Instant, StoryId } from '../article.ts';
import background from './common-words.weights.json' with { type: 'json' };
import { type DedupeIndex, type KnownStory, leadingTerms, type TermCounts } from './dedupe-index.ts';
import type { StoryTerms } from './story-terms.ts';

/** Cosine from which an article belongs to a story; BCubed F1 on the development sets hardly changes from .24 to .30. */
const belongs = 0.26;
/** So many of the heaviest terms are compared. */
const termsCompared = 80;
/** So many of the heaviest terms a story remembers. */
const termsRemembered = 150;

/**
 * Cosine from which two stories are one: when an article shows that what began as two is one event. Much higher than for an article,
 * for the terms of a whole story are many.
 */
const merges = 0.65;

/** A story as it is after an article joined it. */
export interface GrownStory {
  /** Undefined when the article opened it. */
  readonly id: StoryId | undefined;
  /** Stories that turned out to be the same one; the oldest of all gives its id. */
  readonly absorbs: readonly StoryId[];
  readonly terms: StoryTerms;
  /** The terms by which it is found, with their weights in its vector of unit length. */
  readonly leading: StoryTerms;
}

/**
 * The open story that an article belongs to, or the one that it opens.
 * @param closed stories that it does not belong to, however alike: the same report of another day is not the same event
 */
export async function findStory(
  terms: StoryTerms,
  at: Instant | undefined,
  index: DedupeIndex,
  closed: ReadonlySet<StoryId>,
): Promise<GrownStory> {
  const ownCounts = await index.termCounts([...terms.keys()]);
  const own = weigh(terms, ownCounts);
  const stories = (await index.byTerms(heaviest(own), at)).filter((story) => !closed.has(story.id));
  if (stories.length === 0) return grow([], terms, ownCounts);
  const counts = await index.termCounts([
    ...new Set([terms, ...stories.map((story) => story.terms)].flatMap((of) => [...of.keys()])),
  ]);
  let best: { story: KnownStory; cosine: number } | undefined;
  for (const story of stories) {
    const alike = cosine(own, weigh(story.terms, counts));
    if (alike >= belongs && (!best || alike > best.cosine)) best = { story, cosine: alike };
  }
  if (!best) return grow([], terms, counts);
  const joined = best.story;
  const grown = weigh(grow([joined], terms, counts).terms, counts);
  const same = stories.filter((story) => story !== joined && cosine(grown, weigh(story.terms, counts)) >= merges);
  return grow([joined, ...same], terms, counts);
}

function grow(stories: readonly KnownStory[], article: StoryTerms, counts: TermCounts): GrownStory {
  const sum = new Map(article);
  for (const story of stories) {
    for (const [term, weight] of story.terms) sum.set(term, (sum.get(term) ?? 0) + weight);
  }
  const weighed = weigh(sum, counts, termsRemembered);
  const length = Math.sqrt(squares(weighed)) || 1;
  const [oldest, ...others] = stories.toSorted((a, b) => (a.first ?? '').localeCompare(b.first ?? ''));
  return {
    id: oldest?.id,
    absorbs: others.map((story) => story.id),
    terms: new Map([...weighed.keys()].map((term) => [term, sum.get(term) ?? 0])),
    leading: new Map([...heaviest(weighed)].map(([term, weight]) => [term, weight / length])),
  };
}

/** The terms by which an article looks for its story, and a story is found. */
const heaviest = (weighed: StoryTerms): StoryTerms => new Map([...weighed].slice(0, leadingTerms));

/** Common words of thirteen languages, so that the first hour knows them too (`train/common-words.ts`). */
const commonWords = new Map(background.terms.map((term, place) => [term, background.counts[place] ?? 0]));

/** The heaviest terms, each multiplied by how rare it is (BM25's idf), heaviest first. */
function weigh(terms: StoryTerms, counts: TermCounts, limit = termsCompared): StoryTerms {
  const articles = counts.articles + background.articles;
  const weighed = [...terms].map(([term, weight]): [number, number] => {
    const holding = (counts.holding.get(term) ?? 0) + (commonWords.get(term) ?? 0);
    return [term, weight * Math.log(1 + (articles - holding + 0.5) / (holding + 0.5))];
  });
  return new Map(weighed.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, limit));
}

function cosine(a: StoryTerms, b: StoryTerms): number {
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
