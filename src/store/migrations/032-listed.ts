import { type Kysely, sql } from 'kysely';

/**
 * What a listing says of a link is kept without the address, which the row has, and without empty lists. Old code that still runs fails at
 * the name of the old column: it would take a link without an address for none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table links rename column found to listed`.execute(db);
}
