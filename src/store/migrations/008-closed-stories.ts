import { type Kysely, sql } from 'kysely';

/** Stories that nothing can join any more are found and forgotten without reading all stories. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index stories_led on stories (latest_at) where found_by <> '{}'`.execute(db);
}
