import type { Instant } from '../../domain/article.ts';
import { fromPersian, persianMonth, yearOfEra } from './calendars.ts';
import { instantOf, readClock } from './clock.ts';
import { plainDigits } from './digits.ts';
import { monthNumber } from './months.ts';

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
  `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|er|º|ª|°)?[.,،]?[\\s-]+(?:de\\s+|of\\s+|d['’]\\s?|den\\s+)?${word}[,،]?[\\s-]*(?:/\\s*\\p{L}[\\p{L}\\p{M} ]{1,20})?(?:(?:del?|of|năm|พ\\.ศ\\.|ค\\.ศ\\.)\\s*)?[,،]?\\s*${year}`,
  'giu',
);
/** December 22, 2026 */
const monthFirst = new RegExp(`${word}[\\s-]+(\\d{1,2})(?:st|nd|rd|th)?\\.?[,،]?\\s+(?:at\\s+)?${year}`, 'giu');
/** 2026. november 22., 2026 m. lapkričio 22 d., 2026(e)ko abenduaren 22(a), 2026 թ. դեկտեմբերի 22 */
const yearFirst = new RegExp(
  `(?<!\\d)${year}(?:\\([\\p{L}]+\\)\\p{L}{0,3})?\\.?[,،]?\\s+(?:(?:m|թ|г)\\.?\\s+)?${word}\\s+(\\d{1,2})(?!\\d)`,
  'giu',
);
/** 2026. gada 22. decembris, 2026 ж. 22 желтоқсан */
const yearThenDay = new RegExp(`(?<!\\d)${year}\\.?\\s+(?:gada|ж\\.|жылғы)\\s+(\\d{1,2})\\.?\\s+${word}`, 'giu');
/** 22 tháng 12, 2026 */
const numberedMonth = /(?<!\d)(\d{1,2})\s+(?:tháng|thg)\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})(?!\d)/giu;

/**
 * The first date in a text, with its time and offset when they stand beside it. `language` is the page's (BCP 47): it decides month
 * names and whether 3/4/2026 is April or March. Undefined when there is none, or none between 1994 and 2035.
 */
export function findDate(text: string, language?: string): FoundDate | undefined {
  if (!/\p{Nd}/u.test(text)) return undefined;
  const input = plainDigits(text.slice(0, 300));
  return inDigits(input, language) ?? inWords(input, language) ?? unglued(input, language);
}

/** 'Ana KosDec 22, 2026': a template that sets no space between two elements. */
function unglued(input: string, language: string | undefined): FoundDate | undefined {
  const apart = input.replace(/(\p{Ll})(?=\p{Lu}\p{Ll}{2})/gu, '$1 ');
  return apart === input ? undefined : inWords(apart, language);
}

function inDigits(input: string, language: string | undefined): FoundDate | undefined {
  const stamp = /^\s*(\d{10})(\d{3})?\s*$/.exec(input);
  if (stamp) {
    const date = new Date(Number(stamp[1]) * 1000);
    const [day, time] = date.toISOString().split('T');
    const [y, m, d] = (day ?? '').split('-');
    return build([y, m, d], [time ?? '', ''], language);
  }
  const around = (match: RegExpExecArray): [string, string] => [
    input.slice(match.index + match[0].length),
    input.slice(0, match.index),
  ];
  const iso =
    /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/.exec(input) ??
    /(?<!\d)(20\d\d|199\d)([01]\d)([0-3]\d)(?!\d{1,3}(?!\d))/.exec(input);
  if (iso) return build([iso[1], iso[2], iso[3]], around(iso), language);

  const cjk = /(?:(令和|平成|民國|民国)\s?)?(\d{1,4}|元)\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]/.exec(
    input,
  );
  if (cjk) return build([yearOfEra(cjk[1], cjk[2]), cjk[3], cjk[4]], [around(cjk)[0], ''], language);

  const bigEndian = /(?<!\d)(\d{4})\s?([./])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)/.exec(input);
  if (bigEndian) return build([bigEndian[1], bigEndian[3], bigEndian[4]], around(bigEndian), language);

  // Two digits before a colon, an 'h' or a 'Uhr' are an hour: '15.9. 21:40' names no year.
  const numeric =
    /(?<!\d)(\d{1,2})\s?([./|-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2}(?!\s?(?:[:h]|[.]\d\d(?!\d)|uhr|klo)))(?!\d)/i.exec(
      input,
    );
  if (!numeric) return undefined;
  const [a, b] = [Number(numeric[1]), Number(numeric[3])];
  const full = (numeric[4] ?? '').length === 2 ? `20${numeric[4]}` : numeric[4];
  const leads = b > 12 || (a <= 12 && numeric[2] !== '.' && numeric[2] !== '|' && isMonthFirst(language));
  return build([full, leads ? a : b, leads ? b : a], around(numeric), language);
}

/** Forms with the month in words: the pattern and where year, month and day stand in it. */
const forms = [
  [numberedMonth, 3, 2, 1],
  [dayFirst, 3, 2, 1],
  [monthFirst, 3, 1, 2],
  [yearThenDay, 1, 3, 2],
  [yearFirst, 1, 2, 3],
] as const;

function inWords(input: string, language: string | undefined): FoundDate | undefined {
  if (!/\d{4}/.test(input)) return undefined;
  for (const [form, yearAt, monthAt, dayAt] of forms)
    for (const match of input.matchAll(form)) {
      const name = match[monthAt] ?? '';
      const month = form === numberedMonth ? Number(name) : (monthNumber(name, language) ?? persianMonth(name));
      if (!month) continue;
      const before = form === yearFirst || form === yearThenDay ? '' : input.slice(0, match.index);
      return build(
        [match[yearAt], month, match[dayAt]],
        [input.slice(match.index + match[0].length), before],
        language,
      );
    }
  return undefined;
}

const isMonthFirst = (language: string | undefined): boolean =>
  language === undefined || /^(?:en(?:-(?:US|PH|CA))?|fil|sw)$/i.test(language);

/** The date of these numbers with the clock that stands in the text after or before them. */
function build(
  day: readonly [string | undefined, string | number | undefined, string | number | undefined],
  [after, before]: readonly [string, string],
  language: string | undefined,
): FoundDate | undefined {
  let [y, m, d] = day.map(Number) as [number, number, number];
  // Thai pages count from the Buddha's death, Persian ones from the Hijra in solar years.
  if (y > 2500 && y < 2600) y -= 543;
  else if (y >= 1370 && y < 1420 && m >= 1 && m <= 12 && d >= 1 && d <= 31) {
    const day = fromPersian(y, m, d);
    [y, m, d] = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];
  }
  if (!(y >= firstYear && y <= 2035) || !(m >= 1 && m <= 12) || !(d >= 1 && d <= 31)) return undefined;
  if (new Date(Date.UTC(y, m - 1, d)).getUTCMonth() !== m - 1) return undefined;
  const date = `${y}-${two(m)}-${two(d)}`;
  const clock = readClock(after, 24) ?? readClock(before.slice(-30), 30);
  if (!clock) return { instant: `${date}T00:00:00.000Z`, local: date, hasTime: false, hasZone: false };
  const { at, offset } = instantOf(Date.UTC(y, m - 1, d), clock, language);
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
