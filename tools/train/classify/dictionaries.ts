import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Word → its English translations, each with how much speaks for it. */
export type Translations = ReadonlyMap<string, ReadonlyMap<string, number>>;
type Table = Map<string, Map<string, number>>;
type Pairs = readonly (readonly [from: string, to: string])[];

/** The languages of the dictionaries, by the codes that their file names bear. */
const codes: Readonly<Record<string, string>> = {
  bul: 'bg',
  deu: 'de',
  ell: 'el',
  fin: 'fi',
  fra: 'fr',
  ind: 'id',
  ita: 'it',
  jpn: 'ja',
  nld: 'nl',
  nor: 'no',
  pol: 'pl',
  por: 'pt',
  rus: 'ru',
  spa: 'es',
  swe: 'sv',
  tur: 'tr',
};
/** A translation out of a dictionary with English counts as much as those by way of two others. */
const directWeight = 2;

/**
 * Reads the dictionaries of WikDict (Wiktionary's translations, CC BY-SA 3.0), as Debian packs them: those with English, and by
 * way of these the others. 'Grève' is 'strike' by way of Polish, Finnish and Greek, and 'beach' by way of one only.
 * @param folder holds freedict-xxx-yyy.dict.dz; dictionaries that are not WikDict's are under other licences and are passed over
 */
export function readDictionaries(folder: string): ReadonlyMap<string, Translations> {
  const pairs = new Map<string, Pairs>();
  for (const file of readdirSync(folder).sort()) {
    const name = /^freedict-(\w{3}-\w{3})\.dict\.dz$/.exec(file)?.[1];
    const found = name && readPairs(gunzipSync(readFileSync(join(folder, file))).toString('utf8'));
    if (name && found) pairs.set(name, found);
  }
  const between = (a: string, b: string): Pairs => [
    ...(pairs.get(`${a}-${b}`) ?? []),
    ...(pairs.get(`${b}-${a}`) ?? []).map(([from, to]) => [to, from] as const),
  ];
  const all = Object.keys(codes);
  const direct = new Map(all.map((lang) => [lang, tableOf(between(lang, 'eng'), directWeight)]));
  const pivots = all.filter((lang) => (direct.get(lang)?.size ?? 0) > 0);
  const first = new Map(all.map((lang) => [lang, byWayOf(pivots, lang, between, direct)]));
  const others = all.filter((lang) => !pivots.includes(lang));
  const second = all.map((lang) => [codes[lang] as string, byWayOf(others, lang, between, first)] as const);
  return new Map(second.filter(([, table]) => table.size > 0));
}

/** Head words and the first line of their translations; undefined for a dictionary that is not WikDict's. */
function readPairs(text: string): Pairs | undefined {
  const lines = text.split('\n');
  if (!lines.slice(0, 80).some((line) => line.includes('FreeDict+WikDict'))) return undefined;
  const found: (readonly [string, string])[] = [];
  lines.forEach((line, index) => {
    const [, head, kind] = /^(\S[^</]*?) (?:\/.*\/ )?<([^<>]+)>$/.exec(line) ?? [];
    // Names of people and places say nothing of a topic.
    if (!head || kind === 'pn') return;
    const translations = (lines[index + 1] ?? '').replace(/^\s*\d+\.\s*|\s+\d+\.\s*$/g, '').replace(/\([^)]*\)/g, '');
    for (const translation of translations.split(',').map((word) => word.trim()))
      if (translation && translation.length < longestWord) found.push([plain(head), plain(translation)]);
  });
  return found;
}

const longestWord = 40;
/** Lower case, without the marks of stress that dictionaries of Russian and Bulgarian set. */
const plain = (word: string): string => word.trim().replaceAll('\u0301', '').toLowerCase();

function add(table: Table, word: string, english: string, weight: number): void {
  const known = table.get(word) ?? new Map<string, number>();
  known.set(english, (known.get(english) ?? 0) + weight);
  table.set(word, known);
}

/** Each word's translations share its weight. */
function tableOf(pairs: Pairs, weight: number): Table {
  const lists = new Map<string, Set<string>>();
  for (const [word, english] of pairs) lists.set(word, (lists.get(word) ?? new Set()).add(english));
  const table: Table = new Map();
  for (const [word, list] of lists) for (const english of list) add(table, word, english, weight / list.size);
  return table;
}

/** What a language's words mean: what is known, and what their translations into the pivots mean. */
function byWayOf(
  pivots: readonly string[],
  lang: string,
  between: (a: string, b: string) => Pairs,
  known: ReadonlyMap<string, Table>,
): Table {
  const table: Table = new Map();
  for (const [word, list] of known.get(lang) ?? [])
    for (const [english, weight] of list) add(table, word, english, weight);
  for (const pivot of pivots.filter((other) => other !== lang)) {
    const seen = new Set<string>();
    for (const [word, translation] of between(lang, pivot)) {
      const meanings = known.get(pivot)?.get(translation);
      if (!meanings || word.includes(' ') || seen.has(`${word}\t${translation}`)) continue;
      seen.add(`${word}\t${translation}`);
      const sum = [...meanings.values()].reduce((total, weight) => total + weight, 0);
      for (const [english, weight] of meanings) add(table, word, english, weight / sum);
    }
  }
  return table;
}

/** @throws Error that says which packages hold the dictionaries */
export function assertDictionaries(folder: string): void {
  if (!existsSync(join(folder, 'freedict-pol-eng.dict.dz')))
    throw new Error(
      `${folder} holds no dictionaries: unpack Debian's dict-freedict-* there (see the head of topics.ts)`,
    );
}
