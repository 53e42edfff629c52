import { type Kysely, sql } from 'kysely';

/** What the operator is asked is a review item. Old code that still runs fails at the name and does its job again in a new process. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table doubts rename to review_items`.execute(db);
  await sql`alter index doubts_pkey rename to review_items_pkey`.execute(db);
  await sql`alter index doubts_article_other_key rename to review_items_article_other_key`.execute(db);
  await sql`alter sequence doubts_number_seq rename to review_items_number_seq`.execute(db);
}
