import { type Kysely, sql } from 'kysely';

/** The address of a link is not stored where it is its key, as most are: a sixth of what a link takes. What is there stays. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table links alter column url drop not null`.execute(db);
}
