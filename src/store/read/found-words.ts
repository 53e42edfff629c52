import { sql } from 'kysely';
import { fold, otherSpellings } from '../../text/fold.ts';
import { readSearch } from '../../text/search-query.ts';
import type { Db } from '../db.ts';
import { searchQuery } from '../search.ts';
import { stemmerOf } from '../search-vector.ts';

/** A word of a text in a language, in lower case. */
export interface WordOf {
  readonly word: string;
  readonly lang: string;
}

const letters = (text: string): string => fold(text).replace(/[^\p{L}\p{M}\p{N}]+/gu, '');

/**
 * Which of these words a search finds: by their letters, by another spelling, or by the stem that the dictionary of their language gives.
 * Only words that begin as a searched one does are asked for their stems.
 */
export async function foundWords(db: Db, query: string, words: readonly WordOf[]): Promise<ReadonlySet<string>> {
  const terms = readSearch(query).flatMap(({ all }) => all);
  const targets = new Set<string>();
  for (const { text, isPhrase } of terms) {
    for (const part of text.split(/[^\p{L}\p{M}\p{N}]+/u)) if (part !== '') targets.add(letters(part));
    if (!isPhrase) for (const other of otherSpellings(text)) targets.add(other);
  }
  const found = new Set<string>();
  const asked = new Map<string, WordOf & { stemmer: string }>();
  const beginnings = new Set([...targets].map((target) => target.slice(0, 2)));
  for (const { word, lang } of words) {
    if (found.has(word)) continue;
    const plain = letters(word);
    const stemmer = stemmerOf.get(lang);
    if (
      targets.has(plain) ||
      otherSpellings(word).some((other) => targets.has(other)) ||
      holds(fold(word), plain, targets)
    )
      found.add(word);
    else if (stemmer !== undefined && beginnings.has(plain.slice(0, 2)))
      asked.set(`${stemmer} ${word}`, { word, lang, stemmer });
  }
  const single = terms.filter(({ isPhrase }) => !isPhrase).map(({ text }) => text);
  if (asked.size === 0 || single.length === 0) return found;
  const candidates = [...asked.values()];
  const { rows } = await sql<{ word: string }>`
    select word from unnest(${candidates.map(({ word }) => word)}::text[], ${candidates.map(({ stemmer }) => stemmer)}::text[])
      as candidates (word, stemmer)
    where search_stems(stemmer, word) @@ any(array[${sql.join(single.map((text) => searchQuery(text)))}]::tsquery[])`.execute(
    db,
  );
  for (const { word } of rows) found.add(word);
  return found;
}

/** Where a script writes no spaces, what a dictionary takes for a word may be a part of what was searched for. */
const holds = (spaced: string, plain: string, targets: ReadonlySet<string>): boolean =>
  spaced.startsWith(' ') && plain !== '' && [...targets].some((target) => target.includes(plain));
