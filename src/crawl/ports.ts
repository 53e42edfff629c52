/**
 * What a crawl asks of the world beside the sites: interfaces only. `src/store` implements them for all workers of all
 * machines, `src/app` hands them over; tests and single commands use those in memory beside each part.
 */
import type { CrawledArticle, FoundLink, OpenLink, Outcome } from '../domain/article.ts';
import type { SiteMemory } from '../extract/decide/site-memory.ts';

/** Where a request goes: the site is what is asked at a pace, the origin (scheme, host and port) what answers or fails. */
export interface Host {
  readonly site: string;
  readonly origin: string;
}

/** A lease that was taken, or how long each hindrance lasts yet, in ms (0 or less: none). */
export type LeaseAnswer =
  | { readonly taken: true; readonly failures: number }
  | {
      readonly taken: false;
      /** Another holds the site's lease and may give it back any moment. */
      readonly heldMs: number;
      /** The whole site is to be left alone. */
      readonly awayMs: number;
      /** The origin is to be left alone; others of the site are not. */
      readonly restMs: number;
    };

export interface LeaseEnd {
  /** Failed requests to the origin in a row. */
  readonly failures: number;
  /** How long the origin is to be left alone for its failures. */
  readonly restMs: number;
  /** How long the whole site is to be left alone, since it asks for that. */
  readonly awayMs: number;
}

/** Who may ask a site for something: one request at a time and site. */
export interface HostLeases {
  /**
   * Takes the lease of a site for a request to one of its origins, if `gapMs` have passed since the last request ended,
   * for at most `leaseMs` (what a dead worker holds becomes free again then).
   */
  take(host: Host, holder: string, options: { readonly gapMs: number; readonly leaseMs: number }): Promise<LeaseAnswer>;
  giveBack(host: Host, holder: string, end: LeaseEnd): Promise<void>;
}

/** What a host gave with an answer to recognise an unchanged one. */
export interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** Validators by address. */
export interface HttpCache {
  /** `notModified`: answers 'not modified' since the last full one. */
  load(url: string): Promise<(Validators & { readonly notModified: number }) | undefined>;
  /** Those of a full answer; undefined when it gave none. */
  save(url: string, validators: Validators | undefined): Promise<void>;
  /** One more answer 'not modified'; what it gives replaces what is known (RFC 9111, 4.3.4). */
  countNotModified(url: string, fresh: Validators): Promise<void>;
}

/** robots.txt of an origin as it was last read. */
export interface KnownRobots {
  /** Empty when the site has none. */
  readonly text: string;
  readonly validators: Validators;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Known robots.txt files by origin. */
export interface RobotsStore {
  load(origin: string): Promise<KnownRobots | undefined>;
  save(origin: string, robots: KnownRobots): Promise<void>;
}

/** What a site's addresses turned out to be, by their shape. */
export type ShapeCounts = Readonly<Record<string, { readonly articles: number; readonly others: number }>>;

/** What the crawl remembers of one host: bounded, plain JSON. */
export interface HostMemory {
  /** Lines that recur: the extraction's memory. */
  readonly lines?: SiteMemory | undefined;
  /** Which shapes of addresses turned out to be articles. */
  readonly shapes: ShapeCounts;
}

export interface SiteMemoryStore {
  read(host: string): Promise<HostMemory | undefined>;
  write(host: string, memory: HostMemory): Promise<void>;
}

/** Every link ever seen. */
export interface LinkStore {
  /** Writes new links down as pending. @returns how many were new to be fetched */
  register(source: string, found: readonly FoundLink[], now: Date): Promise<number>;
  /** Which of the keys have been seen before, by any source. */
  known(keys: readonly string[]): Promise<Set<string>>;
  /** What a crawl of the source should fetch: the newest first, then what is due for another look. */
  open(source: string, options: { readonly now: Date; readonly limit: number }): Promise<readonly OpenLink[]>;
  /** The link's article was handed on. `revisitAt`: when to fetch it again, or never (null). */
  markQueued(key: string, now: Date, revisitAt: Date | null): Promise<void>;
  /** Counts a fetch that failed in a way that may pass. @returns the tries so far, this one included */
  countTry(key: string, now: Date): Promise<number>;
  scheduleRevisit(key: string, at: Date | null): Promise<void>;
  /** A second look did not find the page: look again at that time. @returns how often that happened in a row */
  countMiss(key: string, at: Date): Promise<number>;
  writeOutcome(key: string, outcome: Outcome, now: Date): Promise<void>;
}

/** Second looks at links that have an outcome. */
export interface Revisits {
  /** Has links fetched again whose list tells something new of them. @returns how many */
  noticeChanges(source: string, found: readonly FoundLink[], now: Date): Promise<number>;
  /** The article behind the link answers again. */
  restore(key: string, now: Date): Promise<void>;
  /** The publisher has taken the article down. @returns false when it is another source's, or was withdrawn before */
  withdraw(key: string, now: Date): Promise<boolean>;
}

/** How a page answered once, for the operator. */
export interface PageFetch {
  /** Of the link. */
  readonly key: string;
  readonly at: Date;
  readonly tookMs: number;
  /** HTTP status; undefined where there was no answer. */
  readonly status: number | undefined;
  /** The address that answered, or was asked. */
  readonly url: string;
  readonly redirects: readonly { readonly to: string; readonly status: number }[];
  readonly headers: Readonly<Record<string, string>>;
  /** Why there was nothing to read, in the operator's words. */
  readonly error?: string | undefined;
  /** What extraction said: `article`, or the reason against it with its detail. */
  readonly verdict?: string | undefined;
  /** Characters of the text that was kept. */
  readonly kept?: number | undefined;
}

/** How pages answered; kept for a while. */
export interface FetchLog {
  write(fetches: readonly PageFetch[]): Promise<void>;
}

/** Hands an article on to ingest. */
export type EmitArticle = (article: CrawledArticle) => Promise<void>;
