import { type Kysely, sql } from 'kysely';

/** What a copy tells otherwise than the article it was made from; null where it tells the same or nobody compared. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table copies add column difference jsonb`.execute(db);
}
