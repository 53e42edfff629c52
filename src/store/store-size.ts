import { sql } from 'kysely';
import { dayMs } from '../domain/time.ts';
import type { Db } from './db.ts';

/** How large the store is, and was. */
export interface StoreSize {
  readonly day: Date;
  readonly bytes: number;
  /** As PostgreSQL estimates them. */
  readonly articles: number;
  readonly links: number;
}

const keptDays = 400;

/** Writes down how large the store is today. */
export async function noteStoreSize(db: Db, now: Date): Promise<void> {
  await sql`
    insert into store_sizes (day, bytes, articles, links)
    select ${day(now)}::date, pg_database_size(current_database()), ${estimate('articles')}, ${estimate('links')}
    on conflict (day) do update set bytes = excluded.bytes, articles = excluded.articles, links = excluded.links`.execute(
    db,
  );
  await sql`delete from store_sizes where day < ${day(new Date(now.getTime() - keptDays * dayMs))}::date`.execute(db);
}

const day = (at: Date): string => at.toISOString().slice(0, 10);
const estimate = (table: string) =>
  sql`coalesce((select n_live_tup from pg_stat_user_tables where relid = ${table}::regclass), 0)`;

/** The sizes of the last days, today's last. */
export async function storeSizes(db: Db, days: number, now: Date): Promise<StoreSize[]> {
  const { rows } = await sql<{ day: Date; bytes: string; articles: string; links: string }>`
    select day::timestamp at time zone 'UTC' as day, bytes, articles, links from store_sizes
    where day >= ${day(new Date(now.getTime() - days * dayMs))}::date order by day`.execute(db);
  return rows.map((row) => ({
    day: row.day,
    bytes: Number(row.bytes),
    articles: Number(row.articles),
    links: Number(row.links),
  }));
}
