import { sql } from 'kysely';
import type { HealthState, SourceHealth } from '../../domain/source-health.ts';
import { dayMs } from '../../domain/time.ts';
import type { Db } from '../db.ts';

/** What a list of sources may be narrowed to. */
export const sourceFilters = ['fails', 'nothing', 'gives', 'new', 'paused', 'inactive'] as const;
export type SourceFilter = (typeof sourceFilters)[number];

/** A source in the operator's list. */
export interface SourceRow {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly pausedAt: Date | null;
  readonly health: SourceHealth | undefined;
  readonly lastCrawlAt: Date | null;
  readonly lastSuccessAt: Date | null;
  readonly nextCrawlAt: Date;
  readonly warnings: readonly string[];
  /** Articles of the last 14 days (UTC), one number a day, today last. */
  readonly perDay: readonly number[];
  /** Links rejected in these days, and links without an outcome yet. */
  readonly rejected: number;
  readonly open: number;
}

interface Row extends Omit<SourceRow, 'health' | 'perDay'> {
  readonly state: HealthState | null;
  readonly since: Date | null;
  readonly inARow: number;
  readonly cause: string | null;
  readonly days: Readonly<Record<string, number>> | null;
}

const days = 14;

const conditions: Readonly<Record<SourceFilter, ReturnType<typeof sql>>> = {
  fails: sql`s.active and s.paused_at is null and s.state = 'fails'`,
  nothing: sql`s.active and s.paused_at is null and s.state = 'nothing'`,
  gives: sql`s.active and s.paused_at is null and s.state = 'gives'`,
  new: sql`s.active and s.paused_at is null and s.state is null`,
  paused: sql`s.active and s.paused_at is not null`,
  inactive: sql`not s.active`,
};

/** One page of the sources, those in trouble first; `total` counts all that match. */
export async function sourceRows(
  db: Db,
  now: Date,
  asked: {
    readonly filter?: SourceFilter | undefined;
    readonly query?: string;
    readonly limit: number;
    readonly offset?: number;
    readonly id?: string;
  },
): Promise<{ rows: SourceRow[]; total: number }> {
  const { filter, query = '', limit, offset = 0, id } = asked;
  const like = `%${query.replace(/[\\%_]/g, '\\$&')}%`;
  const wanted = sql`${filter ? conditions[filter] : sql`true`} and (${query} = '' or s.id ilike ${like} or s.settings->>'name' ilike ${like})
    and (${id ?? null}::text is null or s.id = ${id ?? null})`;
  const firstDay = new Date(now.getTime() - (days - 1) * dayMs).toISOString().slice(0, 10);
  const { rows } = await sql<Row & { total: number }>`
    with page as (
      select s.*, count(*) over ()::int as total from sources s where ${wanted}
      order by s.active desc, s.paused_at is not null, case s.state when 'fails' then 0 when 'nothing' then 1 else 2 end,
        lower(s.settings->>'name'), s.id limit ${limit} offset ${offset})
    select p.id, p.settings->>'name' as name, p.active, p.paused_at as "pausedAt", p.last_crawl_at as "lastCrawlAt",
      p.last_success_at as "lastSuccessAt", p.next_crawl_at as "nextCrawlAt", p.last_error as cause, p.state, p.state_since as since,
      p.state_count as "inARow", coalesce(p.schedule->'warnings', '[]') as warnings, p.total, c.days, coalesce(c.rejected, 0)::int as rejected,
      (select count(*)::int from links where links.source = p.id and links.state <> 'done') as open
    from page p left join lateral (
      select jsonb_object_agg(day, count) filter (where outcome = 'published') as days, sum(count) filter (where outcome = 'rejected') as rejected
      from (select day, outcome, sum(count)::int as count from source_counts
        where source_counts.source = p.id and day >= ${firstDay}::date group by day, outcome) per_day) c on true
    order by p.active desc, p.paused_at is not null, case p.state when 'fails' then 0 when 'nothing' then 1 else 2 end,
      lower(p.settings->>'name'), p.id`.execute(db);
  const dayNames = Array.from({ length: days }, (_, index) =>
    new Date(Date.parse(firstDay) + index * dayMs).toISOString().slice(0, 10),
  );
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map(({ days: perDay, state, since, inARow, cause, total: _, ...row }) => ({
      ...row,
      health: state === null || since === null ? undefined : { state, since, inARow, cause },
      perDay: dayNames.map((day) => perDay?.[day] ?? 0),
    })),
  };
}
