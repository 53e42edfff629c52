import { sql } from 'kysely';
import type { Db } from './db.ts';

/** The time of the database, on which all machines agree; their own clocks may be wrong. */
export async function databaseTime(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const now = rows[0]?.now;
  if (!now) throw new Error('The database told no time.');
  return now;
}
