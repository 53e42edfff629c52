import type { ArticleId, Instant, StoryId } from '../domain/article.ts';
import { dayMs } from '../domain/time.ts';
import type { Outline, StoryMark } from './story-mark.ts';
import type { StoryTerms, TermCounts } from './story-terms.ts';

/** Articles on one event. */
export interface StoryState {
  readonly articles: number;
  /** Times of its first and latest article; undefined where no article has one. */
  readonly first: Instant | undefined;
  readonly latest: Instant | undefined;
  /** Sum of its articles' terms, each article's of length 1. */
  readonly terms: StoryTerms;
  /** Headlines and leads of some of its articles. */
  readonly marks: readonly StoryMark[];
}

/** A story as the index remembers it. */
export interface KnownStory extends StoryState {
  readonly id: StoryId;
}

/** An article of a story. */
export interface StoryMember {
  readonly id: ArticleId;
  readonly at: Instant | undefined;
  readonly source: string;
  readonly terms: StoryTerms;
  readonly outline: Outline;
}

/** What is known of the stories so far. */
export interface StoryIndex {
  /** How common terms are: counted, or estimated from a sample (`countsFor`). */
  termCounts(terms: readonly number[]): Promise<TermCounts>;
  /**
   * Stories that lead with some of these terms (given with their weights), those with the largest sum of products of weights first;
   * those told more than `openDays` before or after `at` come after the others. At most `storyLimit`; of a term that leads more than
   * `storiesPerTerm` only the latest count.
   */
  byTerms(terms: StoryTerms, at: Instant | undefined): Promise<readonly KnownStory[]>;
  /** At most `limit` articles of stories, the oldest first; of equals the one that came first. */
  members(stories: readonly StoryId[], limit: number): Promise<readonly StoryMember[]>;
}

/** At most so many stories are compared with a newcomer. */
export const storyLimit = 20;
/** Of a term that leads more stories only the latest are looked at. */
export const storiesPerTerm = 64;
/** A story is found by so many of its heaviest terms. */
export const leadingTerms = 24;
/** Further apart in time than this, what is alike is less likely one story. */
export const openDays = 7;

/** Whether what was told at that time may belong to a story; where a time is missing, it may. */
export function isOpenAt({ first, latest }: Pick<StoryState, 'first' | 'latest'>, at: Instant | undefined): boolean {
  if (!at || !first || !latest) return true;
  const margin = openDays * dayMs;
  const time = Date.parse(at);
  return time <= Date.parse(latest) + margin && time >= Date.parse(first) - margin;
}
