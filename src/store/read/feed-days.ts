import { type RawBuilder, sql } from 'kysely';
import type { Filter } from '../../domain/filter.ts';
import { dayMs } from '../../domain/time.ts';
import type { Db } from '../db.ts';
import { inFilter } from './filter.ts';

/** Entries of an archive document; a longer day has several parts. */
export const archivePart = 500;

/** A day of a filter among the others. */
export interface ArchiveDay {
  /** How many parts it has, 1 at least. */
  readonly parts: number;
  /** The day before it on which something arrived. */
  readonly earlier: string | undefined;
  readonly earlierParts: number;
  /** The day after it on which something arrived. */
  readonly later: string | undefined;
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const during = (day: string): RawBuilder<unknown> => {
  const begins = new Date(`${day}T00:00:00Z`);
  return sql`a.first_seen_at >= ${begins} and a.first_seen_at < ${new Date(begins.getTime() + dayMs)}`;
};

const counts = { article: sql`count(*)`, story: sql`count(distinct a.story)` } as const;

async function partsOf(db: Db, filter: Filter, day: string, unit: keyof typeof counts): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select ${counts[unit]}::int as count from articles a where ${inFilter(filter)} and ${during(day)}`.execute(db);
  return Math.max(1, Math.ceil((rows[0]?.count ?? 0) / archivePart));
}

/** Where a day stands among the days on which something of the filter arrived (UTC). */
export async function archiveDay(db: Db, filter: Filter, day: string, unit: keyof typeof counts): Promise<ArchiveDay> {
  const begins = new Date(`${day}T00:00:00Z`);
  const nearest = async (condition: RawBuilder<unknown>, order: RawBuilder<unknown>): Promise<string | undefined> => {
    const { rows } = await sql<{ at: Date }>`
      select a.first_seen_at as at from articles a where ${inFilter(filter)} and ${condition}
      order by a.first_seen_at ${order} limit 1`.execute(db);
    return rows[0] && dayOf(rows[0].at);
  };
  const [parts, earlier, later] = await Promise.all([
    partsOf(db, filter, day, unit),
    nearest(sql`a.first_seen_at < ${begins}`, sql`desc`),
    nearest(sql`a.first_seen_at >= ${new Date(begins.getTime() + dayMs)}`, sql`asc`),
  ]);
  const earlierParts = earlier === undefined ? 0 : await partsOf(db, filter, earlier, unit);
  return { parts, earlier, earlierParts, later };
}

/** The numbers of the articles that arrived on a day, or of one article of each story: one part of them, in the order of arrival. */
export async function archivedSeqs(
  db: Db,
  filter: Filter,
  day: string,
  part: number,
  unit: keyof typeof counts,
): Promise<string[]> {
  const once = unit === 'story' ? sql`group by a.story` : sql`group by a.seq`;
  const { rows } = await sql<{ seq: string }>`
    select min(a.seq)::bigint as seq from articles a where ${inFilter(filter)} and ${during(day)} ${once}
    order by min(a.seq) limit ${archivePart} offset ${(part - 1) * archivePart}`.execute(db);
  return rows.map(({ seq }) => seq);
}
