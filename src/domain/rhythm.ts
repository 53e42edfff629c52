import type { Instant } from './article.ts';
import { dayMs } from './time.ts';

/** How often a source has news, as its crawls have learnt. Times in epoch milliseconds. */
export interface Rhythm {
  /** Since when the source is known. */
  readonly knownSince: number;
  /** When it last had news. */
  readonly newsAt: number;
  /** The longest pause between two pieces of news, in ms. */
  readonly longestPauseMs: number;
}

/** Publications that tell of the pace: the latest. */
const telling = 21;
/** A source that was once dead for longer must not be allowed to be so again. */
const longestLearntMs = 14 * dayMs;
/** A silence of that many of its longest pauses is none of its own rhythm. */
const pausesOfSilence = 2;
/** A source known for less may have had no weekend yet: Friday evening to Monday morning are 62 hours. */
const knownMs = 14 * dayMs;
const shortestSilenceMs = { known: dayMs, young: 3 * dayMs };

/** What a crawl found: when the listed items were published, and whether any was new. */
interface News {
  readonly published: readonly Instant[];
  readonly hasNews: boolean;
}

/** The rhythm after one more crawl. Dates of the future count as no date. */
export function learnRhythm(before: Rhythm | undefined, { published, hasNews }: News, now: Date): Rhythm {
  const at = now.getTime();
  const times = [...new Set(published.map((time) => Date.parse(time)).filter((time) => time <= at))]
    .sort((a, b) => b - a)
    .slice(0, telling);
  // What a first crawl finds may be years old; of later ones the links themselves are news, whatever their dates say.
  const seen = hasNews && (before !== undefined || times.length === 0) ? at : undefined;
  const newsAt = Math.max(before?.newsAt ?? 0, seen ?? 0, times[0] ?? 0) || at;
  const live = before && newsAt > before.newsAt ? newsAt - before.newsAt : 0;
  const longest = Math.max(before?.longestPauseMs ?? 0, longestGap(times), live);
  return { knownSince: before?.knownSince ?? at, newsAt, longestPauseMs: Math.min(longest, longestLearntMs) };
}

/** The longest gap but one: an old item may be pinned at the head of a list. */
function longestGap(times: readonly number[]): number {
  const gaps = times.slice(1).map((time, index) => (times[index] ?? time) - time);
  return gaps.sort((a, b) => b - a)[1] ?? 0;
}

/** Says that a source is silent against its own rhythm; undefined while it is not. */
export function silenceOf(rhythm: Rhythm, now: Date): string | undefined {
  const { knownSince, newsAt, longestPauseMs } = rhythm;
  const silentMs = now.getTime() - newsAt;
  const shortest = now.getTime() - knownSince < knownMs ? shortestSilenceMs.young : shortestSilenceMs.known;
  if (silentMs <= Math.max(shortest, pausesOfSilence * longestPauseMs)) return undefined;
  const day = new Date(newsAt).toISOString().slice(0, 10);
  const pause = longestPauseMs > 0 ? `; its longest pause so far was ${inWords(longestPauseMs)}` : '';
  return `has listed nothing new since ${day} (${inWords(silentMs)})${pause}`;
}

function inWords(ms: number): string {
  const hours = Math.max(1, Math.round(ms / 3_600_000));
  const [count, unit] = hours < 72 ? [hours, 'hour'] : [Math.round(hours / 24), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
