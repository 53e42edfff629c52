import type { Recipient } from './channel.ts';
import type { Filter } from './filter.ts';

/** How often news is told: as it comes, or gathered. */
export const rhythms = ['now', 'hour', 'day'] as const;
export type RuleRhythm = (typeof rhythms)[number];

/** What a reader wants to be told of, how and how often. */
export interface NewRule extends Recipient {
  readonly filter: Filter;
  /** What the filter is called. */
  readonly title: string;
  readonly every: RuleRhythm;
  /** Hour of a daily digest, UTC. */
  readonly hour: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** After a message of a rule that tells at once, what comes next is gathered for a minute. */
const gatherMs = minuteMs;

/** When a rule looks for news again. @param told whether it has just told some */
export function nextLook({ every, hour }: Pick<NewRule, 'every' | 'hour'>, told: boolean, now: Date): Date {
  if (every === 'now') return told ? new Date(now.getTime() + gatherMs) : now;
  if (every === 'hour') return new Date((Math.floor(now.getTime() / hourMs) + 1) * hourMs);
  const next = new Date(now);
  next.setUTCHours(hour, 0, 0, 0);
  if (next <= now) next.setUTCDate(next.getUTCDate() + 1);
  return next;
}
