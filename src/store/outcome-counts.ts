import { sql } from 'kysely';
import { dayMs } from '../domain/time.ts';
import type { Db } from './db.ts';

/**
 * Counts of how links ended, kept so that no page counts millions of links: by hour for the whole wire, by day for each source. The
 * statement that writes outcomes adds to them.
 * @param changed names a query with the columns source, stage, outcome, reason and changed_at of the links that ended
 */
export const countOutcomesIn = (changed: string) => {
  const from = sql.raw(changed);
  return sql`flow as (
      insert into flow_counts (hour, stage, outcome, reason, count)
      select date_trunc('hour', changed_at, 'UTC'), coalesce(stage, 'ingest'), outcome, coalesce(reason, ''), count(*)
      from ${from} group by 1, 2, 3, 4 order by 1, 2, 3, 4
      on conflict (hour, stage, outcome, reason) do update set count = flow_counts.count + excluded.count),
    per_source as (
      insert into source_counts (day, source, outcome, reason, count)
      select (changed_at at time zone 'UTC')::date, source, outcome, coalesce(reason, ''), count(*)
      from ${from} group by 1, 2, 3, 4 order by 2, 1, 3, 4
      on conflict (source, day, outcome, reason) do update set count = source_counts.count + excluded.count)`;
};

/** How many links ended so in one hour or day. */
export interface FlowCount {
  /** When the hour or day began. */
  readonly at: Date;
  readonly stage: string;
  readonly outcome: string;
  readonly reason: string;
  readonly count: number;
}

/** The counts since a moment, by hour or by day (UTC). */
export async function flowCounts(db: Db, unit: 'hour' | 'day', since: Date): Promise<FlowCount[]> {
  const { rows } = await sql<FlowCount>`
    select date_trunc(${unit}, hour, 'UTC') as at, stage, outcome, reason, sum(count)::int as count
    from flow_counts where hour >= ${since} group by 1, 2, 3, 4 order by 1`.execute(db);
  return rows;
}

/** The counts of all hours that began since a moment, the most frequent first. */
export async function endsSince(db: Db, since: Date): Promise<Omit<FlowCount, 'at'>[]> {
  const { rows } = await sql<Omit<FlowCount, 'at'>>`
    select stage, outcome, reason, sum(count)::int as count from flow_counts where hour > ${since}
    group by stage, outcome, reason order by count desc`.execute(db);
  return rows;
}

/** How many links of a source ended so on one day. */
export interface SourceCount {
  /** `2026-11-22`, UTC. */
  readonly day: string;
  readonly outcome: string;
  readonly reason: string;
  readonly count: number;
}

export async function sourceCounts(db: Db, source: string, since: Date): Promise<SourceCount[]> {
  const { rows } = await sql<SourceCount>`
    select day::text as day, outcome, reason, count from source_counts
    where source = ${source} and day >= ${since.toISOString().slice(0, 10)}::date order by day`.execute(db);
  return rows;
}

/** The plots go back 30 days; a day more is kept. */
const keptDays = { flow: 31, sources: 91 };

export async function forgetCounts(db: Db, now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * dayMs);
  await sql`delete from flow_counts where hour < ${before(keptDays.flow)}`.execute(db);
  await sql`delete from source_counts where day < ${before(keptDays.sources).toISOString().slice(0, 10)}::date`.execute(
    db,
  );
}
