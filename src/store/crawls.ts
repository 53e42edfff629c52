import { sql } from 'kysely';
import type { Reason } from '../domain/article.ts';
import type { Rights } from '../domain/rights.ts';
import type { HealthState, ListingAnswer, SourceHealth } from '../domain/source-health.ts';
import type { Db } from './db.ts';

/** How one crawl of a source went. */
export interface CrawlRow {
  readonly startedAt: Date;
  readonly tookMs: number;
  readonly state: HealthState;
  /** Why it did not give, in the operator's words. */
  readonly cause: string | null;
  /** Article pages that were read, and articles or headlines that were handed on. */
  readonly pages: number;
  readonly articles: number;
  readonly requests: number;
  /** Of all answers, decompressed. */
  readonly bytes: number;
  readonly listings: readonly ListingAnswer[];
  /** Links that the crawl rejected, by reason. */
  readonly rejected: Readonly<Partial<Record<Reason, number>>>;
}

/** What a crawl leaves behind in its source. */
export interface CrawlEnd {
  readonly at: Date;
  readonly nextAt: Date;
  readonly health: SourceHealth;
  /** What workers/crawl.ts remembers from crawl to crawl. */
  readonly schedule: Record<string, unknown>;
  /** What the operator should know of a source that works. */
  readonly warnings?: readonly string[] | undefined;
  readonly rights?: Rights | undefined;
}

/** Warnings of one crawl that are kept for the operator, and characters of each. */
const mostWarnings = 5;
/** Also of the addresses and words of listings. */
const longestText = 300;
/** Listings of one crawl that are kept: a section may go on over many pages. */
const mostListings = 20;

const cut = <T extends string | undefined>(text: T): T => text?.slice(0, longestText) as T;

/** Writes how a crawl of the source ended, when the next one is due, and a row of its history. */
export async function recordCrawl(db: Db, source: string, end: CrawlEnd, row: CrawlRow): Promise<void> {
  const { at, nextAt, health, schedule, warnings = [], rights } = end;
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('sources')
      .set({
        last_crawl_at: at,
        // So long from now by the database's time: a machine whose clock is ahead must not put off a source for hours.
        next_crawl_at: sql<Date>`clock_timestamp() + ${nextAt.getTime() - at.getTime()} * interval '1 millisecond'`,
        state: health.state,
        last_error: health.cause,
        state_since: health.since,
        state_count: health.inARow,
        schedule: JSON.stringify({ ...schedule, rights, warnings: warnings.slice(0, mostWarnings).map(cut) }),
        ...(health.state === 'gives' ? { last_success_at: at } : {}),
      })
      .where('id', '=', source)
      .execute();
    await insertCrawl(trx, source, row);
  });
}

async function insertCrawl(db: Db, source: string, row: CrawlRow): Promise<void> {
  const listings = row.listings
    .slice(0, mostListings)
    .map((one) => ({ ...one, url: cut(one.url), problem: cut(one.problem) }));
  const hasRejected = Object.keys(row.rejected).length > 0;
  await db
    .insertInto('crawls')
    .values({
      source,
      started_at: row.startedAt,
      took_ms: Math.round(row.tookMs),
      state: row.state,
      cause: row.cause,
      pages: row.pages,
      articles: row.articles,
      requests: row.requests,
      bytes: row.bytes,
      listings: JSON.stringify(listings),
      rejected: hasRejected ? JSON.stringify(row.rejected) : null,
    })
    .execute();
}

/** The crawls of a source, the latest first. */
export async function crawlsOf(
  db: Db,
  source: string,
  { limit, since = new Date(0) }: { readonly limit: number; readonly since?: Date },
): Promise<CrawlRow[]> {
  const rows = await db
    .selectFrom('crawls')
    .selectAll()
    .where('source', '=', source)
    .where('started_at', '>=', since)
    .orderBy('started_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    startedAt: row.started_at,
    tookMs: row.took_ms,
    state: row.state,
    cause: row.cause,
    pages: row.pages,
    articles: row.articles,
    requests: row.requests,
    bytes: Number(row.bytes),
    listings: row.listings,
    rejected: row.rejected ?? {},
  }));
}
