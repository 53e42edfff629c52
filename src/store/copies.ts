import { sql } from 'kysely';
import type { Copy } from '../dedupe/dedupe-index.ts';
import { differenceOf } from '../dedupe/difference.ts';
import type { ArticleId } from '../domain/article.ts';
import type { IngestInput } from '../ingest/ports.ts';
import type { CanonicalUrl } from '../text/canonical-url.ts';
import { storable, storableJson } from './article-columns.ts';
import type { Db } from './db.ts';

/** Notes where a copy of an article stands ('also at'). An address that is known as a copy's stays as it is. */
export async function insertCopy(
  db: Db,
  article: ArticleId,
  key: CanonicalUrl,
  { match, share }: Copy,
  { extracted, link, now, pageUrl, source }: IngestInput,
): Promise<void> {
  const published = extracted.published ?? link.published ?? null;
  await db
    .insertInto('copies')
    .values({
      key,
      article,
      url: pageUrl,
      source: source.id,
      title: storable(extracted.title),
      published,
      seen_at: now,
      match,
      share,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
}

/**
 * Before a copy takes the place of an article: lists what the article is so far among the copies of the text that comes, and takes the
 * copy's own address off that list. What the other copies tell otherwise was said of the old text.
 */
export async function exchangeCopy(
  db: Db,
  article: ArticleId,
  key: CanonicalUrl,
  { match, share }: Copy,
  { extracted }: IngestInput,
): Promise<void> {
  const before = await db.selectFrom('articles').select('text').where('id', '=', article).executeTakeFirstOrThrow();
  await db.updateTable('copies').set({ difference: null }).where('article', '=', article).execute();
  await sql`
    insert into copies (key, article, url, source, title, published, seen_at, match, share, difference)
    select key, id, url, source, title, published, first_seen_at, ${match}, ${share},
      ${storableJson(differenceOf(extracted.text, before.text))}::jsonb from articles
    where id = ${article} and key <> ${key}
    on conflict (key) do nothing`.execute(db);
  await db.deleteFrom('copies').where('key', '=', key).execute();
}

/** Notes for the reader what a copy tells otherwise than the article. */
export async function writeDifference(
  db: Db,
  article: ArticleId,
  { source, pageUrl, extracted }: IngestInput,
): Promise<void> {
  const known = await db.selectFrom('articles').select('text').where('id', '=', article).executeTakeFirst();
  if (!known) return;
  await db
    .updateTable('copies')
    .set({ difference: storableJson(differenceOf(known.text, extracted.text)) })
    .where('article', '=', article)
    .where('source', '=', source.id)
    .where('url', '=', pageUrl)
    .execute();
}
