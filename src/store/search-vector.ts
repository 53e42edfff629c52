import { type RawBuilder, sql } from 'kysely';
import { fold, otherSpellings } from '../text/fold.ts';
import stemmerList from './data/stemmers.json' with { type: 'json' };
import type { Db } from './db.ts';
import { type AskedTokens, type Lexeme, type SaidToken, TokenMemory } from './search-tokens.ts';

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

let memory = new TokenMemory();

/**
 * The same for many articles, written as PostgreSQL reads it. The server takes a text apart in 2 µs a word, once for words and once for
 * stems, which was two thirds of the writing of an article. A text is a row of tokens between spaces, and nearly all of them came before:
 * what the server made of each is remembered, and it is asked for the new ones.
 */
export async function searchVectors(db: Db, searched: readonly SearchedText[]): Promise<string[]> {
  if (memory.isFull) memory = new TokenMemory();
  // Others may begin a new one meanwhile.
  const mine = memory;
  const asked = searched.map(tokensOf);
  const said = await mine.read(db, asked.flat());
  const vectors: string[] = [];
  let from = 0;
  for (const [index, lists] of asked.entries()) {
    const vector =
      lists.length === 0 ? undefined : vectorOf(said.slice(from, from + lists.length), lists[stems]?.config, mine);
    vectors.push(vector ?? (await askForVector(db, searched[index] as SearchedText)));
    from += lists.length;
  }
  return vectors;
}

async function askForVector(db: Db, searched: SearchedText): Promise<string> {
  const { rows } = await sql<{ vector: string }>`select ${searchVector(searched)}::text as vector`.execute(db);
  return rows[0]?.vector ?? '';
}

/** A place further on than 16,383 is written as that one, and a token is a few words at most. */
const mostTokens = 4000;
const spaces = /\s+/;

/** Place of the words among the lists of tokens whose stems are asked for. */
const stems = 3;

/**
 * Tokens of headline, text and other spellings, and those to be stemmed where the language has a stemmer. None where the server does not
 * take a text apart at its spaces: within what looks like a tag, and where places end.
 */
function tokensOf(searched: SearchedText): AskedTokens[] {
  const { head, body, spellings, stemmer, stemmed } = searchTexts(searched);
  if ([head, body, stemmed].some((text) => text.includes('<'))) return [];
  const lists = [head, body, spellings].map((text) => ({ config: 'simple', tokens: text.split(spaces) }));
  if (lists.some(({ tokens }) => tokens.length > mostTokens)) return [];
  return stemmer === null ? lists : [...lists, { config: stemmer, tokens: stemmed.split(spaces) }];
}

/** PostgreSQL keeps no more places of a lexeme, or one more where a text is put to another. */
const mostPlaces = 255;
let vectors = 0;

/** Undefined where a word stands in more places than are kept. */
function vectorOf(
  [head = [], body = [], spellings = [], stemmed = []]: readonly (readonly SaidToken[])[],
  stemmer: string | undefined,
  memory: TokenMemory,
): string | undefined {
  const vector = ++vectors;
  const words: Lexeme[] = [];
  let place = 0;
  for (const [tokens, weight] of [
    [head, 'A'],
    [body, ''],
  ] as const)
    for (const { lexemes } of tokens)
      for (const lexeme of lexemes) {
        place++;
        if (lexeme.vector !== vector) {
          lexeme.vector = vector;
          lexeme.count = 1;
          lexeme.places = place + weight;
          words.push(lexeme);
        } else if (++lexeme.count >= mostPlaces) return undefined;
        else lexeme.places += `,${place}${weight}`;
      }
  let written = '';
  for (const lexeme of words) written += `${lexeme.written}:${lexeme.places} `;
  const others = stemmer === undefined ? [] : [memory.lexeme(`${stemmer}~`), ...marksOf(stemmed, vector)];
  for (const { lexemes } of spellings) others.push(...lexemes);
  for (const lexeme of others)
    if (lexeme.vector !== vector) {
      lexeme.vector = vector;
      written += `${lexeme.written} `;
    }
  return written;
}

/** Marks of the stems that are no words of the vector. */
function marksOf(tokens: readonly SaidToken[], vector: number): Lexeme[] {
  const marks: Lexeme[] = [];
  for (const token of tokens) {
    if (token.vector === vector) continue;
    token.vector = vector;
    for (const [index, lexeme] of token.lexemes.entries()) {
      const mark = token.marks[index];
      if (mark && lexeme.vector !== vector) marks.push(mark);
    }
  }
  return marks;
}
