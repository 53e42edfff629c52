import { type Kysely, sql } from 'kysely';

/** A term tells when its story was told, in minutes since 1970: which stories are open is known before any of them is looked at. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table story_terms add column first_minute integer not null default 0, add column latest_minute integer not null default 0`.execute(
    db,
  );
  await sql`update story_terms set first_minute = floor(extract(epoch from first_at) / 60), latest_minute = floor(extract(epoch from latest_at) / 60)
    from stories where number = story`.execute(db);
}
