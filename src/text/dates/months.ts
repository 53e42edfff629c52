import names from '../data/calendar-names.json' with { type: 'json' };
import furtherNames from '../data/further-months.json' with { type: 'json' };

const further: Readonly<Record<string, Readonly<Record<string, number>>>> = furtherNames.months;

const monthsOf = new Map<string, ReadonlyMap<string, number>>();
let monthsOfAll: Map<string, number> | undefined;

/** A name as it is looked up: in lower case, without spaces, full stops, apostrophes and marks of direction. */
export const plainName = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ .’'\u05f3\u0970\u200c-\u200f]/g, '');

const table: Readonly<Record<string, string>> = { ...names.months, ...names.declaredOnly };

/** 'كانون الثاني', 'Meán Fómhair': the patterns that look for dates know months of one word. */
export const monthsOfSeveralWords = new RegExp(
  Object.values(table)
    .flatMap((list) => list.split(','))
    .map((entry) => entry.split(':')[0] ?? '')
    // No 'de gener', whose article the patterns know, and no 'tháng 1'.
    .filter((name) => /^\p{L}{3,} \D+$/u.test(name))
    .sort((a, b) => b.length - a.length)
    .join('|'),
  'giu',
);

/** Month names of one language, long and short, alone and beside a day; of a tag (`sr-Latn-RS`) by as much of it as is known. */
function months(tag: string): ReadonlyMap<string, number> {
  const known = monthsOf.get(tag);
  if (known) return known;
  const parts = tag.split('-');
  const language = parts.map((_, place) => parts.slice(0, parts.length - place).join('-')).find((one) => table[one]);
  const own = new Map<string, number>();
  for (const entry of (language === undefined ? '' : (table[language] ?? '')).split(',')) {
    const [name, month] = entry.split(':');
    if (name) own.set(plainName(name), Number(month));
  }
  for (const [name, month] of Object.entries(further[tag] ?? {})) if (!own.has(name)) own.set(name, month);
  monthsOf.set(tag, own);
  return own;
}

/** 1…12 for the name of a month: in `language` (BCP 47), else in English, else in any language; undefined when it is none. */
export function monthNumber(word: string, language: string | undefined): number | undefined {
  const name = plainName(word);
  if (name.length < 2) return undefined;
  const base = language?.split('-')[0];
  const own = base ? (months(language ?? base).get(name) ?? months(base).get(name)) : undefined;
  if (own) return own;
  if (!monthsOfAll) {
    monthsOfAll = new Map();
    for (const each of Object.keys(names.months))
      for (const [other, month] of months(each)) if (!monthsOfAll.has(other)) monthsOfAll.set(other, month);
  }
  // Hebrew writes 'in January' as one word.
  const any = monthsOfAll.get(name) ?? (name.startsWith('ב') ? monthsOfAll.get(name.slice(1)) : undefined);
  if (any) return any;
  // Inflected and shortened forms: at least four letters that a month of the page's language begins with, or that begin with it.
  if (base && name.length >= 4)
    for (const [full, month] of months(base))
      if (full.length >= 4 && (full.startsWith(name) || name.startsWith(full))) return month;
  return undefined;
}

/**
 * All months that a word may name in any language, in full, abbreviated or inflected: 'lis' is October in Croatian and November in Polish.
 * English alone decides where it knows the word. For lists that name no language; what else they say, such as the day of the week, chooses.
 */
export function monthsNamed(word: string): readonly number[] {
  const name = plainName(word);
  if (name.length < 2) return [];
  const english = months('en').get(name);
  if (english) return [english];
  const exact = new Set<number>();
  const begun = new Set<number>();
  for (const language of Object.keys(names.months))
    for (const [full, month] of months(language)) {
      if (full === name) exact.add(month);
      else if (name.length >= 3 && full.length > name.length && full.startsWith(name)) begun.add(month);
    }
  return [...(exact.size > 0 ? exact : begun)];
}

/** Days of the week by name in the languages of the wire, 0 Sunday … 6 Saturday, in lower case, without those that are also first names. */
const readWeekdays = (list: string): ReadonlyMap<string, readonly number[]> =>
  new Map(
    list.split(',').map((entry): [string, number[]] => {
      const [name = '', days = ''] = entry.split(':');
      return [name, [...days].map(Number)];
    }),
  );
export const weekdays = { long: readWeekdays(names.weekdays.long), short: readWeekdays(names.weekdays.short) } as const;
