import type { ArticleId, Instant, StoryId } from '../domain/article.ts';
import type { CanonicalUrl } from '../text/canonical-url.ts';
import type { Fingerprint } from './fingerprint.ts';
import type { StoryTerms, TermCounts } from './story-terms.ts';

/** A published article as the index remembers it. */
export interface KeptArticle {
  readonly id: ArticleId;
  readonly urlKey: CanonicalUrl | undefined;
  readonly source: string;
  readonly agency?: string | undefined;
  /** When it was published, or seen where that is unknown. Undefined in lists without any time. */
  readonly at: Instant | undefined;
  readonly title: string;
  readonly fingerprint: Fingerprint;
  readonly story: StoryId;
}

/** Articles on one event. */
export interface StoryState {
  readonly articles: number;
  /** Times of its first and latest article; undefined where no article has one. */
  readonly first: Instant | undefined;
  readonly latest: Instant | undefined;
  /** Sum of its articles' terms, each article's of length 1. */
  readonly terms: StoryTerms;
}

/** A story as the index remembers it. */
export interface KnownStory extends StoryState {
  readonly id: StoryId;
}

/** An article of a story. */
export interface StoryMember {
  readonly id: ArticleId;
  readonly at: Instant | undefined;
  readonly terms: StoryTerms;
}

/** Published articles that may be the newcomer. */
export interface Candidates {
  /** The article at each known address, or one of whose copies stands there, in the order asked for. */
  readonly atAddress: readonly { readonly key: CanonicalUrl; readonly kept: KeptArticle }[];
  /** The one whose text has exactly the same words. */
  readonly sameText: KeptArticle | undefined;
  /** Those that share `keysNeeded` keys, most shared first. */
  readonly near: readonly KeptArticle[];
}

/** What is known of the stories so far. */
export interface StoryIndex {
  termCounts(terms: readonly number[]): Promise<TermCounts>;
  /**
   * Stories that lead with some of these terms (given with their weights), those with the largest sum of products of weights first;
   * those told more than `openDays` before or after `at` come after the others.
   */
  byTerms(terms: StoryTerms, at: Instant | undefined): Promise<readonly KnownStory[]>;
  /** The articles of stories, first the oldest, at most so many. */
  members(stories: readonly StoryId[], limit: number): Promise<readonly StoryMember[]>;
}

/**
 * What is known of the articles published so far. `decide` asks, whoever stores writes; asking and writing must be one step to
 * other workers (a lock), or duplicates that arrive at the same instant miss each other.
 */
export interface DedupeIndex extends StoryIndex {
  /** What is known of an article's addresses, text and shingles. */
  find(addresses: readonly CanonicalUrl[], fingerprint: Fingerprint): Promise<Candidates>;
}

/** At most so many articles are compared with a newcomer. */
export const candidateLimit = 12;
/** A key that more articles hold says nothing; only the latest that hold it are looked at. */
export const holdersLimit = 32;
/** At most so many stories are compared with a newcomer. */
export const storyLimit = 20;
/** A story is found by so many of its heaviest terms. */
export const leadingTerms = 24;
/** Further apart in time than this, what is alike is less likely one story. */
export const openDays = 7;
