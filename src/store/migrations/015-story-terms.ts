import { type Kysely, sql } from 'kysely';

/**
 * What a term is has changed (pairs of syllables, countries, runs of letters). Stories of the old terms are forgotten, so nothing joins
 * them: their articles and ids stay, and a story that goes on opens anew. Terms are counted from the beginning, as in a new store, or
 * the new ones would look rare beside the old. Fingerprints and keys are as they were.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`update stories set terms = '{}', weights = '{}', found_by = '{}' where found_by <> '{}'`.execute(db);
  await sql`truncate story_terms, term_counts`.execute(db);
}
