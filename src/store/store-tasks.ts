import { sql } from 'kysely';
import type { Db } from './db.ts';

/** How far work over the whole store has come. */
export interface TaskState {
  readonly position: string;
  /** Rows beyond came later: they are new anyway. */
  readonly last: string;
  readonly total: number;
  readonly seen: number;
  readonly changed: number;
}

/** What was begun earlier and not ended; undefined when there is nothing. */
export async function openTask(db: Db, name: string): Promise<TaskState | undefined> {
  const row = await db.selectFrom('store_tasks').selectAll().where('name', '=', name).executeTakeFirst();
  return (
    row && {
      ...{ position: row.position, last: row.last, total: Number(row.total) },
      ...{ seen: Number(row.seen), changed: Number(row.changed) },
    }
  );
}

/** Notes how far it has come. */
export async function saveTask(db: Db, name: string, state: TaskState): Promise<void> {
  await db
    .insertInto('store_tasks')
    .values({ name, ...state })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ ...state }))
    .execute();
}

export async function endTask(db: Db, name: string): Promise<void> {
  await db.deleteFrom('store_tasks').where('name', '=', name).execute();
}

/** Tells the web servers that readers would see something else, where no event does. */
export async function tellReaders(db: Db): Promise<void> {
  await sql`select pg_notify('courant_changed', current_schema())`.execute(db);
}
