import { sql } from 'kysely';
import type { Filter } from '../../domain/filter.ts';
import type { Db } from '../db.ts';
import { withIndexes } from '../ingest-lock.ts';
import { type Among, type Asked, allOf, newestFirst } from './newest-first.ts';

/**
 * Articles whose words a search reads, from the newest on, before it asks the index of words: a word that is not rare fills a page from a
 * thousand (40 ms), and the index gives all 200,000 articles of a million that say it (2 s) before any can be left out. What is so rare that six
 * thousand would not do is found by the index as fast in any store.
 */
const windows = { near: 1000, far: 6000 };
/** In a smaller store (as PostgreSQL estimates it) the index is asked at once: it has few to give. */
const fewArticles = 40_000;

/**
 * Asks for the newest articles that a search finds, in a transaction in which all is looked up by index: the planner does not reckon with what
 * it takes to read the words of an article, and would rather look through all of them (measured with 100,000: 3 s).
 * @param asked as for `newestFirst`
 */
export function byWords<T>(
  db: Db,
  filter: Filter,
  { ask, ...asked }: Omit<Asked<T>, 'ask' | 'windows'> & { readonly ask: (db: Db, among: Among) => Promise<T> },
): Promise<T> {
  const all = allOf(asked.time, asked.before);
  if (filter.query === undefined) return ask(db, all);
  return withIndexes(db, async (trx) => {
    const { rows } = await sql<{ few: boolean }>`
      select reltuples <= ${sql.lit(fewArticles)} as few from pg_class where oid = 'articles'::regclass`.execute(trx);
    return rows[0]?.few === false ? newestFirst({ ...asked, windows, ask: (among) => ask(trx, among) }) : ask(trx, all);
  });
}
