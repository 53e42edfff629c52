import { CronExpressionParser } from 'cron-parser';
import type { Instant } from './article.ts';

/** What is known of a source when its crawl has ended. */
export interface CrawlHistory {
  /** `adaptive` or a cron expression, as the catalogue says. */
  readonly schedule: string;
  /** The interval decided last time; undefined before the first. */
  readonly intervalMinutes?: number | undefined;
  /** When the items that the source lists now were published, in any order. */
  readonly published: readonly Instant[];
  /** Links listed in this crawl, and those of them that nobody had seen. */
  readonly listed: number;
  readonly fresh: number;
  /** Crawls in a row, this one included, in which the source could not be read; 0 when it could. */
  readonly failures: number;
  /** Links of the source wait that its crawl had no time for. */
  readonly backlog?: boolean | undefined;
  readonly asked?: Asked | undefined;
}

/** How often the source itself asks to be asked. */
export interface Asked {
  /** RSS `ttl`. */
  readonly ttlMinutes?: number | undefined;
  /** `sy:updatePeriod` / `sy:updateFrequency`. */
  readonly updateMinutes?: number | undefined;
  /** `Cache-Control: max-age`. */
  readonly maxAgeSeconds?: number | undefined;
  /** The header `Expires`. */
  readonly expires?: Instant | undefined;
  /** The header `Retry-After`, as an instant. */
  readonly retryAfter?: Instant | undefined;
  /** RSS `skipHours` (0…23, UTC) and `skipDays` (`Monday` …). */
  readonly skipHours?: readonly number[] | undefined;
  readonly skipDays?: readonly string[] | undefined;
}

export interface NextCrawl {
  readonly at: Date;
  /** To be given back as `CrawlHistory.intervalMinutes` next time. */
  readonly intervalMinutes: number;
}

const shortestMinutes = 5;
const longestMinutes = 1_440;
/** Before anything is known of a source. */
const firstMinutes = 30;
const jitter = 0.1;
/** A host may ask for a long pause, but not for ever. */
const longestRetryMinutes = 7 * 1_440;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * When the source should be crawled again.
 *
 * Adaptive: half the median gap between the latest publications, between 5 minutes and a day; × 0.7 when half of what is
 * listed is new, growing by 1.3 as long as nothing is; never shorter than the source asks for by `ttl` or caching headers
 * (up to a day, and to half the time in which its lists turn over); ±10 % so that sources do not march in step. Failures double it. The figures are the best reading of what
 * Miniflux, CommaFeed and news-crawl do. `sy:updatePeriod` only serves before dates are known: blog software writes
 * 'hourly' whatever the pace.
 *
 * @param roll 0…1 decides the jitter: `Math.random()`, or a hash of the source's id
 */
export function nextCrawlAt(history: CrawlHistory, now: Date, roll = 0.5): NextCrawl {
  const { schedule, failures, asked = {} } = history;
  const interval = adaptedMinutes(history, now);
  const backedOff = failures === 0 ? interval : Math.min(interval * 2 ** Math.min(failures, 10), longestMinutes);
  // What it listed is to be fetched whatever its pace, but its lists are asked for again as well.
  const pause = history.backlog && failures === 0 ? floorMinutes(history, now) : backedOff;
  const spread = pause * (1 + jitter * (2 * roll - 1));
  const planned = schedule === 'adaptive' ? later(now, spread) : nextByCron(schedule, now);
  const forbidden = Date.parse(asked.retryAfter ?? '') || 0;
  const at = new Date(Math.max(planned.getTime(), Math.min(forbidden, later(now, longestRetryMinutes).getTime())));
  return { at: schedule === 'adaptive' ? afterSkipped(at, asked) : at, intervalMinutes: interval };
}

function adaptedMinutes(history: CrawlHistory, now: Date): number {
  const { intervalMinutes, published, listed, fresh, failures, asked = {} } = history;
  const floor = floorMinutes(history, now);
  const times = past(published, now);
  const gap = medianGapMinutes(times);
  const within = (minutes: number): number => Math.min(Math.max(minutes, floor), longestMinutes);
  const before = intervalMinutes ?? asked.updateMinutes ?? firstMinutes;
  // Of a source that could not be read nothing was learnt.
  if (failures > 0) return within(before);
  const usual = gap === undefined ? undefined : gap / 2;
  if (fresh > 0) return within((usual ?? before) * (fresh >= listed / 2 ? 0.7 : 1));
  if (usual === undefined) return within(before * 1.3);
  // A quiet night must not make the morning late; a source that fell silent days ago may be left alone longer.
  const silence = (now.getTime() - Math.max(...times)) / 60_000;
  return within(Math.min((intervalMinutes ?? usual) * 1.3, Math.max(usual * 6, silence / 10)));
}

/**
 * The shortest pause: the longest that the source asks for, but never more than half the time in which its lists turn
 * over: caching headers are written for pictures as often as for feeds, and what drops off a list unseen is lost.
 */
function floorMinutes(history: CrawlHistory, now: Date): number {
  const { ttlMinutes = 0, maxAgeSeconds = 0, expires } = history.asked ?? {};
  const untilExpiry = (Date.parse(expires ?? '') - now.getTime()) / 60_000 || 0;
  const asked = Math.min(Math.max(ttlMinutes, maxAgeSeconds / 60, untilExpiry), longestMinutes);
  return Math.max(shortestMinutes, Math.min(asked, turnoverMinutes(history, now) / 2));
}

/** In what time everything on the lists is replaced: by the dates of the items, else by how many were new this time. */
function turnoverMinutes({ published, listed, fresh, intervalMinutes }: CrawlHistory, now: Date): number {
  const gap = medianGapMinutes(past(published, now));
  if (gap !== undefined) return gap * listed;
  return intervalMinutes !== undefined && fresh > 0 ? (intervalMinutes * listed) / fresh : Number.POSITIVE_INFINITY;
}

const past = (instants: readonly Instant[], now: Date): number[] =>
  instants.map((time) => Date.parse(time)).filter((time) => time <= now.getTime());

/** Of the latest 21 publications; undefined with fewer than three dates. */
function medianGapMinutes(times: readonly number[]): number | undefined {
  const latest = [...new Set(times)].sort((a, b) => b - a).slice(0, 21);
  const gaps = latest.slice(1).map((time, index) => ((latest[index] ?? time) - time) / 60_000);
  gaps.sort((a, b) => a - b);
  return gaps.length < 2 ? undefined : gaps[gaps.length >> 1];
}

const later = (now: Date, minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

const nextByCron = (expression: string, now: Date): Date =>
  CronExpressionParser.parse(expression, { currentDate: now, tz: 'UTC' }).next().toDate();

/** The first hour that the source does not ask to be left alone in; if it asks for all, the time stays. */
function afterSkipped(at: Date, { skipHours = [], skipDays = [] }: Asked): Date {
  if (skipHours.length === 0 && skipDays.length === 0) return at;
  const days = skipDays.map((day) => weekdays.indexOf(day.trim().toLowerCase()));
  const isSkipped = (time: Date): boolean => days.includes(time.getUTCDay()) || skipHours.includes(time.getUTCHours());
  let found = at;
  for (let hour = 0; hour < 7 * 24 && isSkipped(found); hour += 1) {
    found = new Date(at.getTime() + (hour + 1) * 3_600_000);
    found.setUTCMinutes(0, 0, 0);
  }
  return isSkipped(found) ? at : found;
}
