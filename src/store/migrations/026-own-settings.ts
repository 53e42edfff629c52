import { type Kysely, sql } from 'kysely';

/** What an account sets for itself: how pages look, what it wants to see nothing of, and secret addresses of what it follows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table users add column preferences jsonb not null default '{}'`.execute(db);
  await sql`create table mutes (
    user_id uuid not null references users on delete cascade,
    kind text not null check (kind in ('source', 'topic', 'word')),
    value text not null,
    primary key (user_id, kind, value))`.execute(db);
  await sql`alter table subscriptions add column secret text unique`.execute(db);
}
