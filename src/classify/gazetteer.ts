import { unspacedLanguages } from '../text/scripts.ts';
import data from './data/gazetteer.json' with { type: 'json' };
import { morphologyOf, plainLetters } from './morphology.ts';
import { StringTable } from './string-table.ts';

/** What kind of name names a country; in the order of the columns of the data file. */
export type NameKind = 'name' | 'adjective' | 'city' | 'area' | 'other' | 'abbreviation' | 'hint';
const kinds: readonly NameKind[] = ['name', 'adjective', 'city', 'area', 'other', 'abbreviation', 'hint', 'city'];
/** The last column holds cities that are no metropolis. */
const townColumn = 7;
const townRank = 2;

/** One reading of a name. */
export interface Name {
  /** ISO 3166-1 alpha-2 (several joined by + for what lies in several: `FR+ES+AD`, the Pyrenees), a region's id in lower case or digits, or `--` for a phrase that names no country (`Indian Ocean`). */
  readonly code: string;
  readonly kind: NameKind;
  /** Of a city: 0 from a million people, 1 from 200,000, 2 from 50,000, 3 from 15,000. Other names: 0. */
  readonly rank: number;
  /** Written in capitals and never bent: `SAD`, `USA`. */
  readonly acronym?: true | undefined;
  /** Of a head of state or government: years in office, from and to. */
  readonly years?: readonly (readonly [number, number])[] | undefined;
}

/** All names of one language, under the common form of their words joined by a space. */
export interface NameIndex {
  readonly names: { get(key: string): readonly Name[] | undefined };
  /** First word (common form within phrases) → number of words of the longest name that begins with it. */
  readonly phrases: ReadonlyMap<string, number>;
  /** Words without meaning of their own that look like a bent name: `indem` is not `Inder`. */
  readonly notNames: ReadonlySet<string>;
  /** Whether phrases may begin in lower case: those that only hint at a country. */
  readonly lowerPhrases: boolean;
}

/** Places of one word that are names of people or common nouns too: more than the name must speak for the place. */
export const homonyms: ReadonlySet<string> = new Set(data.homonyms.split(' '));

type MutableIndex = {
  names: Map<string, Name[]>;
  phrases: Map<string, number>;
  notNames: ReadonlySet<string>;
  lowerPhrases: boolean;
};
const emptyIndex = (notNames = ''): MutableIndex => ({
  names: new Map(),
  phrases: new Map(),
  notNames: new Set(notNames.split(' ')),
  lowerPhrases: false,
});

function put(index: MutableIndex, words: readonly string[], name: Name): void {
  const first = words[0];
  if (first === undefined) return;
  const key = words.join(' ');
  const readings = index.names.get(key);
  if (!readings) index.names.set(key, [name]);
  else if (!readings.some((other) => other.code === name.code && other.kind === name.kind)) readings.push(name);
  if (words.length > 1 && name.kind === 'hint') index.lowerPhrases = true;
  if (words.length > 1) index.phrases.set(first, Math.max(words.length, index.phrases.get(first) ?? 0));
}

const split = (name: string): string[] => name.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

const languages: Readonly<Record<string, string>> = data.langs;
const indexes = new Map<string, NameIndex>();

/** The names as a language writes them; English for a language that the gazetteer does not know. */
export function namesIn(lang: string): NameIndex {
  const known = languages[lang] ? lang : 'en';
  let index = indexes.get(known);
  if (!index) {
    index = build(known);
    indexes.set(known, index);
  }
  return index;
}

function build(lang: string): NameIndex {
  const morphology = morphologyOf(lang);
  const index = emptyIndex((data.notNames as Readonly<Record<string, string>>)[lang]);
  for (const line of (languages[lang] ?? '').split('\n')) {
    const [code, row] = line.split('\t') as [string, string];
    row.split(';').forEach((cell, column) => {
      const name: Name = { code, kind: kinds[column] as NameKind, rank: column === townColumn ? townRank : 0 };
      for (const text of cell.split('|')) {
        if (unspacedLanguages.has(lang)) {
          // No words to look up: names are kept whole, and the first two letters tell how long they may be.
          const whole = text.toLowerCase();
          put(index, [whole], name);
          index.phrases.set(whole.slice(0, 2), Math.max(whole.length, index.phrases.get(whole.slice(0, 2)) ?? 0));
          continue;
        }
        const words = split(plainLetters(text.toLowerCase(), lang));
        if (/^\p{Lu}+$/u.test(text)) put(index, words, { ...name, acronym: true });
        else if (words.length === 1) put(index, [morphology.store(words[0] as string)], name);
        else put(index, words.map(morphology.part), name);
      }
    });
  }
  for (const row of data.leaders) {
    const [code, forms, years] = row.split(';') as [string, string, string];
    const name: Name = { code, kind: 'other', rank: 0, years: years.split(' ').map(yearsOf) };
    for (const form of forms.split('|')) {
      const words = split(plainLetters(form, lang));
      if (unspacedLanguages.has(lang)) continue;
      // A name in a vowel changes it ('Obama', 'Obamu'); of another nothing may be cut ('Marcos' is not 'Marco').
      if (words.length === 1)
        put(index, /[aeioуаиоуыя]$/u.test(form) ? [morphology.store(words[0] as string)] : words, name);
      else put(index, words.map(morphology.part), name);
    }
  }
  return index;
}

/** '2017-2021' or '2025-', which goes on. */
function yearsOf(span: string): [number, number] {
  const [from, to] = span.split('-');
  return [Number(from), to ? Number(to) : 9999];
}

const cityNames = new StringTable(data.cities.names, '|');
const cityReadings = data.cities.readings.split('|');
/** Which of the readings a city's name has, by its number. */
const readingOf = new Uint16Array(new Uint8Array(Buffer.from(data.cities.of, 'base64')).buffer);
const parsed: (readonly Name[])[] = [];

/** 'FR0 US3': Paris is a city of more than a million in France, and a small one in the United States. */
function parseReadings(number: number): readonly Name[] {
  parsed[number] ??= (cityReadings[number] as string)
    .split(' ')
    .map((text) => ({ code: text.slice(0, 2), kind: 'city', rank: Number(text[2]) }));
  return parsed[number];
}

/** The cities of the world in Latin letters, as they are written at home or in English. */
export const cities: NameIndex = {
  names: {
    get(key) {
      const number = cityNames.indexOf(key);
      return number < 0 ? undefined : parseReadings(readingOf[number] as number);
    },
  },
  phrases: new Map(
    data.cities.longest.split('|').map((text) => {
      const [word, length] = text.split(' ') as [string, string];
      return [word, Number(length)];
    }),
  ),
  notNames: new Set(),
  lowerPhrases: false,
};

const homes = new Map<string, NameIndex | undefined>();

/** Languages that drop the last vowel of a name when they bend it: 'Leskovac', 'u Leskovcu'; 'Liberec', 'v Liberci'. */
const fleeting = new Set(['sr', 'hr', 'bs', 'sl', 'cs', 'sk', 'pl']);

/**
 * The cities of one country under the word forms of a language: what a source reports from is named in every case and small.
 * Undefined where the language does not bend names, or not in Latin letters.
 */
export function homeCities(lang: string, country: string): NameIndex | undefined {
  const key = `${lang} ${country}`;
  if (!homes.has(key)) homes.set(key, buildHome(lang, country));
  return homes.get(key);
}

function buildHome(lang: string, country: string): NameIndex | undefined {
  const morphology = morphologyOf(lang);
  if (!bendsLatin.has(lang)) return undefined;
  const here = new Map(
    cityReadings.flatMap((text, number) => (text.includes(country) ? [[number, parseReadings(number)]] : [])),
  );
  const index = emptyIndex();
  readingOf.forEach((reading, number) => {
    const name = here.get(reading)?.find(({ code }) => code === country);
    if (!name) return;
    const words = cityNames.at(number).split(' ');
    const [word] = words as [string];
    if (words.length > 1) put(index, words.map(morphology.part), name);
    if (words.length > 1) return;
    put(index, [morphology.store(word)], name);
    const shorter = fleeting.has(lang) ? word.replace(/[ae](?=[ck]$)/, '') : word;
    if (shorter !== word) put(index, [shorter], name);
  });
  return index;
}

const bendsLatin = new Set('sr hr bs sl cs sk pl ro hu fi et lv lt sq tr'.split(' '));
