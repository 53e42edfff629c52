import type { EntryFields } from '../domain/entry-fields.ts';

/** How an edit of the catalogue ended. */
export type EditResult =
  | { readonly kind: 'done'; readonly id: string }
  /** Somebody else has changed the entry meanwhile: this is what stands there now. */
  | { readonly kind: 'conflict'; readonly entry: string; readonly version: string }
  /** The message names file and line. */
  | { readonly kind: 'refused'; readonly message: string };

/** One entry of the catalogue as it is written, and a word that is another after each change. */
export interface CatalogueEntry {
  readonly entry: string;
  readonly version: string;
}

/** A feed as a list of feeds names it. */
export interface ListedFeed {
  readonly title: string;
  readonly feedUrl: string;
  readonly homeUrl?: string | undefined;
  readonly language?: string | undefined;
}

/** What came of taking in a list of feeds. */
export interface ImportReport {
  readonly added: readonly { readonly id: string; readonly name: string; readonly feeds: number }[];
  /** Feeds that the catalogue lists already. */
  readonly known: readonly string[];
  readonly refused?: string | undefined;
}

/** The catalogue file, which stays the truth: the web asks, the application edits it. */
export interface CatalogueEditor {
  /** The file, for people. */
  readonly name: string;
  /** What is wrong with the file right now, by line; the catalogue of before goes on meanwhile. */
  mistake(): string | undefined;
  entry(id: string): Promise<CatalogueEntry | undefined>;
  /** What the text of an entry says in its most used fields; undefined while it cannot be read. */
  fields(entry: string): EntryFields | undefined;
  /** The text of an entry with other values in some fields; all else stays, comments included. */
  withFields(entry: string, fields: Partial<EntryFields>): string;
  /** @param version of the entry that was edited */
  save(id: string, entry: string, version: string): Promise<EditResult>;
  add(entry: string): Promise<EditResult>;
  remove(id: string, version: string): Promise<EditResult>;
  /** Adds the feeds that are not listed yet, one source a site. */
  importFeeds(feeds: readonly ListedFeed[]): Promise<ImportReport>;
}
