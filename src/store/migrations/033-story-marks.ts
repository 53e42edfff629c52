import { type Kysely, sql } from 'kysely';

/**
 * A story remembers headlines and leads of its articles. What a term is has changed too (folded words), so stories of the old terms are
 * forgotten, as by `015-story-terms`: their articles and ids stay, and a story that goes on opens anew.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table stories add column marks bytea not null default ''`.execute(db);
  await sql`update stories set vector = '', found_by = '{}' where found_by <> '{}'`.execute(db);
  await sql`truncate story_terms, term_counts`.execute(db);
}
