import { type RawBuilder, sql } from 'kysely';
import { fold, otherSpellings } from '../text/fold.ts';
import stemmerList from './data/stemmers.json' with { type: 'json' };
import type { Db } from './db.ts';
import { type AskedTokens, bareToken, readTokens, type SaidToken } from './search-tokens.ts';

/** Characters of a text that are searched: a tsvector holds 1 MB at most. */
export const longestText = 200_000;
const longestTitle = 2000;

const { source: _source, ...stemmers } = stemmerList;
/** The stemmers of PostgreSQL. */
export const stemmerNames: readonly string[] = Object.keys(stemmers);
/** The stemmer of a language, by its ISO 639-1 code. */
export const stemmerOf: ReadonlyMap<string, string> = new Map(
  Object.entries(stemmers).flatMap(([name, langs]) => langs.map((lang) => [lang, name])),
);

/** What is searched of an article. */
export interface SearchedText {
  readonly title: string;
  readonly text: string;
  /** ISO 639-1. */
  readonly lang: string;
}

/** The texts from which the column `search` is made. Between spaces, so that the first and the last of their words are as all others. */
function searchTexts({ title, text, lang }: SearchedText) {
  const [head, body] = [title.slice(0, longestTitle), text.slice(0, longestText)];
  return {
    head: ` ${fold(head)} `,
    body: ` ${fold(body)} `,
    spellings: ` ${otherSpellings(`${head} ${body}`).join(' ')} `,
    stemmer: stemmerOf.get(lang) ?? null,
    stemmed: ` ${head}\n${body} `,
  };
}

/**
 * What an article is found by: its words, folded, with their places (those of the headline weigh more); other spellings of them; and the
 * stems that the dictionary of its language gives and that are no words of it, each marked with the dictionary's name so that no language
 * finds another's. The words are made once (`offset 0`).
 */
export function searchVector(searched: SearchedText): RawBuilder<string> {
  const { head, body, spellings, stemmer, stemmed } = searchTexts(searched);
  return sql<string>`(
    select words || strip(to_tsvector('simple', ${spellings}::text))
      || coalesce(search_other_stems(${stemmer}::text, ${stemmed}::text, words), ''::tsvector)
    from (select setweight(to_tsvector('simple', ${head}::text), 'A') || to_tsvector('simple', ${body}::text) as words offset 0) as said)`;
}

/**
 * The same for many articles, written as PostgreSQL reads it. The server takes a text apart in 2 µs a word, once for words and once for
 * stems, which was two thirds of the writing of an article. A text is a row of tokens between spaces, and nearly all of them came before:
 * what the server made of each is remembered, and it is asked for the new ones.
 */
export async function searchVectors(db: Db, searched: readonly SearchedText[]): Promise<string[]> {
  const taken = searched.map(tokensOf);
  const said = await readTokens(db, taken.flatMap(askedOf));
  const vectors: string[] = [];
  for (const [index, tokens] of taken.entries())
    vectors.push((tokens && vectorOf(tokens, said)) ?? (await askForVector(db, searched[index] as SearchedText)));
  return vectors;
}

async function askForVector(db: Db, searched: SearchedText): Promise<string> {
  const { rows } = await sql<{ vector: string }>`select ${searchVector(searched)}::text as vector`.execute(db);
  return rows[0]?.vector ?? '';
}

interface Tokens {
  readonly head: readonly string[];
  readonly body: readonly string[];
  readonly spellings: readonly string[];
  readonly stemmer: string | null;
  /** Each once, in its bare form; of a text whose language has no stemmer none. */
  readonly stemmed: ReadonlySet<string>;
}

/** A place further on than 16,383 is written as that one, and a token is a few words at most. */
const mostTokens = 4000;

/** Undefined where the server does not take a text apart at its spaces: within what looks like a tag, and where places end. */
function tokensOf(searched: SearchedText): Tokens | undefined {
  const { head, body, spellings, stemmer, stemmed } = searchTexts(searched);
  if ([head, body, stemmed].some((text) => text.includes('<'))) return undefined;
  const [heading, words] = [head.split(spaces), body.split(spaces)];
  if (heading.length + words.length > mostTokens) return undefined;
  return {
    ...{ head: heading, body: words, spellings: spellings.split(spaces), stemmer },
    stemmed: new Set(stemmer === null ? [] : stemmed.split(spaces).map(bareToken)),
  };
}

const spaces = /\s+/;

const askedOf = (tokens: Tokens | undefined): AskedTokens[] =>
  tokens === undefined
    ? []
    : [
        { config: 'simple', tokens: [...tokens.head, ...tokens.body, ...tokens.spellings] },
        ...(tokens.stemmer === null ? [] : [{ config: tokens.stemmer, tokens: tokens.stemmed }]),
      ];

/** PostgreSQL keeps no more places of a lexeme, or one more where a text is put to another. */
const mostPlaces = 255;

/** Undefined where a word stands in more places than are kept. */
function vectorOf(
  { head, body, spellings, stemmer, stemmed }: Tokens,
  said: (config: string) => ReadonlyMap<string, SaidToken>,
): string | undefined {
  const simple = said('simple');
  const places = new Map<string, string[]>();
  let place = 0;
  for (const [tokens, weight] of [
    [head, 'A'],
    [body, ''],
  ] as const)
    for (const token of tokens)
      for (const lexeme of simple.get(token)?.lexemes ?? []) {
        const own = places.get(lexeme);
        const at = `${++place}${weight}`;
        if (!own) places.set(lexeme, [at]);
        else if (own.push(at) >= mostPlaces) return undefined;
      }
  const others = new Set(
    spellings.flatMap((token) => simple.get(token)?.lexemes ?? []).filter((one) => !places.has(one)),
  );
  if (stemmer !== null) {
    const stems = said(stemmer);
    others.add(`${stemmer}~`);
    for (const token of stemmed) {
      const { lexemes = [], marks = [] } = stems.get(token) ?? {};
      for (const [index, lexeme] of lexemes.entries()) if (!places.has(lexeme)) others.add(marks[index] ?? lexeme);
    }
  }
  return [...[...places].map(([lexeme, at]) => `${quoted(lexeme)}:${at.join(',')}`), ...[...others].map(quoted)].join(
    ' ',
  );
}

const quoted = (lexeme: string): string => `'${lexeme.replace(/['\\]/g, '$&$&')}'`;
