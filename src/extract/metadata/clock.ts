const zones: Readonly<Record<string, number>> = {
  z: 0, utc: 0, gmt: 0, wet: 0, bst: 60, west: 60, cet: 60, mez: 60, cest: 120, mesz: 120, eet: 120, eest: 180, msk: 180,
  est: -300, edt: -240, et: -300, cst: -360, cdt: -300, ct: -360, mst: -420, mdt: -360, pst: -480, pdt: -420, pt: -480,
  ist: 330, pkt: 300, wib: 420, sgt: 480, hkt: 480, awst: 480, jst: 540, kst: 540, aest: 600, aedt: 660, nzst: 720, nzdt: 780,
  sast: 120, cat: 120, eat: 180, wat: 60, art: -180, brt: -180, trt: 180,
}; // biome-ignore format: a table

/** A time of day with its offset from UTC in minutes, where the text gives one. */
export interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly offset: number | undefined;
}

/** Signs of the second half of the day, after the time: Latin, Greek, Albanian, Malay, Arabic, Persian. */
const afternoon = /^(?:p\.?\s?m|μ|m\.\s?d|ptg|م|ب)/i;
const clock =
  /(?<![\d.])(오전|오후|凌晨|清晨|早上|上午|中午|下午|晚上|午前|午後)?\s?([01]?\d|2[0-3])\s?[:.h時시]\s?([0-5]\d)(?:\s?[:.분分]\s?([0-5]\d)(?:[.,]\d+)?)?(?!\d|[./]\d)\s*([ap]\.?\s?m\b\.?|[μπ]\.?μ\.?|[mp]\.\s?d\.|ptg\b|pg\b|(?:مساء|صباح|م|ص)(?!\p{L})|[بق]\.\s?ظ)?\s*(?:uhr|h|hrs|klo|分|분)?\s*(?:\(?\s*((?:utc|gmt)?\s?[+-]\s?\d{1,2}(?::?\d{2})?|[a-z]{1,5})\b)?/iu;
const hourAlone = /(?<!\d)()(1[0-2]|[1-9])()()\s?([ap]\.?m\b)\.?\s*([a-z]{2,4}\b)?/i;

/** A time of day that begins within the first `reach` characters. */
export function readClock(text: string, reach: number): Clock | undefined {
  const match = clock.exec(text) ?? hourAlone.exec(text);
  if (!match || match.index > reach) return compactClock(text);
  let hour = Number(match[2]);
  const half = match[5] ?? '';
  const late = afternoon.test(half) || /^(?:오후|中午|下午|晚上|午後)$/.test(match[1] ?? '');
  if (late && hour < 12) hour += 12;
  else if (hour === 12 && !late && (half !== '' || match[1] !== undefined)) hour = 0;
  return { hour, minute: Number(match[3] || 0), second: Number(match[4] || 0), offset: readOffset(match[6]) };
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
