import { type Kysely, sql } from 'kysely';

/** What the crawl remembers: the turns of the sites, robots.txt, validators of answers, site memory. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table hosts (
      site text primary key,
      holder uuid,
      held_until timestamptz not null default '-infinity',
      ended_at timestamptz not null default '-infinity',
      not_before timestamptz not null default '-infinity',
      failures integer not null default 0
    )`.execute(db);
  await sql`
    create table robots (
      origin text primary key,
      rules jsonb not null,
      expires_at timestamptz not null
    )`.execute(db);
  await sql`
    create table http_cache (
      url_hash bytea primary key,
      etag text,
      last_modified text,
      not_modified integer not null default 0,
      seen_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index http_cache_seen on http_cache (seen_at)`.execute(db);
  await sql`
    create table site_memory (
      host text primary key,
      memory jsonb not null,
      changed_at timestamptz not null default now()
    )`.execute(db);
}
