import { type Kysely, sql } from 'kysely';

/** Events that a target refuses for ever no longer keep back the later ones. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table set_aside (
      target text not null,
      event bigint not null,
      error text not null,
      set_aside_at timestamptz not null,
      next_try_at timestamptz not null,
      primary key (target, event)
    )`.execute(db);
}
