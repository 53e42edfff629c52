import { type Kysely, sql } from 'kysely';

/** Pairs of articles that may be one: the operator is asked, and the answers can retrain the scorer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table doubts (
      number integer generated always as identity primary key,
      article uuid not null,
      other uuid not null,
      titles text[] not null,
      urls text[] not null,
      score real not null,
      features jsonb not null,
      asked_at timestamptz not null,
      same boolean,
      answered_at timestamptz,
      unique (article, other)
    )`.execute(db);
}
