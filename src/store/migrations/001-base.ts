import { type Kysely, sql } from 'kysely';

/** Sources, links, articles and what is told of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sources (
      id text primary key,
      settings jsonb not null,
      active boolean not null default true,
      next_crawl_at timestamptz not null default now(),
      last_crawl_at timestamptz,
      last_success_at timestamptz,
      last_error text,
      schedule jsonb not null default '{}'
    )`.execute(db);
  await sql`create index sources_due on sources (next_crawl_at) where active`.execute(db);

  await sql`
    create table links (
      key text primary key,
      url text not null,
      source text not null,
      found jsonb not null,
      state text not null default 'pending' check (state in ('pending', 'queued', 'done')),
      outcome text check (outcome in ('published', 'updated', 'duplicate', 'rejected')),
      stage text,
      reason text,
      detail text,
      article uuid,
      match text,
      tries integer not null default 0,
      first_seen_at timestamptz not null default now(),
      changed_at timestamptz not null default now(),
      revisit_at timestamptz,
      check ((state = 'done') = (outcome is not null))
    )`.execute(db);
  await sql`create index links_open on links (source, first_seen_at) where state <> 'done'`.execute(db);
  await sql`create index links_revisit on links (source, revisit_at) where revisit_at is not null`.execute(db);
  await sql`create index links_changed on links (changed_at desc)`.execute(db);
  await sql`create index links_article on links (article) where article is not null`.execute(db);

  await sql`
    create table articles (
      id uuid primary key,
      seq bigint generated always as identity unique,
      key text not null unique,
      text_hash bytea not null unique,
      url text not null,
      source text not null,
      story uuid not null,
      title text not null,
      byline text[] not null default '{}',
      agency text,
      summary text,
      text text not null,
      html text not null,
      image jsonb,
      site text,
      section text,
      tags text[] not null default '{}',
      published timestamptz,
      modified timestamptz,
      first_seen_at timestamptz not null,
      updated_at timestamptz not null,
      withdrawn_at timestamptz,
      lang text not null default 'und',
      countries text[] not null default '{}',
      regions text[] not null default '{}',
      topics text[] not null default '{}',
      labels jsonb not null,
      paywalled boolean not null default false,
      live_blog boolean not null default false,
      opinion boolean not null default false,
      -- the first 200,000 characters: a tsvector holds 1 MB at most
      search tsvector generated always as (
        setweight(to_tsvector('simple', left(title, 2000)), 'A') || to_tsvector('simple', left(text, 200000))
      ) stored
    )`.execute(db);
  await sql`create index articles_latest on articles (first_seen_at desc, seq desc)`.execute(db);
  await sql`create index articles_source on articles (source, first_seen_at desc)`.execute(db);
  await sql`create index articles_lang on articles (lang, first_seen_at desc)`.execute(db);
  await sql`create index articles_story on articles (story)`.execute(db);
  await sql`create index articles_countries on articles using gin (countries)`.execute(db);
  await sql`create index articles_regions on articles using gin (regions)`.execute(db);
  await sql`create index articles_topics on articles using gin (topics)`.execute(db);
  await sql`create index articles_search on articles using gin (search)`.execute(db);

  await sql`
    create table revisions (
      article uuid not null references articles (id) on delete cascade,
      replaced_at timestamptz not null,
      title text not null,
      text text not null,
      primary key (article, replaced_at)
    )`.execute(db);

  await sql`
    create table copies (
      key text primary key,
      article uuid not null references articles (id) on delete cascade,
      url text not null,
      source text not null,
      title text not null,
      published timestamptz,
      seen_at timestamptz not null,
      match text not null,
      share real not null
    )`.execute(db);
  await sql`create index copies_article on copies (article)`.execute(db);

  await sql`
    create table events (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      kind text not null check (kind in ('published', 'updated', 'withdrawn')),
      article uuid not null,
      xact xid8 not null default pg_current_xact_id()
    )`.execute(db);
  await sql`create unique index events_order on events (xact, id)`.execute(db);

  await sql`
    create table deliveries (
      target text primary key,
      xact xid8 not null,
      event bigint not null,
      failures integer not null default 0,
      next_try_at timestamptz not null default now(),
      last_error text
    )`.execute(db);
}
