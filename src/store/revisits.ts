import { sql } from 'kysely';
import type { Revisits } from '../crawl/ports.ts';
import type { FoundLink, Reason } from '../domain/article.ts';
import type { Db } from './db.ts';
import { writeEvent } from './events.ts';
import { addressIn, listedOf } from './listed.ts';

/** What a page, or a link without a headline, may grow out of. */
const growing = ['too-short', 'no-text', 'soft-404', 'no-headline'] satisfies Reason[];

/** The second looks of all workers, as the crawl asks for them. */
export const storedRevisits = (db: Db): Revisits => ({
  noticeChanges: (source, found, now) => noticeChanges(db, source, found, now),
  restore: (key, now) => restoreArticle(db, key, now),
  withdraw: (key, now) => withdrawArticle(db, key, now),
});

/**
 * Has links fetched again now whose feed entry has a new title or a later time of update than when it was last seen:
 * published ones, and those whose page held too little to be an article then (a flash of two lines grows into a report).
 * Compared is what the same listing said: two feeds of one outlet may word a headline differently for ever.
 * What is in `listed` is kept as last seen.
 * @returns how many
 */
export async function noticeChanges(db: Db, source: string, found: readonly FoundLink[], now: Date): Promise<number> {
  const telling = found.filter(({ link }) => link.title !== undefined || link.updated !== undefined);
  if (telling.length === 0) return 0;
  const { numAffectedRows } = await sql`
    update links set url = fresh.url, listed = fresh.listed,
      revisit_at = case when outcome = 'rejected' then null else ${now}::timestamptz end,
      state = case when outcome = 'rejected' then 'pending' else state end,
      stage = null, reason = null, detail = null,
      outcome = case when outcome = 'rejected' then null else outcome end
    from unnest(${telling.map(({ key }) => key)}::text[], ${telling.map(({ key, link }) => addressIn(key, link.url))}::text[],
      ${telling.map(({ link }) => JSON.stringify(listedOf(link)))}::jsonb[]) as fresh (key, url, listed)
    where links.key = fresh.key and links.source = ${source}
      and links.state = 'done'
      and coalesce(links.listed->>'listing', fresh.listed->>'listing', '') = coalesce(fresh.listed->>'listing', '')
      and (links.outcome in ('published', 'updated') or links.reason = any(${[...growing]}::text[]))
      and (fresh.listed->>'title' <> links.listed->>'title'
        or fresh.listed->>'title' <> '' and links.reason = 'no-headline'
        or fresh.listed->>'updated' > coalesce(links.listed->>'updated',
          to_char(links.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** The article behind the link answers again: if it was withdrawn, readers get it back, and publish tells. */
export async function restoreArticle(db: Db, key: string, now: Date): Promise<void> {
  await sql`
    with restored as (
      update articles set withdrawn_at = null
      from links
      where links.key = ${key} and articles.id = links.article and articles.source = links.source
        and articles.withdrawn_at is not null
      returning articles.id)
    insert into events (kind, article, at) select 'updated', id, ${now}::timestamptz from restored`.execute(db);
}

/**
 * The publisher has taken the article behind the link down: readers no longer get it, and publish tells.
 * @returns false when the link's article is another source's, or was withdrawn before
 */
export async function withdrawArticle(db: Db, key: string, now: Date): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: string }>`
      update articles set withdrawn_at = ${now}
      from links
      where links.key = ${key} and links.outcome in ('published', 'updated')
        and articles.id = links.article and articles.source = links.source and articles.withdrawn_at is null
      returning articles.id`.execute(trx);
    const [article] = rows;
    if (!article) return false;
    await writeEvent(trx, 'withdrawn', article.id, now);
    return true;
  });
}
