import { sql } from 'kysely';
import type { LayoutDay } from '../../domain/layout.ts';
import { dayMs } from '../../domain/time.ts';
import type { Db } from '../db.ts';

/** Reasons for which extraction rejects a page: what a changed layout raises. */
const byExtraction = [
  ...(['unparseable', 'no-text', 'too-short', 'front-page'] as const),
  ...(['gallery', 'form', 'soft-404', 'consent-wall'] as const),
];

/** How the pages of a source were read on each of the last days, the oldest first. Sizes are those of the stored, compressed text. */
export async function layoutDays(db: Db, source: string, days: number, now: Date): Promise<LayoutDay[]> {
  const since = new Date(now.getTime() - (days - 1) * dayMs).toISOString().slice(0, 10);
  const { rows } = await sql<LayoutDay>`
    with days as (select generate_series(${since}::date, ${now.toISOString().slice(0, 10)}::date, interval '1 day')::date as day),
    pages as (
      select day, sum(count) filter (where outcome in ('published', 'updated')) as kept,
        sum(count) filter (where outcome = 'rejected' and reason = any(${[...byExtraction]})) as rejected
      from source_counts where source = ${source} and day >= ${since}::date group by 1),
    sizes as (
      select (first_seen_at at time zone 'UTC')::date as day, count(*)::int as texts,
        percentile_cont(0.5) within group (order by pg_column_size(text)) as size
      from articles where source = ${source} and first_seen_at >= ${since}::date at time zone 'UTC' and text <> '' group by 1)
    select d.day::text as day, coalesce(p.kept, 0)::int as kept, coalesce(p.rejected, 0)::int as rejected,
      coalesce(s.texts, 0) as texts, s.size
    from days d left join pages p using (day) left join sizes s using (day) order by d.day`.execute(db);
  return rows;
}
