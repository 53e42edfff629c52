import { type RawBuilder, sql } from 'kysely';
import type { Db } from './db.ts';

/** Which articles are kept. */
export interface Retention {
  /** Those that came in after this moment. */
  readonly since?: Date | undefined;
  /** So many of the newest. */
  readonly articles?: number | undefined;
}

/** Articles that one step takes: some 50 ms of work, and no lock that anybody waits for. */
const articlesAtATime = 200;

/**
 * Forgets the oldest articles beyond the retention, one step of them: with their revisions, copies and fingerprints, and stories that lose
 * their last article. Their links are kept as `pruned` for as long as other links that came to nothing, or a list that still names them
 * would bring them back. What another process has in hand is left for the next step.
 * @returns how many; call it again until it is 0
 */
export async function pruneArticles(db: Db, retention: Retention, now: Date): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const gone = await sql<{ id: string; story: string }>`
      delete from articles where id in (
        select id from articles where id in (${oldestBeyond(retention, articlesAtATime)}) for update skip locked)
      returning id, story`.execute(trx);
    if (gone.rows.length === 0) return 0;
    const ids = gone.rows.map(({ id }) => id);
    await sql`
      update links set state = 'done', outcome = 'rejected', stage = 'ingest', reason = 'pruned', detail = null, article = null,
        match = null, revisit_at = null, changed_at = ${now} where article = any(${ids}::uuid[])`.execute(trx);
    await sql`
      with lost as (select story, count(*)::int as articles from unnest(${gone.rows.map(({ story }) => story)}::uuid[]) as story group by story)
      update stories set articles = greatest(stories.articles - lost.articles, 0) from lost where stories.id = lost.story`.execute(
      trx,
    );
    await sql`
      with empty as (
        delete from stories where id = any(${gone.rows.map(({ story }) => story)}::uuid[])
          and not exists (select from articles where articles.story = stories.id) returning number, found_by)
      delete from story_terms using empty where story = empty.number and term = any(empty.found_by)`.execute(trx);
    return ids.length;
  });
}

/** How many articles the retention leaves out. */
export async function countPrunable(db: Db, retention: Retention): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (${oldestBeyond(retention)}) as beyond`.execute(db);
  return rows[0]?.count ?? 0;
}

/**
 * Ids of the oldest articles beyond the retention. From the old end, by the kept count: to go back from the newest through all that stay
 * took longer than to forget, and longer with each article.
 */
function oldestBeyond({ since, articles }: Retention, most?: number): RawBuilder<unknown> {
  // Said in plain: what is made of a limit that is counted out is planned for a tenth of the table.
  const limit = most === undefined ? sql`null::bigint` : sql.lit(most);
  const old = sql`(select id from articles where first_seen_at < ${since} order by first_seen_at, seq limit ${limit})`;
  const many = sql`(select id from articles order by seq limit least(${limit},
    greatest(0, (select coalesce(sum(rows), 0) from row_counts where counted = 'articles') - ${articles})::bigint))`;
  const ways = [since && old, articles === undefined ? undefined : many].filter((way) => way !== undefined);
  return ways.length === 0
    ? sql`select null::uuid as id where false`
    : sql`select id from (${sql.join(ways, sql` union `)}) as old limit ${limit}`;
}
