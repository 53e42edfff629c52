import type { Instant, Reason } from '../../domain/article.ts';
import type { Rights } from '../../domain/rights.ts';
import type { Asked } from '../../domain/schedule.ts';
import type { ListingAnswer } from '../../domain/source-health.ts';

/** What one crawl of a source came to. */
export interface CrawlReport {
  readonly source: string;
  /** Requests for pages, feeds and sitemaps, redirects and tries included; robots.txt not. */
  readonly requests: number;
  /** Of their answers, decompressed. */
  readonly bytes: number;
  /** How each listing answered, in the order in which they were asked. */
  readonly listings: readonly ListingAnswer[];
  /** Article pages that were read. */
  readonly pages: number;
  /** Links that listings (feeds, sitemaps, section pages) listed, and how many of them nobody had seen before. */
  readonly listed: number;
  readonly found: number;
  /** Those of `found` that the best ways into the source gave, not what is read in their stead. */
  readonly news: number;
  /** Links wait that this crawl had no time for. */
  readonly backlog: boolean;
  /** Articles, or headlines where they alone are taken, handed on to ingest. */
  readonly articles: number;
  readonly rejected: Readonly<Partial<Record<Reason, number>>>;
  /** Links left for the next crawl: the site did not answer, or time was up. */
  readonly postponed: number;
  /** Answers 'not modified'. */
  readonly notModified: number;
  /** Articles that were looked at again, and those of them that the publisher has taken down. */
  readonly revisited: number;
  readonly withdrawn: number;
  /** When the items that the source lists were published, as far as it says. */
  readonly published: readonly Instant[];
  /** How often the source asks to be asked. */
  readonly asked: Asked;
  /** Time spent on answers (waiting for the site included) and on taking articles out of pages, in ms, over all of them. */
  readonly fetchMs: number;
  readonly extractMs: number;
  /** What the site says of the use of its texts. */
  readonly rights: Rights;
  /** What the operator should know, such as a feed that died. */
  readonly warnings: readonly string[];
  /** Why the crawl found nothing to crawl, in the operator's words: no listing of the source answered. */
  readonly error?: string | undefined;
}

export type OpenReport = { -readonly [key in keyof CrawlReport]: CrawlReport[key] } & {
  rejected: Partial<Record<Reason, number>>;
  warnings: string[];
  published: Instant[];
  listings: ListingAnswer[];
};

export const openReport = (source: string): OpenReport => ({
  source,
  requests: 0,
  bytes: 0,
  listings: [],
  pages: 0,
  listed: 0,
  found: 0,
  news: 0,
  backlog: false,
  articles: 0,
  rejected: {},
  postponed: 0,
  notModified: 0,
  revisited: 0,
  withdrawn: 0,
  fetchMs: 0,
  extractMs: 0,
  published: [],
  asked: {},
  rights: {},
  warnings: [],
});
