/** How a listing answered when it was tried. */
export interface TriedListing {
  readonly kind: string;
  readonly url: string;
  readonly items: number;
  readonly latest?: string | undefined;
  readonly problem?: string | undefined;
}

/** A block of a page and why it was kept or not. */
export interface TriedBlock {
  readonly text: string;
  readonly kept: boolean;
  /** 0…1 */
  readonly score: number;
  readonly votes: readonly string[];
  readonly rules: readonly string[];
}

/** A candidate of a field, and where it stands. */
export interface TriedVote {
  readonly origin: string;
  readonly value: string;
  readonly weight: number;
}

/** What extraction makes of a page. */
export interface TriedPage {
  readonly url: string;
  readonly status: number | undefined;
  readonly title: string;
  readonly byline: readonly string[];
  readonly published?: string | undefined;
  readonly lang?: string | undefined;
  /** The reason when it is no article. */
  readonly rejected: string | undefined;
  readonly detail: string | undefined;
  /** The step that gave the text, and why. */
  readonly step: string;
  readonly blocks: readonly TriedBlock[];
  readonly votes: Readonly<Record<string, readonly TriedVote[]>>;
}

/** What an operator may try without changing anything. Each throws an Error with words for the operator. */
export interface Trial {
  /** Looks at a site and writes the entry that the catalogue would get. */
  discover(
    url: string,
  ): Promise<{ readonly entry: string; readonly listings: readonly TriedListing[]; readonly notes: readonly string[] }>;
  /** Asks every listing of an entry. */
  check(entry: string): Promise<readonly TriedListing[]>;
  /** Takes the article out of a page: of an address, fetched as a crawl would, or of what was pasted. */
  page(asked: {
    readonly url: string;
    readonly html?: string | undefined;
    readonly keep: readonly string[];
    readonly remove: readonly string[];
  }): Promise<TriedPage>;
}
