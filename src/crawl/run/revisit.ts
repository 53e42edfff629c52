const hourMs = 3600_000;
/** A live story changes from minute to minute. */
const liveMs = 20 * 60_000;
const lastMs = 7 * 24 * hourMs;

/**
 * When an article is looked at again, for updates and withdrawals: after an hour, then at ages that triple (3 h, 9 h,
 * 27 h, 81 h), and no more after a week. Undefined: never again.
 * @param bornAt publication, or when the link was first seen
 */
export function nextRevisit(bornAt: Date, now: Date, isLive: boolean): Date | undefined {
  const age = Math.max(0, now.getTime() - bornAt.getTime());
  const pause = isLive && age < 24 * hourMs ? liveMs : Math.max(hourMs, 2 * age);
  return age + pause > lastMs ? undefined : new Date(now.getTime() + pause);
}
