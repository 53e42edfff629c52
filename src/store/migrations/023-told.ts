import { type Kysely, sql } from 'kysely';

/** What readers are told of and by which way: rules of accounts, the wire's own WebSub hub, passwords for apps. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table rules (
    id bigint generated always as identity primary key,
    user_id uuid not null references users on delete cascade,
    filter jsonb not null,
    title text not null,
    channel text not null,
    address text not null,
    every text not null check (every in ('now', 'hour', 'day')),
    hour int not null,
    token text not null unique,
    confirmed_at timestamptz,
    created_at timestamptz not null,
    next_at timestamptz not null,
    xact xid8 not null,
    event bigint not null,
    unique (user_id, filter, channel, address))`.execute(db);
  await sql`create index rules_next on rules (next_at) where confirmed_at is not null`.execute(db);
  await sql`create table hub_requests (
    id bigint generated always as identity primary key,
    mode text not null check (mode in ('subscribe', 'unsubscribe', 'denied')),
    topic text not null,
    filter jsonb not null,
    callback text not null,
    host text not null,
    secret text,
    lease_seconds int not null,
    reason text,
    created_at timestamptz not null,
    done_at timestamptz)`.execute(db);
  await sql`create index hub_requests_host on hub_requests (host, created_at)`.execute(db);
  await sql`create table hub_subscriptions (
    id bigint generated always as identity primary key,
    topic text not null,
    filter jsonb not null,
    callback text not null,
    host text not null,
    secret text,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    -- There is something new since; null when all was told.
    dirty_at timestamptz,
    last_error text,
    unique (topic, callback))`.execute(db);
  await sql`create index hub_subscriptions_dirty on hub_subscriptions (dirty_at) where dirty_at is not null`.execute(
    db,
  );
  await sql`create index hub_subscriptions_host on hub_subscriptions (host)`.execute(db);
  await sql`create table hub_state (
    one boolean primary key default true check (one),
    checked_at timestamptz not null,
    error text)`.execute(db);
  await sql`create table app_passwords (
    hash bytea primary key,
    user_id uuid not null references users on delete cascade,
    kind text not null check (kind in ('fever', 'mcp')),
    created_at timestamptz not null,
    unique (user_id, kind))`.execute(db);
}
