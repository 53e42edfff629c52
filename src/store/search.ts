import { type RawBuilder, sql } from 'kysely';
import { fold, otherSpellings } from '../text/fold.ts';
import { readSearch, type SearchTerm } from '../text/search-query.ts';
import stemmerList from './data/stemmers.json' with { type: 'json' };
import type { Db } from './db.ts';

/** How the column `search` is made; rows of another version are made anew, some at a time. */
export const searchVersion = 1;

/** Characters of a text that are searched: a tsvector holds 1 MB at most. */
const longestText = 200_000;
const longestTitle = 2000;

const { source: _source, ...stemmers } = stemmerList;
const names = Object.keys(stemmers);
/** The stemmer of a language, by its ISO 639-1 code. */
export const stemmerOf: ReadonlyMap<string, string> = new Map(
  Object.entries(stemmers).flatMap(([name, langs]) => langs.map((lang) => [lang, name])),
);

/** The texts from which the column `search` is made; `searchOf` makes it of a row that has them. */
export function searchTexts(title: string, text: string, lang: string) {
  const [head, body] = [title.slice(0, longestTitle), text.slice(0, longestText)];
  return {
    head: fold(head),
    body: fold(body),
    spellings: otherSpellings(`${head} ${body}`).join(' '),
    stemmer: stemmerOf.get(lang) ?? null,
    stemmed: eachOnce(`${head}\n${body}`),
  };
}

/**
 * Each word of a text once: places do not count among stems, and a stemmer that looks at each word of a text takes twice as long. The
 * server takes words apart at spaces too, but not within what looks like a tag.
 */
const eachOnce = (text: string): string => (text.includes('<') ? text : [...new Set(text.split(/\s+/))].join(' '));

/** PostgreSQL's types of what `searchTexts` gives. */
export const searchTextTypes = {
  head: 'text',
  body: 'text',
  spellings: 'text',
  stemmer: 'text',
  stemmed: 'text',
} as const;

/**
 * What an article is found by: its words, folded, with their places (those of the headline weigh more); other spellings of them; and the
 * stems that the dictionary of its language gives and that are no words of it, each marked with the dictionary's name so that no language
 * finds another's. The words are made once (`offset 0`).
 */
export const searchOf = sql<string>`(
  select words || strip(to_tsvector('simple', spellings)) || coalesce(search_other_stems(stemmer, stemmed, words), ''::tsvector)
  from (select setweight(to_tsvector('simple', head), 'A') || to_tsvector('simple', body) as words offset 0) as said)`;

/** The same from texts that are sent, each once. */
export function searchVector(title: string, text: string, lang: string): RawBuilder<string> {
  const { head, body, spellings, stemmer, stemmed } = searchTexts(title, text, lang);
  return sql<string>`(select ${searchOf} from (values (${head}::text, ${body}::text, ${spellings}::text, ${stemmer}::text, ${stemmed}::text))
    as given (head, body, spellings, stemmer, stemmed))`;
}

/** The ways in which a term of a search may stand in a text. */
const waysOf = ({ text, isPhrase }: SearchTerm): RawBuilder<unknown> => {
  const spellings = isPhrase ? [fold(text)] : [fold(text), ...otherSpellings(text)];
  const ways = spellings.map((one) => sql`phraseto_tsquery('simple', ${one})`);
  if (!isPhrase) ways.push(sql`search_stem_query(${names}::text[], ${text})`);
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
    for (const { seq, title, text, lang } of rows)
      await sql`update articles set search = ${searchVector(title, text, lang)}, search_version = ${searchVersion}
        where seq = ${seq}`.execute(trx);
    return rows.length;
  });
}
