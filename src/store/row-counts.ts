import { sql } from 'kysely';
import type { Db } from './db.ts';

/** Rows of the table of counts that are worth putting together. */
const many = 200;

/**
 * Puts the counts of each kind together. Triggers append to them with each statement (`migrations/029-row-counts.ts`): a row that all
 * count up would be waited for. To be called on each tick.
 */
export async function foldRowCounts(db: Db, most = many): Promise<void> {
  const { rows } = await sql`select from row_counts offset ${sql.lit(most)} limit 1`.execute(db);
  if (rows.length === 0) return;
  await sql`
    with gone as (delete from row_counts returning *)
    insert into row_counts (counted, state, outcome, stage, reason, rows)
    select counted, state, outcome, stage, reason, sum(rows) from gone
    group by counted, state, outcome, stage, reason having sum(rows) <> 0`.execute(db);
}
