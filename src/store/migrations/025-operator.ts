import { type Kysely, sql } from 'kysely';

/** What the operator's pages read: counts that are kept instead of counted, who did what, which processes live, how pages answered. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Rows are counted up many times an hour: half of each page stays free, so that no index is touched.
  await sql`create table flow_counts (
    hour timestamptz not null,
    stage text not null,
    outcome text not null,
    reason text not null,
    count integer not null,
    primary key (hour, stage, outcome, reason)) with (fillfactor = 50)`.execute(db);
  await sql`create table source_counts (
    day date not null,
    source text not null,
    outcome text not null,
    reason text not null,
    count integer not null,
    primary key (source, day, outcome, reason)) with (fillfactor = 50)`.execute(db);
  await sql`create index source_counts_day on source_counts (day)`.execute(db);
  await sql`alter table sources add column paused_at timestamptz`.execute(db);
  await sql`create table actions (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    who text not null,
    action text not null,
    target text not null,
    detail text)`.execute(db);
  await sql`create table processes (
    id uuid primary key,
    host text not null,
    pid integer not null,
    roles text[] not null,
    started_at timestamptz not null,
    seen_at timestamptz not null)`.execute(db);
  await sql`create table store_sizes (day date primary key, bytes bigint not null, articles bigint not null, links bigint not null)`.execute(
    db,
  );
  await sql`create index links_rejected on links (source, changed_at desc) where outcome = 'rejected'`.execute(db);
  await sql`create table fetches (
    id bigint generated always as identity primary key,
    key text not null,
    at timestamptz not null,
    took_ms integer not null,
    status integer,
    url text not null,
    redirects jsonb,
    headers jsonb,
    error text,
    verdict text,
    kept integer)`.execute(db);
  await sql`create index fetches_key on fetches (key, at desc)`.execute(db);
  await sql`create index fetches_at on fetches (at)`.execute(db);
  // Events are kept for a month; what was told of one article is looked up.
  await sql`create index events_article on events (article)`.execute(db);
}
