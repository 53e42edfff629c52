import { type RawBuilder, sql } from 'kysely';
import type { Filter } from '../../domain/filter.ts';
import type { Db } from '../db.ts';
import { withIndexes } from '../ingest-lock.ts';

/**
 * Articles among which a search looks first: a word that is not rare fills a page from the newest, and one that is rare is found among all
 * as fast. With 100,000 articles a word in a fifth of them takes 30 ms so, and 240 among all.
 */
const newest = 10_000;
/** In a smaller store (as PostgreSQL estimates it) all are asked at once: the planner would leave the index of words out. */
const fewArticles = 40_000;

/**
 * Asks for the newest articles of a filter. Those of a search must come from the index of words, all at once, and be put in order
 * afterwards: the planner does not reckon with what it takes to read the words of an article, and would rather look through all articles
 * (measured with 100,000 of them: 3 s).
 * @param time by which they are in order
 * @param ask asks among the articles that fit `among`
 * @param isEnough whether an answer is what the answer among all articles would be
 */
export function byWords<T>(
  db: Db,
  filter: Filter,
  time: 'news_at' | 'first_seen_at',
  ask: (db: Db, among: RawBuilder<unknown>) => Promise<T>,
  isEnough: (answer: T) => boolean,
): Promise<T> {
  if (filter.query === undefined) return ask(db, sql`true`);
  return withIndexes(db, async (trx) => {
    const column = sql.ref(time);
    const { rows } = await sql<{ edge: Date | null }>`
      select case when (select reltuples from pg_class where oid = 'articles'::regclass) > ${sql.lit(fewArticles)} then (
        select ${column} from articles order by ${column} desc, seq desc offset ${sql.lit(newest)} limit 1) end as edge`.execute(
      trx,
    );
    const edge = rows[0]?.edge ?? null;
    if (edge === null) return ask(trx, sql`true`);
    const first = await ask(trx, sql`${sql.ref(`a.${time}`)} > ${edge}`);
    return isEnough(first) ? first : ask(trx, sql`true`);
  });
}
