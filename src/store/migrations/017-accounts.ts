import { type Kysely, sql } from 'kysely';

/** Accounts of readers: who they are, what they follow, what they have read and starred. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table users (
    id uuid primary key default gen_random_uuid(),
    name text not null unique,
    password text not null,
    role text not null check (role in ('reader', 'operator')),
    created_at timestamptz not null,
    -- What arrived before counts as read, unless it was kept unread.
    unread_since timestamptz not null)`.execute(db);
  await sql`create table sessions (
    token_hash bytea primary key,
    user_id uuid not null references users on delete cascade,
    used_at timestamptz not null)`.execute(db);
  await sql`create table subscriptions (
    id bigint generated always as identity primary key,
    user_id uuid not null references users on delete cascade,
    filter jsonb not null,
    title text not null,
    folder text,
    unique (user_id, filter))`.execute(db);
  await sql`create table marks (
    user_id uuid not null references users on delete cascade,
    seq bigint not null references articles (seq) on delete cascade,
    read boolean,
    starred_at timestamptz,
    primary key (user_id, seq))`.execute(db);
  await sql`create index marks_starred on marks (user_id, seq desc) where starred_at is not null`.execute(db);
  await sql`create index marks_article on marks (seq)`.execute(db);
}
