import { sql } from 'kysely';
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
        select id from articles where ${beyond(retention)} order by seq limit ${sql.lit(articlesAtATime)} for update skip locked)
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
          and not exists (select from articles where articles.story = stories.id) returning number)
      delete from story_terms using empty where story_terms.story = empty.number`.execute(trx);
    return ids.length;
  });
}

/** How many articles the retention leaves out. */
export async function countPrunable(db: Db, retention: Retention): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from articles where ${beyond(retention)}`.execute(db);
  return rows[0]?.count ?? 0;
}

const beyond = ({ since, articles }: Retention) => sql<boolean>`(
  ${since ?? null}::timestamptz > first_seen_at
  or seq <= (select seq from articles order by seq desc offset ${articles ?? null}::bigint limit 1) and ${articles ?? null}::bigint is not null)`;
