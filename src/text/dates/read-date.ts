import type { Instant } from '../../domain/article.ts';
import { dayMs } from '../../domain/time.ts';
import { fullYear } from './calendars.ts';
import { readClock } from './clock.ts';
import { isMonthFirst } from './day-order.ts';
import { clockBeside, dayInDigits, dayInWords } from './find-date.ts';
import { monthNumber, monthsNamed, weekdays } from './months.ts';
import { plainDate } from './plain-date.ts';
import { zoneAtStart } from './zones.ts';

const iso =
  /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?:[T\s_]+(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?)?\s*([a-z+-].*)?$/i;

/** What may follow an ISO day without a clock: a zone, but no '-09-15 오후 9:40', 'at 15:04', 'm. sausio 2 d.' */
const zoneAlone = /^[a-z]*(?:[+-]\d{2}(?::?\d{2})?)?$/i;

/** A clock that is written by other habits: `8:5`, `9:5:3`; behind an ISO day `08h15` and `08.15.30` too. */
const looseClock = /(?<![\d:.])(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?(?![\d:])/;
const looseIsoClock = /^(\d{4}-\d{2}-\d{2}[T\s_]+\d{1,2})(?:[:.]|\s?h\s?)(\d{1,2})(?:[:.m](\d{1,2}))?(?!\d)/i;
/** A zone's sign behind another sign: '08:15:00:-0700', '08:15:00 --0700'. */
const doubled = /[:-]([+-]\d{2}:?\d{2})$/;
const two = (digits: string): string => digits.padStart(2, '0');

const rfc822 =
  /^(?:[a-z]{3},? )?(\d{1,2}) (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec) (\d{2,4}) (\d{1,2}):(\d{2})(?::(\d{2}))? ([a-z]{1,5}|[+-]\d{4})$/i;
const englishMonths = 'janfebmaraprmayjunjulaugsepoctnovdec';

/** Year, month, day, hour, minute and second as they stand in the text. */
interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** What stands behind the clock: a zone, or nothing. */
  readonly zone: string;
}

/**
 * A date as a list writes it → the instant: RFC 822 and 2822, ISO 8601 and W3CDTF, RFC 850, asctime, all that `findDate` reads (month names,
 * digits and calendars of some eighty languages), and parts in any order. Without a zone it is UTC, never the machine's own; with one that
 * nobody knows the clock is not believed, and the day is left. `language` (BCP 47) decides what a month's short form means and whether day,
 * month or year stands first in digits. Undefined when it is no date.
 *
 * It goes further than `findDate` for a reason: here the text is a date and nothing else, so that its parts may stand in any order; there a
 * date is looked for in a text that may hold anything, so that its form must be whole.
 */
export function readDate(raw: string | undefined, language?: string): Instant | undefined {
  if (raw === undefined || raw.length > 200) return undefined;
  const text = plainDate(raw.replace(/\s+/g, ' ').trim(), language)
    .replace(doubled, '$1')
    .replace(looseIsoClock, (_, hour, minute, second = '0') => `${hour}:${two(minute)}:${two(second)}`)
    .replace(looseClock, (_, hour, minute, second = '0') => `${hour}:${two(minute)}:${two(second)}`);
  const stamp = /^(\d{10})(?:\d{3})?$/.exec(text);
  if (stamp) return new Date(Number(stamp[1]) * 1_000).toISOString();
  const parts = iso.exec(text);
  if (parts && (parts[4] !== undefined || zoneAlone.test(parts[7] ?? ''))) {
    const [, year, month = 1, day = 1, hour = 0, minute = 0, second = 0, zone = ''] = parts;
    const clock = { hour: Number(hour), minute: Number(minute), second: Number(second), zone };
    return instant({ year: Number(year), month: Number(month), day: Number(day), ...clock }, language);
  }
  // What nine of ten RSS feeds write; the free reading below would find the same, slower.
  const usual = rfc822.exec(text);
  if (usual) {
    const [, day, month = '', year = '', hour, minute, second = 0, zone = ''] = usual;
    const clock = { hour: Number(hour), minute: Number(minute), second: Number(second), zone };
    const monthOfYear = englishMonths.indexOf(month.toLowerCase()) / 3 + 1;
    return instant({ year: fullYear(year), month: monthOfYear, day: Number(day), ...clock }, language);
  }
  const week = isoWeek.exec(text);
  if (week)
    return new Date(mondayOf(Number(week[1]), Number(week[2])) + (Number(week[3] ?? 1) - 1) * dayMs).toISOString();
  const day = dayInDigits(text, language) ?? (isOneMonth(text, language) ? dayInWords(text, language) : undefined);
  if (!day) return readFreely(text.toLowerCase(), language);
  const { hour, minute, second, after } = clockBeside(day) ?? { hour: 0, minute: 0, second: 0, after: '' };
  return instant({ ...day, hour, minute, second, zone: after }, language);
}

/** Whether a month's name means one month: Latin and Cyrillic ones mean another next door, where the day of the week decides, below. */
const isOneMonth = (text: string, language: string | undefined): boolean =>
  language !== undefined || !/[\p{Script=Latin}\p{Script=Cyrillic}]/u.test(text);

/** 2026-W38-2, 2026W38 */
const isoWeek = /^(\d{4})-?w(\d{2})(?:-?([1-7]))?$/i;

/** ISO 8601: the first week of a year is that of its first Thursday, which is that of 4 January. */
function mondayOf(year: number, week: number): number {
  const fourth = Date.UTC(year, 0, 4);
  return fourth + ((week - 1) * 7 - ((new Date(fourth).getUTCDay() + 6) % 7)) * dayMs;
}

/** Finds time, zone, month and the two other numbers wherever they stand. */
function readFreely(text: string, language: string | undefined): Instant | undefined {
  let rest = text.replace(/(\d)(?:st|nd|rd|th)\b/g, '$1');
  let clock = { hour: 0, minute: 0, second: 0, zone: '' };
  const time = readClock(rest, rest.length);
  if (time) {
    // Signs and digits of the zone are no year: only what follows them can be.
    const zone =
      /^\s*\(?(?:(?:utc|gmt|z)?\s*[+-]\s?\d{1,2}:?(?:\d{2})?(?!\d)|[a-z]{3}\d[a-z]{3})/.exec(time.after)?.[0] ?? '';
    clock = { ...time, zone: time.after };
    rest = `${time.before} ${time.after.slice(zone.length)}`;
  }
  const numbers = [...rest.matchAll(/\d+/g)].map(([digits]) => digits);
  const words = rest.match(/\p{L}[\p{L}\p{M}']*/gu) ?? [];
  // 'mar' is a Tuesday where another word names the month: 'mar, 15 set 2026'.
  const months = words.filter((word) => monthsIn(word, language).length > 0);
  const spelt = months.find((word) => !weekdays.short.has(word)) ?? months.at(-1);
  const named = spelt === undefined ? undefined : monthsIn(spelt, language);
  if (named) {
    const yearAt = numbers.findIndex((digits) => digits.length === 4);
    // With two short numbers the year is the second: '5 Jan 25', 'Jan 5 25'.
    const year = numbers[yearAt < 0 ? 1 : yearAt];
    const day = numbers.find((digits, index) => digits !== year && index !== yearAt && digits.length <= 2) ?? '1';
    if (year === undefined) return undefined;
    const fitting = monthOnDay(named, words, fullYear(year), Number(day));
    return fitting === undefined
      ? undefined
      : instant({ year: fullYear(year), month: fitting, day: Number(day), ...clock }, language);
  }
  const [a, b, c] = numbers;
  if (a === undefined || b === undefined || c === undefined) return undefined;
  if (a.length === 4) return instant({ year: Number(a), month: Number(b), day: Number(c), ...clock }, language);
  const monthFirst = rest.includes('/') && Number(a) <= 12 && isMonthFirst(language);
  const [month, day] = monthFirst ? [Number(a), Number(b)] : [Number(b), Number(a)];
  return instant({ year: fullYear(c), month, day, ...clock }, language);
}

/** Months that a word may name: in the list's own language, else in all of them. Days of the week are none. */
function monthsIn(word: string, language: string | undefined): readonly number[] {
  const own = language === undefined ? undefined : monthNumber(word, language);
  if (own !== undefined) return [own];
  return weekdays.long.has(word) ? [] : monthsNamed(word);
}

/** Where a word names several months, that in which the day falls on the day of the week that the text names; undefined when none does. */
function monthOnDay(
  months: readonly number[],
  words: readonly string[],
  year: number,
  day: number,
): number | undefined {
  if (months.length === 1) return months[0];
  const days = words.flatMap((word) => weekdays.short.get(word) ?? weekdays.long.get(word) ?? []);
  const fitting = months.filter((month) => days.includes(new Date(Date.UTC(year, month - 1, day)).getUTCDay()));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Behind a clock, words that look like a zone's name and are none known: two letters or more that name no month and no day. */
function isUnknownZone(after: string): boolean {
  const word = /^\s*\(?(\p{L}{2,5})\b/u.exec(after)?.[1]?.toLowerCase();
  if (word === undefined || after.includes('/')) return word !== undefined;
  return (
    !clockWords.has(word) && monthsNamed(word).length === 0 && !weekdays.short.has(word) && !weekdays.long.has(word)
  );
}
const clockWords = new Set('uhr hrs hr klo am pm del de of г год года часа часов ч'.split(' '));

function instant(
  { year, month, day, hour, minute, second, zone }: Parts,
  language: string | undefined,
): Instant | undefined {
  if (year < 1900 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  if (hour > 24 || minute > 59 || second > 60) return undefined;
  // The 31st of a shorter month rolls over to the next day, as in all readers.
  const midnight = Date.UTC(year, month - 1, day);
  const wall = midnight + ((hour * 60 + minute) * 60 + second) * 1_000;
  // A template without a date writes the beginning of its count.
  if (wall === 0) return undefined;
  const ahead = zoneAtStart(zone, wall, language);
  if (ahead === undefined && isUnknownZone(zone)) return new Date(midnight).toISOString();
  return new Date(wall - (ahead ?? 0) * 60_000).toISOString();
}
