import type { Kysely } from 'kysely';

/** Why the text of an article is not the whole of it; null when it is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('articles').addColumn('stub', 'text').execute();
}
