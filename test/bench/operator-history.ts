import { sql } from 'kysely';
import type { Db } from '../../src/store/db.ts';

/** What is kept: see `src/store/forget.ts`, `outcome-counts.ts`. */
const days = { crawls: 90, sourceCounts: 90, flow: 31, fetches: 30, sizes: 400 };
/** Crawls of a source a day, and pages fetched in the whole wire a day. */
const crawlsADay = 24;
const fetchesADay = 20_000;

/**
 * Fills in what the operator's pages read beside articles and links: a crawl an hour and source, how links ended by hour and by day and
 * source, how pages answered, the store's size day by day. One source of twenty fails, another one gives nothing.
 */
export async function fillHistory(db: Db, sources: number): Promise<void> {
  for (const table of ['crawls', 'source_counts', 'flow_counts', 'fetches', 'store_sizes'])
    await sql`truncate ${sql.id(table)}`.execute(db);
  await sql`
    update sources set state = standing, state_since = now() - interval '2 days', state_count = 48,
      last_crawl_at = now() - interval '20 minutes', next_crawl_at = now() + interval '40 minutes',
      last_success_at = case standing when 'gives' then now() - interval '20 minutes' else now() - interval '2 days' end,
      last_error = case standing when 'gives' then null else 'feed https://outlet.example/feed.xml: answered ' || standing end
    from (select id, ${standingOf(sql`substr(id, 8)::int`)} as standing from sources) as how where how.id = sources.id`.execute(
    db,
  );
  await sql`
    insert into crawls (source, started_at, took_ms, state, cause, pages, articles, requests, bytes, listings, rejected)
    select 'outlet-' || n, now() - h * interval '1 hour' - n * interval '3 seconds', 4000 + h % 900, standing,
      case standing when 'gives' then null else 'feed https://outlet.example/feed.xml: answered ' || standing end,
      h % 5, h % 3, 1 + h % 5, 120000 + h, jsonb_build_array(jsonb_build_object('kind', 'feed',
        'url', 'https://outlet-' || n || '.example/feed.xml', 'status', 200, 'items', 40, 'fresh', h % 5)),
      case h % 3 when 0 then jsonb_build_object('no-text', 1, 'front-page', 2) end
    from generate_series(${sql.lit(days.crawls * crawlsADay)}, 0, -1) h, generate_series(0, ${sql.lit(sources - 1)}) n,
      lateral (select case when h < 48 then ${standingOf(sql`n`)} else 'gives' end as standing) how`.execute(db);
  await sql`
    insert into source_counts (day, source, outcome, reason, count)
    select (now() at time zone 'UTC')::date - d, 'outlet-' || n, outcome, reason, 1 + (n + d) % 9
    from generate_series(${sql.lit(days.sourceCounts)}, 0, -1) d, generate_series(0, ${sql.lit(sources - 1)}) n,
      (values ('published', ''), ('duplicate', ''), ('rejected', 'no-text'), ('rejected', 'front-page')) ends (outcome, reason)`.execute(
    db,
  );
  await sql`
    insert into flow_counts (hour, stage, outcome, reason, count)
    select date_trunc('hour', now(), 'UTC') - h * interval '1 hour', stage, outcome, reason, 100 + h % 70
    from generate_series(0, ${sql.lit(days.flow * 24)}) h,
      (values ('ingest', 'published', ''), ('ingest', 'updated', ''), ('ingest', 'duplicate', ''), ('extract', 'rejected', 'no-text'),
        ('extract', 'rejected', 'front-page'), ('extract', 'rejected', 'gallery'), ('crawl', 'rejected', 'gone'),
        ('crawl', 'rejected', 'robots'), ('crawl', 'rejected', 'too-old')) ends (stage, outcome, reason)`.execute(db);
  await sql`
    insert into fetches (key, at, took_ms, status, url, headers, verdict, kept)
    select key, now() - number * interval '1 day' / ${sql.lit(fetchesADay)}, 300, 200, url,
      jsonb_build_object('content-type', 'text/html; charset=utf-8', 'etag', '"5f3a"', 'server', 'nginx'), 'article', 1800
    from (select key, url, row_number() over () as number from (
      select key, coalesce(url, key) as url from links order by first_seen_at desc limit ${sql.lit(days.fetches * fetchesADay)}) as latest) as numbered
    order by number desc`.execute(db);
  await sql`
    insert into store_sizes (day, bytes, articles, links) select (now() at time zone 'UTC')::date - d,
      (400 - d) * 50000000::bigint, (400 - d) * 2500, (400 - d) * 25000 from generate_series(0, ${sql.lit(days.sizes - 1)}) d`.execute(
    db,
  );
}

const standingOf = (number: ReturnType<typeof sql>) =>
  sql`case when ${number} % 20 = 3 then 'fails' when ${number} % 20 = 7 then 'nothing' else 'gives' end`;
