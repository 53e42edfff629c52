import { sql } from 'kysely';
import type { HealthState } from '../../domain/source-health.ts';
import { dayMs } from '../../domain/time.ts';
import type { Db } from '../db.ts';

/** How many sources stand how. */
export interface HealthCounts {
  readonly gives: number;
  readonly nothing: number;
  readonly fails: number;
  /** Not crawled yet. */
  readonly fresh: number;
  readonly paused: number;
}

export async function healthCounts(db: Db): Promise<HealthCounts> {
  const { rows } = await sql<HealthCounts>`
    select ${state('gives')} as gives, ${state('nothing')} as nothing, ${state('fails')} as fails,
      count(*) filter (where paused_at is null and state is null)::int as fresh,
      count(*) filter (where paused_at is not null)::int as paused
    from sources where active`.execute(db);
  return rows[0] ?? { gives: 0, nothing: 0, fails: 0, fresh: 0, paused: 0 };
}

const state = (name: HealthState) => sql`count(*) filter (where paused_at is null and state = ${name})::int`;

/** How many sources are in each state: `new` before the first crawl, `inactive` when they are no longer listed. */
export async function countSources(
  db: Db,
): Promise<Readonly<Partial<Record<HealthState | 'new' | 'inactive', number>>>> {
  const { rows } = await sql<{ state: string; count: number }>`
    select case when active then coalesce(state, 'new') else 'inactive' end as state, count(*)::int as count from sources group by 1`.execute(
    db,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** A cause in the operator's words, and the sources that do not give for it. */
export interface CauseCount {
  readonly cause: string;
  readonly state: HealthState;
  readonly sources: number;
  /** One of them. */
  readonly example: string;
}

/** What keeps sources from giving, the commonest first. */
export async function causeCounts(db: Db, limit: number): Promise<CauseCount[]> {
  const { rows } = await sql<CauseCount>`
    select coalesce(last_error, '') as cause, state, count(*)::int as sources, min(id) as example from sources
    where active and paused_at is null and state in ('fails', 'nothing') group by 1, 2 order by sources desc, cause limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** How long articles took from their publication to the feed, in seconds; null without articles that say when they were published. */
export interface Lag {
  readonly articles: number;
  readonly median: number | null;
  readonly p95: number | null;
}

/** Of what was published and came in within the last day: what a first crawl finds of earlier days says nothing of the wire. */
export async function lagOfDay(db: Db, now: Date): Promise<Lag> {
  const since = new Date(now.getTime() - dayMs);
  const { rows } = await sql<Lag>`
    select count(*)::int as articles, percentile_cont(0.5) within group (order by lag) as median,
      percentile_cont(0.95) within group (order by lag) as p95
    from (select extract(epoch from first_seen_at - published)::float8 as lag from articles
      where first_seen_at > ${since} and published > ${since} and published <= first_seen_at) as late`.execute(db);
  return rows[0] ?? { articles: 0, median: null, p95: null };
}
