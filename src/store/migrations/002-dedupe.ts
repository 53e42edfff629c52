import { type Kysely, sql } from 'kysely';

/** What deduplication remembers of the articles: shingle keys, stories, how common words are, what the operator is asked. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // A new version of an article gets a new number, so 'what came since' is 'what has a higher number'.
  await sql`
    create table prints (
      number integer generated always as identity primary key,
      article uuid not null unique references articles (id) on delete cascade,
      keys smallint not null
    )`.execute(db);
  // Partitions are ranges of numbers, which is to say of time: old ones are dropped whole. See store/fingerprints.ts.
  await sql`
    create table fingerprints (
      key integer not null,
      print integer not null,
      primary key (key, print)
    ) partition by range (print)`.execute(db);
  await sql`create table fingerprints_0 partition of fingerprints for values from (0) to (1048576)`.execute(db);

  await sql`
    create table stories (
      id uuid primary key,
      number integer generated always as identity unique,
      articles integer not null,
      first_at timestamptz not null,
      latest_at timestamptz not null,
      terms integer[] not null,
      weights real[] not null,
      found_by integer[] not null
    )`.execute(db);
  await sql`create table story_terms (term integer not null, story integer not null, primary key (term, story))`.execute(
    db,
  );
  await sql`create table term_counts (term integer primary key, articles integer not null)`.execute(db);
}
