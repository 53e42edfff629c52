import { sql } from 'kysely';
import type { FetchLog, PageFetch } from '../crawl/ports.ts';
import type { Db } from './db.ts';

/** Characters of an address or of a header that are kept. */
const longestText = 300;
/** Redirects of one answer. */
const mostRedirects = 10;
/** Headers that matter to one who asks why a page was fetched, or not, or not anew. */
const telling = [
  'content-type',
  'content-length',
  'etag',
  'last-modified',
  'cache-control',
  'expires',
  'retry-after',
  'x-robots-tag',
  'cf-mitigated',
  'server',
];

const cut = (text: string): string => text.slice(0, longestText).replaceAll('\0', '');

function rowOf({ key, at, tookMs, status, url, redirects, headers, error, verdict, kept }: PageFetch) {
  const told = telling.flatMap((name) => (headers[name] === undefined ? [] : [[name, cut(headers[name])]]));
  const ways = redirects.slice(0, mostRedirects).map((one) => ({ to: cut(one.to), status: one.status }));
  return {
    key,
    at,
    took_ms: Math.round(tookMs),
    status: status ?? null,
    url: cut(url),
    redirects: ways.length > 0 ? JSON.stringify(ways) : null,
    headers: told.length > 0 ? JSON.stringify(Object.fromEntries(told)) : null,
    error: error === undefined ? null : cut(error),
    verdict: verdict === undefined ? null : cut(verdict),
    kept: kept ?? null,
  };
}

/** Writes down how pages answered, for all workers. */
export const storedFetches = (db: Db): FetchLog => ({
  async write(fetches) {
    if (fetches.length > 0) await db.insertInto('fetches').values(fetches.map(rowOf)).execute();
  },
});

/** How pages answered, the latest first. */
export async function fetchesOf(db: Db, keys: readonly string[], limit: number): Promise<PageFetch[]> {
  const rows = await db
    .selectFrom('fetches')
    .selectAll()
    .where('key', '=', sql<string>`any(${[...keys]}::text[])`)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    key: row.key,
    at: row.at,
    tookMs: row.took_ms,
    status: row.status ?? undefined,
    url: row.url,
    redirects: row.redirects ?? [],
    headers: row.headers ?? {},
    error: row.error ?? undefined,
    verdict: row.verdict ?? undefined,
    kept: row.kept ?? undefined,
  }));
}
