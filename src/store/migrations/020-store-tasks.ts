import { type Kysely, sql } from 'kysely';

/** How far long work over the whole store has come, so that it goes on from there when it was stopped. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table store_tasks (
    name text primary key,
    position text not null,
    last text not null,
    total bigint not null,
    seen bigint not null default 0,
    changed bigint not null default 0,
    started_at timestamptz not null default now()
  )`.execute(db);
}
