import type { Reason } from '../article.ts';

/** What one crawl of a source came to. */
export interface CrawlReport {
  readonly source: string;
  /** Requests for pages, feeds and sitemaps, redirects and tries included; robots.txt not. */
  readonly requests: number;
  /** Article pages that were read. */
  readonly pages: number;
  /** Links that doors (feeds, sitemaps, section pages) listed, and how many of them nobody had seen before. */
  readonly listed: number;
  readonly found: number;
  /** Articles handed on to ingest. */
  readonly articles: number;
  readonly rejected: Readonly<Partial<Record<Reason, number>>>;
  /** Links left for the next crawl: the site did not answer, or time was up. */
  readonly postponed: number;
  /** Answers 'not modified'. */
  readonly notModified: number;
  readonly withdrawn: number;
  /** What the operator should know, such as a feed that died. */
  readonly warnings: readonly string[];
  /** Why the crawl found nothing to crawl: no door of the source answered. */
  readonly error?: string | undefined;
}

export type OpenReport = { -readonly [key in keyof CrawlReport]: CrawlReport[key] } & {
  rejected: Partial<Record<Reason, number>>;
  warnings: string[];
};

export const openReport = (source: string): OpenReport => ({
  source,
  requests: 0,
  pages: 0,
  listed: 0,
  found: 0,
  articles: 0,
  rejected: {},
  postponed: 0,
  notModified: 0,
  withdrawn: 0,
  warnings: [],
});
