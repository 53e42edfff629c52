import type { Instant } from '../../domain/article.ts';
import { fullYear, gregorian, persianMonth, yearOfEra } from './calendars.ts';
import { type Clock, instantOf, readClock } from './clock.ts';
import { isMonthFirst, isYearFirst } from './day-order.ts';
import { monthNumber } from './months.ts';
import { plainDate } from './plain-date.ts';

/** A date as found: the instant, and the same with the page's own offset from UTC. */
export interface FoundDate {
  readonly instant: Instant;
  /** ISO 8601 with the offset that the page gave, or the day alone when it gave no time. */
  readonly local: string;
  readonly hasTime: boolean;
  readonly hasZone: boolean;
}

/** The first year that a web page can have been published in. */
const firstYear = 1994;

const word = "([\\p{L}\\p{M}.'’\\u05f3\\u0970]{2,20})";
const year = '(\\d{4})(?!\\d)';
/** 22 December 2026, 22. Dezember 2026, 22 de diciembre de 2026, 22 ديسمبر / كانون الأول 2026, 22 ธันวาคม พ.ศ. 2569 */
const dayFirst = new RegExp(
  `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|er|º|ª|°)?[.,،]?[\\s-]+(?:de\\s+|of\\s+|ta['’]\\s|d['’]\\s?|den\\s+)?${word}[,،]?[\\s-]*(?:/\\s*\\p{L}[\\p{L}\\p{M} ]{1,20})?(?:(?:del?|of|năm|พ\\.ศ\\.|ค\\.ศ\\.)\\s*)?[,،]?\\s*${year}`,
  'giu',
);
/** December 22, 2026 */
const monthFirst = new RegExp(`${word}[\\s-]+(\\d{1,2})(?:st|nd|rd|th)?\\.?[,،]?\\s+(?:at\\s+)?${year}`, 'giu');
/** 2026. november 22., 2026 m. lapkričio 22 d., 2026(e)ko abenduaren 22(a), 2026 թ. դեկտեմբերի 22 */
const yearFirst = new RegExp(
  `(?<!\\d)${year}(?:\\(\\p{L}+\\))?\\p{L}{0,3}\\.?[,،]?\\s+(?:(?:m|թ|г|оны)\\.?\\s+)?${word}\\s+(\\d{1,2})(?!\\d)`,
  'giu',
);
/** 2026. gada 22. decembris, 2026 ж. 22 желтоқсан, 2026-ж., 22-декабрь */
const yearThenDay = new RegExp(
  `(?<!\\d)${year}\\.?[\\s-]+(?:gada|ж\\.,?|жылғы)\\s+(\\d{1,2})(?:\\.?\\s+|-)${word}`,
  'giu',
);
/** 2026 оны 12-р сарын 22 */
const yearNumbered = /(?<!\d)(\d{4})\s+оны\s+(\d{1,2})(?:-р|\s+д[уү]г[аэ]{2}р)\s+сарын\s+(\d{1,2})(?!\d)/giu;
/** 22 tháng 12, 2026 */
const numberedMonth = /(?<!\d)(\d{1,2})\s+(?:tháng|thg)\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})(?!\d)/giu;

/** A day of the Gregorian calendar as it stands in a text, with what stands on both sides of it. */
export interface FoundDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly after: string;
  readonly before: string;
}

/**
 * The first date in a text, with its time and offset when they stand beside it. `language` is the page's (BCP 47): it decides month
 * names and whether 3/4/2026 is April or March. Undefined when there is none, or none between 1994 and 2035.
 */
export function findDate(text: string, language?: string): FoundDate | undefined {
  if (!/\p{Nd}/u.test(text)) return undefined;
  const input = plainDate(text.slice(0, 300), language);
  for (const read of [dayInDigits, dayInWords, unglued]) {
    const found = read(input, language);
    if (found && found.year >= firstYear && found.year <= 2035) return dateOf(found, language);
  }
  return undefined;
}

/** 'Ana KosDec 22, 2026': a template that sets no space between two elements. */
function unglued(input: string, language: string | undefined): FoundDay | undefined {
  const apart = input.replace(/(\p{Ll})(?=\p{Lu}\p{Ll}{2})/gu, '$1 ');
  return apart === input ? undefined : dayInWords(apart, language);
}

/** The first day in a text (`plainDate`) that is written in digits, or that is a stamp. */
export function dayInDigits(input: string, language: string | undefined): FoundDay | undefined {
  const stamp = /^\s*(\d{10})(\d{3})?\s*$/.exec(input);
  if (stamp) {
    const [day, time] = new Date(Number(stamp[1]) * 1000).toISOString().split('T');
    const [y, m, d] = (day ?? '').split('-');
    return dayOf([y, m, d], [time ?? '', '']);
  }
  const around = (match: RegExpExecArray): [string, string] => [
    input.slice(match.index + match[0].length),
    input.slice(0, match.index),
  ];
  const iso =
    /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/.exec(input) ??
    /(?<!\d)(20\d\d|199\d)([01]\d)([0-3]\d)(?!\d{1,3}(?!\d))/.exec(input);
  if (iso) return dayOf([iso[1], iso[2], iso[3]], around(iso));

  const cjk = /(?:(令和|平成|昭和|民國|民国)\s?)?(\d{1,4}|元)\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]/.exec(
    input,
  );
  if (cjk) return dayOf([yearOfEra(cjk[1], cjk[2]), cjk[3], cjk[4]], [around(cjk)[0], '']);

  const bigEndian = /(?<!\d)(\d{4})\s?([./])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)/.exec(input);
  if (bigEndian) return dayOf([bigEndian[1], bigEndian[3], bigEndian[4]], around(bigEndian));

  const short = /(?<!\d)(\d\d)\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)/.exec(input);
  if (short && isYearFirst(language)) return dayOf([fullYear(short[1] ?? ''), short[3], short[4]], around(short));

  // Two digits before a colon, an 'h' or a 'Uhr' are an hour: '15.9. 21:40' names no year.
  const numeric =
    /(?<!\d)(\d{1,2})\s?([./|-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2}(?!\s?(?:[:h]|[.]\d\d(?!\d)|uhr|klo)))(?!\d)/i.exec(
      input,
    );
  if (!numeric) return undefined;
  const [, first = '', sign, second = '', last = ''] = numeric;
  const [a, b] = [Number(first), Number(second)];
  const leads = b > 12 || (a <= 12 && sign !== '.' && sign !== '|' && isMonthFirst(language));
  return dayOf([fullYear(last), leads ? a : b, leads ? b : a], around(numeric));
}

/** Forms with the month in words: the pattern and where year, month and day stand in it. */
const forms = [
  [numberedMonth, 3, 2, 1],
  [yearNumbered, 1, 2, 3],
  [dayFirst, 3, 2, 1],
  [monthFirst, 3, 1, 2],
  [yearThenDay, 1, 3, 2],
  [yearFirst, 1, 2, 3],
] as const;

/** The first day in a text (`plainDate`) whose month is written in words. */
export function dayInWords(input: string, language: string | undefined): FoundDay | undefined {
  if (!/\d{4}/.test(input)) return undefined;
  for (const [form, yearAt, monthAt, dayAt] of forms)
    for (const match of input.matchAll(form)) {
      const name = match[monthAt] ?? '';
      const month = /^\d/.test(name) ? Number(name) : (monthNumber(name, language) ?? persianMonth(name));
      if (!month) continue;
      const before = yearAt === 1 ? '' : input.slice(0, match.index);
      return dayOf([match[yearAt], month, match[dayAt]], [input.slice(match.index + match[0].length), before]);
    }
  return undefined;
}

/** The day of these numbers; undefined where the calendar has none such. */
function dayOf(
  numbers: readonly [string | number | undefined, string | number | undefined, string | number | undefined],
  [after, before]: readonly [string, string],
): FoundDay | undefined {
  const [year, month, day] = gregorian(numbers.map(Number) as [number, number, number]);
  if (!(month >= 1 && month <= 12) || !(day >= 1 && day <= 31)) return undefined;
  if (new Date(Date.UTC(year, month - 1, day)).getUTCMonth() !== month - 1) return undefined;
  return { year, month, day, after, before };
}

/** The time of day that stands beside a day: after it, as most write it, or before. */
export function clockBeside({ after, before }: FoundDay): Clock | undefined {
  const behind = readClock(after, 24);
  if (behind) return behind;
  const ahead = readClock(before.slice(-30), 30);
  // '3:04 PM EST, Fri 2 January 2026' or '15:04 02.01.2006 -0700': the zone follows the one or the other.
  return ahead && !zoneLike.test(ahead.after) ? { ...ahead, after } : ahead;
}
const zoneLike = /^[\s,(]*(?:[a-zа-я]{2,5}(?!\p{L})|[+-]\d)/iu;

/** A day and the clock beside it. */
function dateOf(found: FoundDay, language: string | undefined): FoundDate {
  const { year, month, day } = found;
  const date = `${year}-${two(month)}-${two(day)}`;
  const clock = clockBeside(found);
  if (!clock) return { instant: `${date}T00:00:00.000Z`, local: date, hasTime: false, hasZone: false };
  const { at, offset } = instantOf(Date.UTC(year, month - 1, day), clock, language);
  return { ...foundAt(at, offset ?? 0), hasZone: offset !== undefined };
}

/** The instant `at` (ms) as a clock shows it that is `offset` minutes ahead of UTC. */
export function foundAt(at: number, offset: number): FoundDate {
  const zone =
    offset === 0
      ? 'Z'
      : `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return {
    instant: new Date(at).toISOString(),
    local: `${new Date(at + offset * 60_000).toISOString().slice(0, 19)}${zone}`,
    hasTime: true,
    hasZone: true,
  };
}

const two = (value: number): string => String(value).padStart(2, '0');
