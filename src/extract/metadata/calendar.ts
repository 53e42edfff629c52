import { dayMs } from '../../domain/time.ts';
import names from './calendar-names.json' with { type: 'json' };

/** Names that the Intl tables lack: the Levant's own months, Austria's January, English short forms. */
const further: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  en: { sept: 9, june: 6, july: 7 },
  de: { jänner: 1, feber: 2 },
  ar: {
    شباط: 2, آذار: 3, نيسان: 4, أيار: 5, حزيران: 6, تموز: 7, آب: 8, أيلول: 9, جانفي: 1, فيفري: 2, أفريل: 4, ماي: 5, جوان: 6, جويلية: 7, أوت: 8,
    غشت: 8, شتنبر: 9, نونبر: 11, دجنبر: 12, يناير: 1, فبراير: 2, مارس: 3, أبريل: 4, ابريل: 4, مايو: 5, يونيو: 6, يوليو: 7, أغسطس: 8, اغسطس: 8, سبتمبر: 9, أكتوبر: 10, اكتوبر: 10, نوفمبر: 11, ديسمبر: 12,
  }, // biome-ignore format: a table
};

const monthsOf = new Map<string, ReadonlyMap<string, number>>();
let monthsOfAll: Map<string, number> | undefined;

/** A name as it is looked up: in lower case, without full stops, apostrophes and marks of direction. */
export const plainName = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[.’'\u05f3\u0970\u200c-\u200f]/g, '');

const table: Readonly<Record<string, string>> = { ...names.months, ...names.declaredOnly };

/** Month names of one language, long and short, alone and beside a day; of a tag (`sr-Latn-RS`) by as much of it as is known. */
function months(tag: string): ReadonlyMap<string, number> {
  const known = monthsOf.get(tag);
  if (known) return known;
  const parts = tag.split('-');
  const language = parts.map((_, place) => parts.slice(0, parts.length - place).join('-')).find((one) => table[one]);
  const own = new Map<string, number>();
  for (const entry of (language === undefined ? '' : (table[language] ?? '')).split(',')) {
    const [name, month] = entry.split(':');
    if (name) own.set(name, Number(month));
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

const persianMonths = 'فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند'.split(' ');

/** 1…12 for a month of the Persian calendar, written with Persian or Arabic letters. */
export function persianMonth(word: string): number | undefined {
  const at = persianMonths.indexOf(
    word
      .replace(/ي/g, 'ی')
      .replace(/ك/g, 'ک')
      .replace(/^امرداد$/, 'مرداد'),
  );
  return at < 0 ? undefined : at + 1;
}

/** The Gregorian day of a day in the Persian solar calendar, by the 33-year cycle of leap years, which holds from 1178 to 1633. */
export function fromPersian(year: number, month: number, day: number): Date {
  const cycle = year + 1595;
  const days =
    365 * cycle +
    Math.floor(cycle / 33) * 8 +
    Math.floor(((cycle % 33) + 3) / 4) +
    day +
    (month < 7 ? (month - 1) * 31 : (month - 7) * 30 + 186);
  return new Date((days - daysToEpoch) * dayMs);
}

/** Days that `fromPersian` counts up to 1 January 1970 (11 Dey 1348). */
const daysToEpoch = 1_075_196;

/** Names of the days of the week in the languages of the wire, in lower case, without those that are also first names. */
export const weekdays: Readonly<Record<'long' | 'short', ReadonlySet<string>>> = {
  long: new Set(names.weekdays.long.split(',')),
  short: new Set(names.weekdays.short.split(',')),
};
