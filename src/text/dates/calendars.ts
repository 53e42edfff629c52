import { dayMs } from '../../domain/time.ts';

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

/** Years before the first of each era: 令和8年 is 2026, 民國115年 too. */
const eras: Readonly<Record<string, number>> = { 令和: 2018, 平成: 1988, 昭和: 1925, 民國: 1911, 民国: 1911 };

/** The Gregorian year of a year as East Asian pages count it; 元 is the first of an era. A year without an era is Gregorian. */
export const yearOfEra = (era: string | undefined, year: string | undefined): string =>
  String((eras[era ?? ''] ?? 0) + (year === '元' ? 1 : Number(year)));

/**
 * Year, month and day in the Gregorian calendar: Thai pages count from the Buddha's death (2569 is 2026), Persian ones from the Hijra in
 * solar years (1405). What no calendar of these explains stays as it is.
 */
export function gregorian([year, month, day]: readonly [number, number, number]): [number, number, number] {
  if (year > 2440 && year < 2600) return [year - 543, month, day];
  if (!(year >= 1310 && year < 1420 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return [year, month, day];
  const date = fromPersian(year, month, day);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}

/** RFC 2822, 4.3: two digits below 50 are of this century, three digits count from 1900. */
export function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 3) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}
