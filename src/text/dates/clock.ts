import { zoneAtStart } from './zones.ts';

/** A time of day, and the text around it; what follows may name the zone. */
export interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly after: string;
  readonly before: string;
}

/** Signs of the second half of the day, after the time: Latin, Greek, Albanian, Malay, Arabic, Persian, Amharic, Somali. */
const afternoon = /^(?:p\.?\s?m|μ|m\.\s?d|ptg|م|ب|ከሰ|gd)/i;
const time =
  '(?<![\\d.])(오전|오후|凌晨|清晨|早上|上午|中午|下午|晚上|午前|午後)?\\s?([01]?\\d|2[0-3])\\s?[:.h時时點点시]\\s?([0-5]\\d)(?:\\s?[:.분分]\\s?([0-5]\\d)(?:[.,]\\d+)?)?(?!\\d|[./]\\d)';
const half =
  '\\s*([ap]\\.?\\s?m\\b\\.?|[μπ]\\.?μ\\.?|[mp]\\.\\s?d\\.|ptg\\b|pg\\b|(?:مساء|صباح|م|ص)(?!\\p{L})|[بق]\\.\\s?ظ|ከሰዓት|ጥዋት|g[dh]\\b)?';
const word = '(?:\\s*(?:uhr|hrs?|klo|分|분|秒|초)(?!\\p{L}))?';
const clock = new RegExp(`${time}${half}${word}`, 'iu');
const hourAlone = /(?<!\d)()(1[0-2]|[1-9])()()\s?([ap]\.?m\b)\.?/i;

/** A time of day that begins within the first `reach` characters. */
export function readClock(text: string, reach: number): Clock | undefined {
  const match = clock.exec(text) ?? hourAlone.exec(text);
  if (!match || match.index > reach) return compactClock(text);
  let hour = Number(match[2]);
  const half = match[5] ?? '';
  const late = afternoon.test(half) || /^(?:오후|中午|下午|晚上|午後)$/.test(match[1] ?? '');
  if (late && hour < 12) hour += 12;
  else if (hour === 12 && !late && (half !== '' || match[1] !== undefined)) hour = 0;
  const [before, after] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
  return { hour, minute: Number(match[3] || 0), second: Number(match[4] || 0), after, before };
}

/** `T101500Z`, as in 20261122T101500Z. */
function compactClock(text: string): Clock | undefined {
  const match = /^T?([01]\d|2[0-3])([0-5]\d)([0-5]\d)?(?!\d)/i.exec(text);
  if (!match) return undefined;
  return {
    hour: Number(match[1]),
    minute: Number(match[2]),
    second: Number(match[3] ?? 0),
    after: text.slice(match[0].length),
    before: '',
  };
}

/** The instant (ms) at which a clock shows this time on the day that begins at `midnight` (ms, as if in UTC), and the minutes it is ahead of UTC, where the text says so. */
export function instantOf(
  midnight: number,
  clock: Clock,
  language?: string,
): { at: number; offset: number | undefined } {
  const wall = midnight + ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1_000;
  const offset = zoneAtStart(clock.after, wall, language);
  return { at: wall - (offset ?? 0) * 60_000, offset };
}
