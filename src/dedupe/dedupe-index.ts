import type { ArticleId, Instant, StoryId } from '../domain/article.ts';
import type { CanonicalUrl } from '../text/canonical-url.ts';
import type { Fingerprint } from './fingerprint.ts';
import type { ReviewItem } from './review-item.ts';
import type { StoryChange } from './stories.ts';
import type { StoryIndex } from './story-index.ts';

/** A published article as the index knows it. */
export interface KnownArticle {
  readonly id: ArticleId;
  readonly urlKey: CanonicalUrl | undefined;
  readonly source: string;
  readonly agency?: string | undefined;
  /** When it was published, or first seen where that is unknown. Undefined in lists without any time. */
  readonly at: Instant | undefined;
  /** When it was first seen; a new version does not change that. */
  readonly seenAt: Instant | undefined;
  readonly title: string;
  readonly fingerprint: Fingerprint;
  readonly story: StoryId;
}

/** What a search by keys found before the index was locked: `DedupeIndex.find` goes on from there. */
export interface KeyHits {
  /** All fingerprints up to this number were searched, and none will come. */
  readonly until: number;
  readonly fingerprints: readonly number[];
  /** How many keys each of them shares. */
  readonly shared: readonly number[];
}

/** By what the candidates of a newcomer are found. */
export interface CandidateSearch {
  /** Every address under which it may be known, the surest first. */
  readonly addresses: readonly CanonicalUrl[];
  readonly fingerprint: Fingerprint;
  /** Left out where nothing was searched before. */
  readonly hits?: KeyHits | undefined;
}

/** Published articles that may be the newcomer. */
export interface Candidates {
  /** The article at each known address, or one of whose copies stands there, in the order asked for. */
  readonly atAddress: readonly { readonly key: CanonicalUrl; readonly article: KnownArticle }[];
  /** The one whose text has exactly the same words. */
  readonly sameText: KnownArticle | undefined;
  /** Those that share `keysNeeded` keys, most shared first, at most `candidateLimit`; of equals the one that came first. */
  readonly near: readonly KnownArticle[];
}

/** A copy of an article at another address. */
export interface Copy {
  readonly key: CanonicalUrl | undefined;
  readonly match: 'url' | 'exact' | 'near';
  /** Share of the known article's text that the copy holds, 0…1; 0 where one of the two is a headline alone. */
  readonly share: number;
}

/**
 * What is known of the articles published so far. Asking and writing are one step to all other workers (a lock), or duplicates that
 * arrive at the same instant miss each other. What was written is found by the next question.
 *
 * The memory and PostgreSQL both fulfil this contract, and one suite holds both to it (`test/dedupe/index-contract.ts`).
 * @typeParam Content what else is stored of an article
 */
export interface DedupeIndex<Content = unknown> extends StoryIndex {
  /** What is known of the addresses, texts and shingles of many newcomers, in their order. */
  find(searches: readonly CandidateSearch[]): Promise<readonly Candidates[]>;
  /** Publishes an article. `change` is what that makes of the stories, `review` what the operator is asked. */
  add(article: KnownArticle, change: StoryChange, review: ReviewItem | undefined, content: Content): Promise<void>;
  /**
   * Puts a new version in the place of an article; id and story stay.
   * @param copy given where it came as a copy: what was known so far becomes a copy of it
   */
  replace(
    known: KnownArticle,
    version: KnownArticle,
    how: { readonly substantive: boolean; readonly copy?: Copy },
    content: Content,
  ): Promise<void>;
  /** Notes where a copy of an article stands. */
  addCopy(of: KnownArticle, copy: Copy, content: Content): Promise<void>;
}

/** At most so many articles are compared with a newcomer. */
export const candidateLimit = 12;
/** A key that more articles hold says nothing; only the latest that hold it are looked at. */
export const holdersLimit = 32;
