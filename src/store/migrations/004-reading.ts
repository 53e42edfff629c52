import { type Kysely, sql } from 'kysely';

/** What reader pages need: the order of the news, a story's articles in it, and copies by outlet; and the operator's questions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table articles add column news_at timestamptz not null
    generated always as (least(coalesce(published, first_seen_at), first_seen_at)) stored`.execute(db);
  await sql`create index articles_news on articles (news_at desc, seq desc)`.execute(db);
  await sql`drop index articles_story`.execute(db);
  await sql`create index articles_story on articles (story, news_at desc, seq desc)`.execute(db);
  await sql`create index copies_source on copies (source)`.execute(db);
  await sql`create index copies_seen on copies (seen_at)`.execute(db);
  // For the operator: what happened to an address, and how all links ended (an index-only scan).
  await sql`create index links_url on links using hash (url)`.execute(db);
  await sql`create index links_ends on links (state, outcome, stage, reason)`.execute(db);
}
