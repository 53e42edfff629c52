import { type Kysely, sql } from 'kysely';

/** What the publisher says of the use of an article; null where it says nothing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table articles add column rights jsonb`.execute(db);
}
