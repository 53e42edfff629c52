import { sql } from 'kysely';
import type { Rights } from '../../domain/rights.ts';
import type { HealthState, SourceHealth } from '../../domain/source-health.ts';
import { dayMs } from '../../domain/time.ts';
import { canonicalUrl } from '../../text/canonical-url.ts';
import type { Db } from '../db.ts';
import { addressOf } from '../listed.ts';

/** A source as the operator watches it. */
export interface SourceState {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** `headlines` where they alone are taken. */
  readonly take: 'articles' | 'headlines';
  readonly lastCrawlAt: Date | null;
  readonly lastSuccessAt: Date | null;
  readonly nextCrawlAt: Date;
  /** Undefined before the first crawl. */
  readonly health: SourceHealth | undefined;
  /** What the operator should know although the source works, such as a feed that died. */
  readonly warnings: readonly string[];
  /** What the site says of the use of its texts; null: nothing. */
  readonly rights: Rights | null;
  /** Links without an outcome yet. */
  readonly open: number;
  /** Links that were rejected on the last seven days, today included (UTC). */
  readonly rejected: number;
  /** Articles of the last seven days (UTC), one number a day, today last. */
  readonly perDay: readonly number[];
}

/** How many links stand where: `outcome` is null for those that have none yet. */
export interface LinkCount {
  readonly state: string;
  readonly outcome: string | null;
  readonly stage: string | null;
  readonly reason: string | null;
  readonly count: number;
}

/** What is known of one address. */
export interface LinkReport {
  readonly key: string;
  readonly url: string;
  readonly source: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly stage: string | null;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly article: string | null;
  readonly match: string | null;
  readonly tries: number;
  readonly title: string | null;
  /** The list that named it. */
  readonly listing: string | null;
  readonly firstSeenAt: Date;
  readonly changedAt: Date;
  readonly revisitAt: Date | null;
}

interface HealthColumns {
  readonly state: HealthState | null;
  readonly since: Date | null;
  readonly inARow: number;
  readonly cause: string | null;
}

/** The first sources, those in trouble before the others. */
export async function sourceStates(db: Db, now: Date, most: number): Promise<SourceState[]> {
  const since = new Date(now.getTime() - 7 * dayMs);
  const order = sql`s.active desc, case s.state when 'fails' then 0 when 'nothing' then 1 else 2 end, lower(s.settings->>'name'), s.id`;
  const { rows } = await sql<
    Omit<SourceState, 'perDay' | 'health'> & HealthColumns & { days: Record<string, number> | null }
  >`
    with shown as (select * from sources s order by ${order} limit ${most})
    select s.id, s.settings->>'name' as name, s.active,
      s.settings->>'take' as take, s.last_crawl_at as "lastCrawlAt",
      s.last_success_at as "lastSuccessAt", s.next_crawl_at as "nextCrawlAt", s.last_error as cause,
      s.state, s.state_since as since, s.state_count as "inARow",
      coalesce(s.schedule->'warnings', '[]') as warnings, s.schedule->'rights' as rights,
      (select count(*)::int from links where links.source = s.id and links.state <> 'done') as open,
      coalesce(c.rejected, 0)::int as rejected, c.days
    from shown s left join lateral (
      select jsonb_object_agg(ago, count) filter (where outcome = 'published') as days, sum(count) filter (where outcome = 'rejected') as rejected
      from (select (${now}::timestamptz at time zone 'UTC')::date - day as ago, outcome, sum(count)::int as count from source_counts
        where source_counts.source = s.id and day > (${since}::timestamptz at time zone 'UTC')::date group by day, outcome) per_day) c on true
    order by ${order}`.execute(db);
  return rows.map(({ days, state, since, inARow, cause, ...row }) => ({
    ...row,
    health: state === null || since === null ? undefined : { state, since, inARow, cause },
    perDay: Array.from({ length: 7 }, (_, index) => days?.[6 - index] ?? 0),
  }));
}

/** How all links ever seen ended, the most frequent first. */
export async function countLinks(db: Db): Promise<LinkCount[]> {
  const { rows } = await sql<LinkCount>`
    select state, outcome, stage, reason, sum(rows)::float8 as count from row_counts where counted = 'links'
    group by state, outcome, stage, reason having sum(rows) <> 0 order by count desc`.execute(db);
  return rows;
}

/** How many links wait for what: to be fetched, or, fetched, to be taken in. */
export async function countWaiting(db: Db): Promise<{ pending: number; queued: number }> {
  const { rows } = await sql<{ pending: number; queued: number }>`
    select coalesce(sum(rows) filter (where state = 'pending'), 0)::int as pending,
      coalesce(sum(rows) filter (where state = 'queued'), 0)::int as queued
    from row_counts where counted = 'links'`.execute(db);
  return rows[0] ?? { pending: 0, queued: 0 };
}

/** How many articles there are, and when the newest came. */
export interface ArticleCount {
  readonly articles: number;
  readonly stories: number;
  readonly newestAt: Date | null;
  /** Of them, those that came since the moment that was asked for. */
  readonly recent: number;
}

export async function countArticles(db: Db, since: Date): Promise<ArticleCount> {
  const { rows } = await sql<ArticleCount>`
    select coalesce(sum(rows) filter (where counted = 'articles'), 0)::int as articles,
      coalesce(sum(rows) filter (where counted = 'stories'), 0)::int as stories,
      (select max(first_seen_at) from articles) as "newestAt",
      (select count(*)::int from articles where first_seen_at > ${since}) as recent
    from row_counts`.execute(db);
  return rows[0] ?? { articles: 0, stories: 0, newestAt: null, recent: 0 };
}

/** How telling the world of new articles goes: a hub, a webhook, an export. */
export interface DeliveryState {
  readonly target: string;
  /** Failures in a row. */
  readonly failures: number;
  readonly nextTryAt: Date;
  readonly lastError: string | null;
  /** Events that it refuses while it takes others. */
  readonly setAside: number;
  /** What it said of one of them. */
  readonly setAsideError: string | null;
}

export const deliveryStates = (db: Db): Promise<DeliveryState[]> =>
  db
    .selectFrom('deliveries')
    .select([
      'target',
      'failures',
      'next_try_at as nextTryAt',
      'last_error as lastError',
      sql<number>`(select count(*)::int from set_aside where target = deliveries.target)`.as('setAside'),
      sql<string | null>`(select max(error) from set_aside where target = deliveries.target)`.as('setAsideError'),
    ])
    .orderBy('target')
    .execute();

/** The columns of a report. */
export const linkReport = [
  'key',
  addressOf.as('url'),
  'source',
  'state',
  'outcome',
  'stage',
  'reason',
  'detail',
  'article',
  'match',
  'tries',
  sql<string | null>`listed->>'title'`.as('title'),
  sql<string | null>`listed->>'listing'`.as('listing'),
  'first_seen_at as firstSeenAt',
  'changed_at as changedAt',
  'revisit_at as revisitAt',
] as const;

/** The links that were rejected last, newest first. */
export async function recentRejections(db: Db, limit: number, reason?: string): Promise<LinkReport[]> {
  let query = db.selectFrom('links').select(linkReport).where('outcome', '=', 'rejected');
  if (reason !== undefined) query = query.where('reason', '=', reason);
  return query.orderBy('changed_at', 'desc').limit(limit).execute();
}

/** What happened to an address, under whatever spelling: as found, canonical, or as the address of an article or of a copy of it. */
export async function linksAt(db: Db, url: string): Promise<LinkReport[]> {
  const key = canonicalUrl(url) ?? url;
  // One look-up by index each; an `or` over them would read the whole table.
  const keys = sql<string>`(
    select key from links where key = ${key}
    union select key from links where url = ${url} and url <> key
    union select key from links where article in (select article from copies where copies.key = ${key})
    union select key from links where article in (select id from articles where articles.key = ${key}))`;
  return db
    .selectFrom('links')
    .select(linkReport)
    .where('key', 'in', keys)
    .orderBy('first_seen_at')
    .limit(50)
    .execute();
}
