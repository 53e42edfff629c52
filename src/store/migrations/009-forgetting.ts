import { type Kysely, sql } from 'kysely';

/** Links that came to nothing long ago are found and forgotten without reading all links. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index links_forgettable on links (changed_at) where outcome in ('rejected', 'duplicate')`.execute(
    db,
  );
}
