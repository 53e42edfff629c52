import { type Kysely, sql } from 'kysely';

/** What is to be told by mail, ntfy or webhook, one row a message: written with what it tells of, so that none gets lost. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table messages (
    id uuid primary key default gen_random_uuid(),
    key text not null unique,
    channel text not null,
    address text not null,
    notice jsonb not null,
    rule bigint,
    created_at timestamptz not null,
    not_before timestamptz not null,
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
    tries int not null default 0,
    last_error text,
    ended_at timestamptz)`.execute(db);
  await sql`create index messages_waiting on messages (not_before) where state = 'waiting'`.execute(db);
  await sql`create index messages_sent on messages (channel, address, ended_at) where state = 'sent'`.execute(db);
  await sql`create index messages_rule on messages (rule) where rule is not null`.execute(db);
  // What is wrong now, one row each, so that the operator is told once by all processes together.
  await sql`create table alerts (
    kind text not null,
    subject text not null,
    message text not null,
    since timestamptz not null,
    clear_since timestamptz,
    told_at timestamptz,
    primary key (kind, subject))`.execute(db);
}
