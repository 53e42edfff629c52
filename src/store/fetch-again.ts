import { sql } from 'kysely';
import type { Db } from './db.ts';
import { forgetValidators } from './http-cache.ts';
import { addressOf } from './listed.ts';

const linksAtATime = 500;

/** The last link by its key, and how many there are. */
export async function linkBounds(db: Db): Promise<{ last: string; total: number }> {
  const { rows } = await sql<{ last: string | null; total: string }>`
    select max(key) as last, count(*) as total from links`.execute(db);
  return { last: rows[0]?.last ?? '', total: Number(rows[0]?.total ?? 0) };
}

/**
 * Has the next links fetched again: those of articles as a second look, which keeps the article as it is until the page is there; and
 * where it is asked for, those whose page was no article. Answers 'not modified' would bring no page, so their validators are forgotten.
 */
export async function fetchAgain(
  db: Db,
  what: { source?: string | undefined; rejected: boolean; after: string; last: string },
  now: Date,
): Promise<{ at: string | undefined; seen: number; changed: number }> {
  return db.transaction().execute(async (trx) => {
    const links = await trx
      .selectFrom('links')
      .select(['key', 'source', 'outcome', 'stage'])
      .where('key', '>', what.after)
      .where('key', '<=', what.last)
      .orderBy('key')
      .limit(linksAtATime)
      .execute();
    const wanted = links.filter(
      ({ source, outcome, stage }) =>
        (what.source === undefined || what.source === source) &&
        (outcome === 'published' ||
          outcome === 'updated' ||
          (what.rejected && outcome === 'rejected' && stage === 'extract')),
    );
    const { rows } = await sql<{ url: string }>`
      update links set
        revisit_at = case when outcome = 'rejected' then null else ${now}::timestamptz end,
        state = case when outcome = 'rejected' then 'pending' else state end,
        tries = 0, stage = null, reason = null, detail = null,
        outcome = case when outcome = 'rejected' then null else outcome end
      where key = any(${wanted.map(({ key }) => key)}::text[]) and state = 'done'
        and exists (select from sources where id = links.source and active)
      returning ${addressOf} as url`.execute(trx);
    await forgetValidators(
      trx,
      rows.map(({ url }) => url),
    );
    return { at: links.at(-1)?.key, seen: links.length, changed: rows.length };
  });
}
