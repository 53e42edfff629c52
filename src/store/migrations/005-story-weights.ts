import { type Kysely, sql } from 'kysely';

/** Stories are ranked by how much their leading terms weigh, not by how many they share. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table story_terms add column weight real not null default 0.2`.execute(db);
  await sql`alter table story_terms alter column weight drop default`.execute(db);
}
