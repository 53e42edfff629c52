import { sql } from 'kysely';
import { fingerprintOf } from '../dedupe/fingerprint.ts';
import type { ArticleId } from '../domain/article.ts';
import type { Db } from './db.ts';
import { writeEvent } from './events.ts';
import { forgetFingerprint } from './fingerprints.ts';

/** Whether an article still has the words that were read of it. Call it with the ingest lock. */
export async function isAsRead(db: Db, article: { id: ArticleId; title: string; text: string }): Promise<boolean> {
  const row = await db.selectFrom('articles').select(['title', 'text']).where('id', '=', article.id).executeTakeFirst();
  return row?.title === article.title && row.text === article.text;
}

/**
 * Makes an article a copy of another, with its own copies and links, and tells readers that its item is gone. Call it with the ingest lock.
 * @param share of the other's text that it holds, 0…1
 * @returns false when one of the two is not there any more
 */
export async function mergeArticles(
  db: Db,
  gone: ArticleId,
  into: ArticleId,
  share: number,
  now: Date,
): Promise<boolean> {
  const row = await db.selectFrom('articles').selectAll().where('id', '=', gone).executeTakeFirst();
  const other = await db.selectFrom('articles').select('id').where('id', '=', into).executeTakeFirst();
  if (!row || !other) return false;
  await forgetFingerprint(db, gone, fingerprintOf(row.title, row.text));
  await db.updateTable('copies').set({ article: into }).where('article', '=', gone).execute();
  await sql`
    update links set article = ${into}, outcome = 'duplicate', match = coalesce(match, 'near'), changed_at = ${now}
    where article = ${gone}`.execute(db);
  await sql`update stories set articles = articles - 1 where id = ${row.story}`.execute(db);
  await db.deleteFrom('articles').where('id', '=', gone).execute();
  await db
    .insertInto('copies')
    .values({
      ...{ key: row.key, article: into, url: row.url, source: row.source, title: row.title },
      ...{ published: row.published, seen_at: row.first_seen_at, match: 'near', share },
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  await writeEvent(db, 'withdrawn', gone, now);
  return true;
}
