import { type Kysely, sql } from 'kysely';

/** A story's terms are a sum of vectors of length 1 from here on; those of another measure are forgotten, so nothing joins their stories. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`update stories set terms = '{}', weights = '{}', found_by = '{}' where found_by <> '{}'`.execute(db);
  await sql`truncate story_terms`.execute(db);
}
