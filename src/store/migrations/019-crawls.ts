import { type Kysely, sql } from 'kysely';

/** How each crawl of a source went, and how the source stands after all of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table crawls (
    id bigint generated always as identity primary key,
    source text not null,
    started_at timestamptz not null,
    took_ms integer not null,
    state text not null check (state in ('gives', 'nothing', 'fails')),
    cause text,
    pages integer not null,
    articles integer not null,
    requests integer not null,
    bytes bigint not null,
    listings jsonb not null,
    rejected jsonb)`.execute(db);
  await sql`create index crawls_source on crawls (source, started_at desc)`.execute(db);
  await sql`create index crawls_started on crawls (started_at)`.execute(db);
  // Null until the first crawl after this: what stood in last_error then is of a single listing.
  await sql`alter table sources
    add column state text check (state in ('gives', 'nothing', 'fails')),
    add column state_since timestamptz,
    add column state_count integer not null default 0`.execute(db);
}
