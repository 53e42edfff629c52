import { mergeRights } from '../../domain/rights.ts';
import type { Source } from '../../domain/source.ts';
import { judgeCrawl } from '../../domain/source-health.ts';
import { NoBrowserError } from '../fetch/chromium.ts';
import { listingsOf } from '../listings/source-listings.ts';
import { Crawling, type CrawlParts } from './crawl-run.ts';
import { ArticleReader } from './read-articles.ts';
import { readHeadlines } from './read-headlines.ts';
import { type EarlierCrawls, ListingReader } from './read-listings.ts';
import type { CrawlReport } from './report.ts';

export type { EarlierCrawls } from './read-listings.ts';
export type { CrawlReport } from './report.ts';

/** The crawler of one process. */
export interface Crawler {
  /** Crawls a source; see `crawlSource`. */
  crawl(source: Source, signal: AbortSignal, earlier?: EarlierCrawls): Promise<CrawlReport>;
  close(): Promise<void>;
}

/** A crawl that takes longer leaves the rest for the next, so that a few slow sites never take up all crawls at a time. */
const crawlMinutes = 20;

/**
 * Crawls one source: reads its listings, writes down every link nobody had seen, fetches what is open and hands the
 * articles on; where the headlines alone are taken it fetches nothing more. Each link ends in an outcome or on the
 * article queue, or stays open for the next crawl. Nothing is lost when it is stopped at any moment. Throws when the
 * store or the queue fails.
 */
export async function crawlSource(
  source: Source,
  parts: CrawlParts,
  signal: AbortSignal,
  earlier: EarlierCrawls = {},
): Promise<CrawlReport> {
  const enough = AbortSignal.any([signal, AbortSignal.timeout(crawlMinutes * 60_000)]);
  const crawling = new Crawling(source, parts, enough);
  const { report } = crawling;
  try {
    const listings = new ListingReader(crawling, earlier);
    await listings.read();
    if (listings.answered === 0) report.error = judgeCrawl(report.listings).cause;
    // Of the host whose robots.txt was read for its first list.
    const [first] = listingsOf(source).flat();
    if (first) report.rights = mergeRights(report.rights, await parts.clientFor(source).rights(new URL(first.url)));
    if (source.take === 'headlines') await readHeadlines(crawling);
    else await new ArticleReader(crawling).read();
  } catch (error) {
    // Trying again would not help before the operator has done something.
    if (!(error instanceof NoBrowserError)) throw error;
    report.error = error.message;
  } finally {
    await crawling.memories.save();
    await crawling.writeFetches();
  }
  return report;
}
