import type { Instant, Link } from '../../domain/article.ts';

/** So shortly before the request an update says as much as the time of the request itself. */
const justNowMs = 2 * 60_000;

/**
 * Takes the times of update away that say nothing of the entry: those of the request itself, and one that half of the
 * entries share (of the list's last build). A real update of the last two minutes is seen by the next crawl.
 */
export function withTellingTimes<T extends Link>(links: readonly T[], now: Date): T[] {
  const counts = new Map<Instant, number>();
  for (const { updated } of links)
    if (updated !== undefined) counts.set(minuteOf(updated), (counts.get(minuteOf(updated)) ?? 0) + 1);
  const tells = ({ updated, published }: T): boolean => {
    if (updated === undefined || Date.parse(updated) > now.getTime() - justNowMs) return false;
    const shared = counts.get(minuteOf(updated)) ?? 0;
    return shared < 2 || shared * 2 < links.length || updated === published;
  };
  return links.map((link) => (link.updated === undefined || tells(link) ? link : { ...link, updated: undefined }));
}

const minuteOf = (instant: Instant): string => instant.slice(0, 16);
