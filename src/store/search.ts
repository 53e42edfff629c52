import { type RawBuilder, sql } from 'kysely';
import { fold, otherSpellings } from '../text/fold.ts';
import { readSearch, type SearchTerm } from '../text/search-query.ts';
import type { Db } from './db.ts';
import { longestText, searchVectors, stemmerNames } from './search-vector.ts';

/** How the column `search` is made; rows of another version are made anew, some at a time. */
export const searchVersion = 1;

/** The ways in which a term of a search may stand in a text. */
const waysOf = ({ text, isPhrase }: SearchTerm): RawBuilder<unknown> => {
  const spellings = isPhrase ? [fold(text)] : [fold(text), ...otherSpellings(text)];
  const ways = spellings.map((one) => sql`phraseto_tsquery('simple', ${one})`);
  if (!isPhrase) ways.push(sql`search_stem_query(${stemmerNames}::text[], ${text})`);
  return sql`(${sql.join(ways, sql` || `)})`;
};

/** A search as PostgreSQL asks the column `search`; one without a word finds nothing. */
export function searchQuery(query: string): RawBuilder<string> {
  const groups = readSearch(query).map(({ all, none }) =>
    sql.join([...all.map(waysOf), ...none.map((term) => sql`!!${waysOf(term)}`)], sql` && `),
  );
  return groups.length === 0
    ? sql<string>`''::tsquery`
    : sql<string>`(${sql.join(
        groups.map((group) => sql`(${group})`),
        sql` || `,
      )})`;
}

/** Makes the column anew for some of the articles of an older version, the newest first. @returns how many; call it again until it is 0 */
export async function refreshSearch(db: Db, atATime = 200): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ seq: string; title: string; text: string; lang: string }>`
      select seq, title, left(text, ${longestText}) as text, lang from articles where search_version < ${sql.lit(searchVersion)}
      order by seq desc limit ${atATime} for update skip locked`.execute(trx);
    const vectors = await searchVectors(trx, rows);
    await sql`
      update articles set search = given.search::tsvector, search_version = ${sql.lit(searchVersion)}
      from unnest(${rows.map(({ seq }) => seq)}::bigint[], ${vectors}::text[]) as given (seq, search)
      where articles.seq = given.seq`.execute(trx);
    return rows.length;
  });
}
