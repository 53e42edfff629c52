import type { Instant } from '../../article.ts';

/** A date as found: the instant, and the same with the page's own offset from UTC. */
export interface FoundDate {
  readonly instant: Instant;
  /** ISO 8601 with the offset that the page gave, or the day alone when it gave no time. */
  readonly local: string;
  readonly hasTime: boolean;
  readonly hasZone: boolean;
}

const zones: Readonly<Record<string, number>> = {
  z: 0, utc: 0, gmt: 0, wet: 0, bst: 60, west: 60, cet: 60, mez: 60, cest: 120, mesz: 120, eet: 120, eest: 180, msk: 180,
  est: -300, edt: -240, et: -300, cst: -360, cdt: -300, ct: -360, mst: -420, mdt: -360, pst: -480, pdt: -420, pt: -480,
  ist: 330, pkt: 300, wib: 420, sgt: 480, hkt: 480, awst: 480, jst: 540, kst: 540, aest: 600, aedt: 660, nzst: 720, nzdt: 780,
  sast: 120, cat: 120, eat: 180, wat: 60, art: -180, brt: -180, trt: 180,
}; // biome-ignore format: a table

/** Languages whose month names are tried when neither the page's own language nor English fits. */
const monthLanguages =
  'de fr es pt it nl sv da nb fi pl cs sk hu ro bg ru uk sr sr-Latn hr sl sq el tr ar he fa hi bn id ms vi th lt lv et ca eu gl ga is mk ka hy az kk uz mn ko ja zh ta te ml mr gu ur sw af fil'.split(
    ' ',
  );
const monthsOf = new Map<string, ReadonlyMap<string, number>>();

const plain = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[.\u200e\u200f]/g, '');

/** Month names of one language, long and short, alone and beside a day. */
function months(language: string): ReadonlyMap<string, number> {
  const known = monthsOf.get(language);
  if (known) return known;
  const names = new Map<string, number>();
  monthsOf.set(language, names);
  for (const month of ['long', 'short'] as const)
    for (const day of [undefined, 'numeric'] as const) {
      let format: Intl.DateTimeFormat;
      try {
        format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, { month, day, timeZone: 'UTC' });
      } catch {
        return names;
      }
      for (let m = 0; m < 12; m++) {
        const name = format.formatToParts(new Date(Date.UTC(2020, m, 15))).find((part) => part.type === 'month')?.value;
        if (name && !/^\d+/.test(name) && !names.has(plain(name))) names.set(plain(name), m + 1);
      }
    }
  if (language === 'en') {
    names.set('sept', 9);
    names.set('june', 6);
    names.set('july', 7);
  }
  if (language === 'de') names.set('jänner', 1);
  return names;
}

/** 1…12 for the name of a month, tried in `language`, English, and then all others; undefined when it is none. */
export function monthNumber(word: string, language: string | undefined): number | undefined {
  const name = plain(word);
  if (name.length < 2) return undefined;
  const base = language?.split('-')[0];
  const own = base ? months(base).get(name) : undefined;
  if (own) return own;
  const english = months('en').get(name);
  if (english) return english;
  for (const each of monthLanguages) {
    const month = months(each).get(name);
    if (month) return month;
  }
  // Inflected and shortened forms: at least four letters that only one month of the page's language begins with.
  if (base && name.length >= 4)
    for (const [full, month] of months(base)) if (full.startsWith(name) || name.startsWith(full)) return month;
  return undefined;
}

/** The first year that a web page can have been published in. */
const firstYear = 1994;

/**
 * The first date in a text, with its time and offset when they stand beside it. `language` is the page's (BCP 47): it decides month
 * names and whether 3/4/2026 is April or March. Undefined when there is none, or none between 1994 and 2035.
 */
export function findDate(text: string, language?: string): FoundDate | undefined {
  const input = toLatinDigits(
    text
      .slice(0, 300)
      .normalize('NFKC')
      .replace(/[\u200e\u200f]/g, ''),
  );
  const iso =
    /(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/.exec(input) ??
    /(?<!\d)(20\d\d|199\d)([01]\d)([0-3]\d)(?!\d{1,3}(?!\d))/.exec(input);
  if (iso) return build(iso[1], iso[2], iso[3], input.slice(iso.index + iso[0].length), input.slice(0, iso.index));

  const cjk = /(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]/.exec(input);
  if (cjk) return build(cjk[1], cjk[2], cjk[3], input.slice(cjk.index + cjk[0].length), '');

  const bigEndian = /(?<!\d)(\d{4})\s?([./])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)/.exec(input);
  if (bigEndian)
    return build(
      bigEndian[1],
      bigEndian[3],
      bigEndian[4],
      input.slice(bigEndian.index + bigEndian[0].length),
      input.slice(0, bigEndian.index),
    );

  const numeric = /(?<!\d)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)/.exec(input);
  if (numeric) {
    const [a, b] = [Number(numeric[1]), Number(numeric[3])];
    const year = (numeric[4] ?? '').length === 2 ? `20${numeric[4]}` : numeric[4];
    const monthFirst = b > 12 || (a <= 12 && numeric[2] !== '.' && isMonthFirst(language));
    const rest = input.slice(numeric.index + numeric[0].length);
    return build(year, String(monthFirst ? a : b), String(monthFirst ? b : a), rest, input.slice(0, numeric.index));
  }

  // 22 December 2026, 22. Dezember 2026, 22 de diciembre de 2026, 22 դեկ 2026
  for (const match of input.matchAll(
    /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª|°)?[.,]?[\s-]+(?:de\s+|of\s+|d['’]\s?)?([\p{L}\p{M}.]{3,20}),?[\s-]*(?:de(?:l)?\s+|of\s+)?,?\s*(\d{4})(?!\d)/giu,
  )) {
    const month = monthNumber(match[2] ?? '', language);
    if (month)
      return build(
        match[3],
        String(month),
        match[1],
        input.slice(match.index + match[0].length),
        input.slice(0, match.index),
      );
  }
  // December 22, 2026
  for (const match of input.matchAll(
    /([\p{L}\p{M}.]{3,20})[\s-]+(\d{1,2})(?:st|nd|rd|th)?\.?,?\s+(?:at\s+)?(\d{4})(?!\d)/giu,
  )) {
    const month = monthNumber(match[1] ?? '', language);
    if (month)
      return build(
        match[3],
        String(month),
        match[2],
        input.slice(match.index + match[0].length),
        input.slice(0, match.index),
      );
  }
  // 2026. november 22., 2026 m. lapkričio 22 d., 2026. gada 22. novembris
  for (const match of input.matchAll(
    /(?<!\d)(\d{4})\.?\s+(?:m\.?\s+|gada\s+)?([\p{L}\p{M}]{3,20})\s+(\d{1,2})(?!\d)|(?<!\d)(\d{4})\.?\s+(?:gada\s+)(\d{1,2})\.\s+([\p{L}]{3,20})/giu,
  )) {
    const month = monthNumber(match[2] ?? match[6] ?? '', language);
    if (month)
      return build(
        match[1] ?? match[4],
        String(month),
        match[3] ?? match[5],
        input.slice(match.index + match[0].length),
        '',
      );
  }
  return undefined;
}

const isMonthFirst = (language: string | undefined): boolean =>
  language === undefined || /^(?:en(?:-(?:US|PH|CA))?|fil|sw)$/i.test(language);

function toLatinDigits(text: string): string {
  return /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/.test(text)
    ? text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/g, (digit) => {
        const code = digit.charCodeAt(0);
        return String(
          code >= 0x0e50
            ? code - 0x0e50
            : code >= 0x09e6
              ? code - 0x09e6
              : code >= 0x0966
                ? code - 0x0966
                : code >= 0x06f0
                  ? code - 0x06f0
                  : code - 0x0660,
        );
      })
    : text;
}

function build(
  yearText: string | undefined,
  monthText: string | undefined,
  dayText: string | undefined,
  after: string,
  before: string,
): FoundDate | undefined {
  let year = Number(yearText);
  // Thai pages count from the Buddha's death.
  if (year > 2500 && year < 2600) year -= 543;
  const month = Number(monthText);
  const day = Number(dayText);
  if (!(year >= firstYear && year <= 2035) || !(month >= 1 && month <= 12) || !(day >= 1 && day <= 31))
    return undefined;
  if (new Date(Date.UTC(year, month - 1, day)).getUTCMonth() !== month - 1) return undefined;
  const date = `${year}-${two(month)}-${two(day)}`;
  const clock = readClock(after, 24) ?? readClock(before.slice(-30), 30);
  if (!clock) return { instant: `${date}T00:00:00.000Z`, local: date, hasTime: false, hasZone: false };
  const at = Date.UTC(year, month - 1, day, clock.hour, clock.minute, clock.second) - (clock.offset ?? 0) * 60_000;
  const offset = clock.offset ?? 0;
  const sign = offset < 0 ? '-' : '+';
  const zone = offset === 0 ? 'Z' : `${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return {
    instant: new Date(at).toISOString(),
    local: `${date}T${two(clock.hour)}:${two(clock.minute)}:${two(clock.second)}${zone}`,
    hasTime: true,
    hasZone: clock.offset !== undefined,
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly offset: number | undefined;
}

/** A time of day that begins within the first `reach` characters. */
function readClock(text: string, reach: number): Clock | undefined {
  const match =
    /(?<!\d)([01]?\d|2[0-3])\s?[:.h時시]\s?([0-5]\d)(?:\s?[:.분分]\s?([0-5]\d)(?:[.,]\d+)?)?(?!\d)\s*([ap]\.?\s?m\b\.?)?\s*(?:uhr|h|hrs|klo|分|분)?\s*(?:\(?\s*((?:utc|gmt)?\s?[+-]\s?\d{1,2}(?::?\d{2})?|[a-z]{1,5})\b)?/i.exec(
      text,
    ) ?? /(?<!\d)(1[0-2]|[1-9])()()\s?([ap]\.?m\b)\.?\s*([a-z]{2,4}\b)?/i.exec(text);
  if (!match || match.index > reach) return compactClock(text);
  let hour = Number(match[1]);
  const half = match[4]?.toLowerCase();
  if (half?.startsWith('p') && hour < 12) hour += 12;
  if (half?.startsWith('a') && hour === 12) hour = 0;
  return { hour, minute: Number(match[2] || 0), second: Number(match[3] || 0), offset: readOffset(match[5]) };
}

/** `T101500Z`, as in 20261122T101500Z. */
function compactClock(text: string): Clock | undefined {
  const match = /^T?([01]\d|2[0-3])([0-5]\d)([0-5]\d)?\s?(z|[+-]\d{2}:?\d{2})?/i.exec(text);
  if (!match) return undefined;
  return {
    hour: Number(match[1]),
    minute: Number(match[2]),
    second: Number(match[3] ?? 0),
    offset: readOffset(match[4]),
  };
}

function readOffset(zone: string | undefined): number | undefined {
  if (!zone) return undefined;
  const numeric = /([+-])\s?(\d{1,2}):?(\d{2})?/.exec(zone);
  if (!numeric) return zones[zone.toLowerCase()];
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
  return minutes > 14 * 60 ? undefined : numeric[1] === '-' ? -minutes : minutes;
}
