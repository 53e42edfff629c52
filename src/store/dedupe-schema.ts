import type { ColumnType } from 'kysely';

/** One row for each version of an article that can be found by its keys. */
interface FingerprintsTable {
  number: ColumnType<number, never, never>;
  article: string;
  keys: number;
}

interface ShingleKeysTable {
  key: number;
  fingerprint: number;
}

interface StoriesTable {
  id: string;
  number: ColumnType<number, never, never>;
  articles: number;
  first_at: ColumnType<Date, Date | string, Date | string>;
  latest_at: ColumnType<Date, Date | string, Date | string>;
  /** Its terms with the weight of each: see `packTerms`. */
  vector: Buffer;
  /** What it remembers of headlines: see `packMarks`. */
  marks: Buffer;
  /** The terms by which the story is found (`story_terms`). */
  found_by: number[];
}

interface StoryTermsTable {
  term: number;
  story: number;
  weight: number;
  /** When the story was told, in minutes since 1970. */
  first_minute: number;
  latest_minute: number;
}

/** How many articles hold a term; term 0 counts all. */
interface TermCountsTable {
  term: number;
  articles: number;
}

/**
 * The tables of deduplication. `ingest-batch.ts` and `review-items.ts` write them under the ingest lock; `closeStories` and
 * `tendShingleKeys` take away what nothing looks at any more.
 */
export interface DedupeSchema {
  fingerprints: FingerprintsTable;
  shingle_keys: ShingleKeysTable;
  stories: StoriesTable;
  story_terms: StoryTermsTable;
  term_counts: TermCountsTable;
}
