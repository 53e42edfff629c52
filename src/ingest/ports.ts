import type { DedupeIndex, KeyHits } from '../dedupe/dedupe-index.ts';
import type { Fingerprint } from '../dedupe/fingerprint.ts';
import type {
  ArticleId,
  Classification,
  ExtractedArticle,
  Instant,
  Link,
  Outcome,
  StoryVoice,
} from '../domain/article.ts';
import type { CanonicalUrl } from '../text/canonical-url.ts';

/** An extracted article, or a headline alone (its text is empty), on its way into the store. */
export interface IngestInput {
  readonly link: Link;
  /** Key of the link, whose outcome this decides. */
  readonly urlKey: CanonicalUrl;
  readonly source: { readonly id: string; readonly country?: string | undefined; readonly lang?: string | undefined };
  readonly extracted: ExtractedArticle;
  /** The address that answered, after redirects. */
  readonly pageUrl: string;
  readonly classification: Classification;
  readonly now: Instant;
  /** The step of its trace that it comes from, where articles are traced. */
  readonly trace?: string | undefined;
}

/** What the articles of one batch ask and write: all or nothing, and alone with the ingest lock of all workers. */
export interface IngestBatch<Content = IngestInput> extends DedupeIndex<Content> {
  /** How links ended before, by their keys; those that did not end, or whose article is gone, are left out. */
  earlierOutcomes(links: readonly CanonicalUrl[]): Promise<ReadonlyMap<string, Outcome>>;
  /** How a link ended. */
  end(link: CanonicalUrl, outcome: Outcome, content: Content): void;
}

/** What the story of an article gives to it: its own labels with those on which the voices of the story agree. */
export type PoolLabels = (own: StoryVoice, voices: readonly StoryVoice[]) => Classification;

/** A batch whose stories can be asked what their articles say. */
export interface StoryBatch {
  /** The articles of each story of several that this batch has changed, the latest hundred at most. */
  changedStories(): Promise<readonly (readonly StoryVoice[])[]>;
  relabel(article: ArticleId, labels: Classification): Promise<void>;
}

/** The store as ingest needs it. */
export interface IngestStore {
  /** Searches the index by keys before the lock is taken: most of the work of finding candidates. */
  search(fingerprints: readonly Fingerprint[]): Promise<readonly KeyHits[]>;
  /**
   * Runs a batch while no other of any worker runs one, so that each sees all that the ones before it wrote. When `work` fails nothing
   * of it is written.
   */
  batch<T>(work: (batch: IngestBatch & StoryBatch) => Promise<T>): Promise<T>;
  /** Notes for the reader what a copy tells otherwise than the article. */
  noteDifference(copy: IngestInput, of: ArticleId): Promise<void>;
  /** Returns when all batches that ended before are on disk: their ends do not wait for it. */
  flush(): Promise<void>;
}
