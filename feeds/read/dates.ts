import type { Instant } from '../../src/domain/article.ts';
import { monthOf } from './months.ts';

/** Offsets in minutes of the zone names that feeds use; the North American ones are RFC 822's. */
const zones: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  bst: 60,
  ist: 330,
  west: 60,
  cet: 60,
  met: 60,
  mez: 60,
  cest: 120,
  mest: 120,
  mesz: 120,
  eet: 120,
  sast: 120,
  eest: 180,
  msk: 180,
  trt: 180,
  msd: 240,
  gst: 240,
  pkt: 300,
  npt: 345,
  ict: 420,
  wib: 420,
  hkt: 480,
  sgt: 480,
  pht: 480,
  awst: 480,
  jst: 540,
  kst: 540,
  acst: 570,
  aest: 600,
  acdt: 630,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
  brt: -180,
  art: -180,
  ndt: -150,
  nst: -210,
  adt: -180,
  ast: -240,
  edt: -240,
  est: -300,
  et: -300,
  cdt: -300,
  cst: -360,
  ct: -360,
  mdt: -360,
  mst: -420,
  mt: -420,
  pdt: -420,
  pst: -480,
  pt: -480,
  akdt: -480,
  akst: -540,
  hst: -600,
};

const iso =
  /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?:[T\s_]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/i;

const rfc822 =
  /^(?:[a-z]{3},? )?(\d{1,2}) (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec) (\d{2,4}) (\d{1,2}):(\d{2})(?::(\d{2}))? ([a-z]{1,5}|[+-]\d{4})$/i;

/**
 * A date as feeds write it → the instant: RFC 822 and 2822, ISO 8601 and W3CDTF, RFC 850, asctime, `DD.MM.YYYY`,
 * `MM/DD/YYYY`, Korean and Japanese forms, month names of some fifty languages, named zones. Without a zone it is UTC,
 * never the machine's own. Undefined when it is no date.
 */
export function readDate(raw: string | undefined): Instant | undefined {
  if (raw === undefined || raw.length > 200) return undefined;
  const text = raw.replace(/\s+/g, ' ').trim();
  const parts = iso.exec(text);
  if (parts) {
    const [, year, month = '1', day = '1', hour = '0', minute = '0', second = '0', zone] = parts;
    return instant(
      Number(year),
      Number(month),
      Number(day),
      Number(hour),
      Number(minute),
      Number(second),
      offset(zone),
    );
  }
  // What nine of ten RSS feeds write; the free reading below would find the same, slower.
  const usual = rfc822.exec(text);
  if (usual) {
    const [, day, month = '', year = '', hour, minute, second = '0', zone] = usual;
    const monthNumber = englishMonths.indexOf(month.toLowerCase()) / 3 + 1;
    const found = offset(zone);
    if (found !== undefined)
      return instant(fullYear(year), monthNumber, Number(day), Number(hour), Number(minute), Number(second), found);
  }
  return readFreely(text);
}

const englishMonths = 'janfebmaraprmayjunjulaugsepoctnovdec';

/** Finds time, zone, month and the two other numbers wherever they stand. */
function readFreely(text: string): Instant | undefined {
  let rest = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/(\d)(?:st|nd|rd|th)\b/g, '$1');
  let [hour, minute, second] = [0, 0, 0];
  let zone: string | undefined;

  const time = /(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?(?![.\d])\s*([ap]\.?m\b\.?)?/.exec(
    rest.replace(/\d{1,2}\.\d{1,2}\.\d{2,4}/g, (date) => '_'.repeat(date.length)),
  );
  if (time) {
    hour = Number(time[1]);
    minute = Number(time[2]);
    second = Number(time[3] ?? 0);
    const before = rest.slice(0, time.index);
    const after = rest.slice(time.index + time[0].length);
    const afternoon = time[4]?.startsWith('p') || /오후|午後|下午/.test(before);
    const morning = time[4]?.startsWith('a') || /오전|午前|上午/.test(before);
    if (afternoon && hour < 12) hour += 12;
    if (morning && hour === 12) hour = 0;
    const found = /^\s*\(?((?:utc|gmt|z)?\s*[+-]\d{1,2}:?(?:\d{2})?|[a-z]{1,5}\b)/.exec(after)?.[1];
    // 'gmt+0200' as well as 'est'; any other word after the time is part of the date ('10:00 mon').
    if (found !== undefined && offset(found) !== undefined) {
      zone = found;
      rest = `${before} ${after.replace(found, ' ')}`;
    } else rest = `${before} ${after}`;
  }
  const numbers = [...rest.matchAll(/\d+/g)].map(([digits]) => digits);
  const month = wordsOf(rest)
    .map(monthOf)
    .find((found) => found !== undefined);
  if (month !== undefined) {
    const yearAt = numbers.findIndex((digits) => digits.length === 4);
    // With two short numbers the year is the second: '5 Jan 25', 'Jan 5 25'.
    const year = numbers[yearAt < 0 ? 1 : yearAt];
    const day = numbers.find((digits, index) => digits !== year && index !== yearAt && digits.length <= 2) ?? '1';
    if (year === undefined) return undefined;
    return instant(fullYear(year), month, Number(day), hour, minute, second, offset(zone));
  }
  const [a, b, c] = numbers;
  if (a === undefined || b === undefined || c === undefined) return undefined;
  if (a.length === 4) return instant(Number(a), Number(b), Number(c), hour, minute, second, offset(zone));
  const monthFirst = rest.includes('/') && Number(a) <= 12;
  const [monthNumber, day] = monthFirst ? [Number(a), Number(b)] : [Number(b), Number(a)];
  return instant(fullYear(c), monthNumber, day, hour, minute, second, offset(zone));
}

const wordsOf = (text: string): string[] => text.match(/\p{L}[\p{L}\p{M}']*/gu) ?? [];

/** RFC 2822, 4.3: two digits below 50 are of this century, three digits count from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 3) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

/** Minutes east of UTC; 0 when nothing is said; undefined when the name is not known. */
function offset(zone: string | undefined): number | undefined {
  if (zone === undefined) return 0;
  const name = zone.toLowerCase().trim();
  if (Object.hasOwn(zones, name)) return zones[name];
  const parts = /^(?:utc|gmt|z)?\s*([+-])(\d{1,2}):?(\d{2})?$/.exec(name);
  if (!parts) return undefined;
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0);
  return parts[1] === '-' ? -minutes : minutes;
}

function instant(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  zoneMinutes: number | undefined,
): Instant | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  // The 31st of a shorter month rolls over to the next day, as in all readers.
  if (year < 1900 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  if (hour > 24 || minute > 59 || second > 60 || zoneMinutes === undefined || Math.abs(zoneMinutes) > 16 * 60)
    return undefined;
  date.setUTCHours(hour, minute - zoneMinutes, second);
  return date.toISOString();
}
