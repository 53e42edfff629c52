import { sql } from 'kysely';
import type { HealthState } from '../../domain/source-health.ts';
import type { Db } from '../db.ts';

/** How often something new comes. */
export interface Rhythm {
  /** When something came last; null when nothing did in the window. */
  readonly last: Date | null;
  /** Hours in which something came. */
  readonly hours: number;
  /** The two longest pauses between them, in hours. */
  readonly pauses: readonly number[];
}

/** A source as alerts see it. */
export interface SourceFacts {
  readonly id: string;
  readonly name: string;
  /** Null before the first crawl. */
  readonly state: HealthState | null;
  /** Crawls in a row that ended in this state, and why. */
  readonly inARow: number;
  readonly cause: string | null;
  readonly lastSuccessAt: Date | null;
  /** Pages that ended as articles, and those that were rejected as none: in the last day, and in the two weeks before. */
  readonly kept: number;
  readonly rejected: number;
  readonly keptBefore: number;
  readonly rejectedBefore: number;
  /** Articles of the last two days and of the two weeks before, and their median size as stored (compressed), in bytes. */
  readonly texts: number;
  readonly textsBefore: number;
  readonly size: number | null;
  readonly sizeBefore: number | null;
}

const windowDays = 60;

/** The rhythm of the whole wire: articles and copies, by the hour. */
export async function wireRhythm(db: Db, now: Date): Promise<Rhythm> {
  const since = sql`${now}::timestamptz - ${sql.lit(windowDays)} * interval '1 day'`;
  const { rows } = await sql<Rhythm>`
    with told as (
      select date_trunc('hour', first_seen_at) as at from articles where first_seen_at > ${since}
      union select date_trunc('hour', seen_at) from copies where seen_at > ${since}),
    pauses as (select at, extract(epoch from at - lag(at) over (order by at)) / 3600 as pause from told)
    select max(at) as last, count(*)::int as hours,
      coalesce((array_agg(pause::float order by pause desc) filter (where pause is not null))[1:2], '{}') as pauses from pauses`.execute(
    db,
  );
  return rows[0] ?? { last: null, hours: 0, pauses: [] };
}

/** All sources that are crawled. Costs a look at what came in weeks: to be asked every quarter of an hour or so. */
export async function sourceFacts(db: Db, now: Date): Promise<SourceFacts[]> {
  const { rows } = await sql<SourceFacts>`
    with ends as (
      select source, changed_at > ${now}::timestamptz - interval '1 day' as recent, outcome = 'rejected' as rejected, count(*)::int as count
      from links where changed_at > ${now}::timestamptz - interval '15 days' and (outcome in ('published', 'updated') or stage = 'extract')
      group by 1, 2, 3),
    pages as (
      select source, sum(count) filter (where recent and not rejected) as kept, sum(count) filter (where recent and rejected) as rejected,
        sum(count) filter (where not recent and not rejected) as kept_before, sum(count) filter (where not recent and rejected) as rejected_before
      from ends group by source),
    sizes as (
      select source, first_seen_at > ${now}::timestamptz - interval '2 days' as recent, count(*)::int as count,
        percentile_cont(0.5) within group (order by pg_column_size(text)) as size
      from articles where first_seen_at > ${now}::timestamptz - interval '16 days' and text <> '' group by 1, 2)
    select s.id, s.settings->>'name' as name, s.state, s.state_count as "inARow", s.last_error as cause, s.last_success_at as "lastSuccessAt",
      coalesce(p.kept, 0)::int as kept, coalesce(p.rejected, 0)::int as rejected,
      coalesce(p.kept_before, 0)::int as "keptBefore", coalesce(p.rejected_before, 0)::int as "rejectedBefore",
      coalesce(n.count, 0) as texts, coalesce(o.count, 0) as "textsBefore", n.size, o.size as "sizeBefore"
    from sources s left join pages p on p.source = s.id
      left join sizes n on n.source = s.id and n.recent left join sizes o on o.source = s.id and not o.recent
    where s.active order by s.id`.execute(db);
  return rows;
}

/** From publication to feed: the median of the articles of the last six hours, in minutes, and how many they are. */
export async function publicationLag(
  db: Db,
  now: Date,
): Promise<{ readonly articles: number; readonly minutes: number }> {
  // What a source had when it was new, and what is found late in an archive, says nothing of the way.
  const { rows } = await sql<{ articles: number; minutes: number | null }>`
    select count(*)::int as articles,
      extract(epoch from percentile_cont(0.5) within group (order by first_seen_at - published))::float / 60 as minutes
    from articles a where first_seen_at > ${now}::timestamptz - interval '6 hours' and published <= first_seen_at
      and published > first_seen_at - interval '2 days'
      and exists (select from articles b where b.source = a.source and b.first_seen_at < ${now}::timestamptz - interval '2 days')`.execute(
    db,
  );
  return { articles: rows[0]?.articles ?? 0, minutes: rows[0]?.minutes ?? 0 };
}
