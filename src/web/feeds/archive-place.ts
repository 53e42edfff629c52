import type { OutArchive } from '../../../feeds/write/feed.ts';
import type { FeedForm, FeedFormat, Filter } from '../../domain/filter.ts';
import type { Db } from '../../store/db.ts';
import { archiveDay } from '../../store/read/feed-days.ts';
import { feedAddress } from '../filter.ts';

/** A feed, or the archive of one of its days. */
interface Asked {
  readonly base: string;
  readonly filter: Filter;
  readonly format: FeedFormat;
  readonly form: FeedForm;
  readonly place?: { readonly path: string } | undefined;
  readonly unit: 'article' | 'story';
  /** When the last item of the feed arrived; undefined when it has none. */
  readonly oldest: Date | undefined;
  readonly now: Date;
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/**
 * Archives by day of arrival, UTC (RFC 5005): the feed leads to the archive of the day on which it ends, each archive to the one before
 * and after it. A day that goes on still is no archive yet: its document says so, and grows.
 */
export async function archivePlace(
  db: Db,
  { base, filter, format, form, place, unit, oldest, now }: Asked,
): Promise<OutArchive | undefined> {
  const { day, part = 1, limit: _limit, ...rest } = form;
  const address = (on: string, of: number): string =>
    `${base}${feedAddress(filter, format, { ...rest, day: on, part: of > 1 ? of : undefined }, place?.path)}`;
  if (day === undefined) {
    if (!oldest) return undefined;
    const { parts } = await archiveDay(db, filter, dayOf(oldest), unit);
    return { complete: false, previous: address(dayOf(oldest), parts) };
  }
  const { parts, earlier, earlierParts, later } = await archiveDay(db, filter, day, unit);
  const before = part > 1 ? address(day, part - 1) : earlier && address(earlier, earlierParts);
  const after = part < parts ? address(day, part + 1) : later && address(later, 1);
  const complete = day < dayOf(now);
  return {
    complete,
    current: `${base}${feedAddress(filter, format, rest, place?.path)}`,
    previous: before,
    next: after,
  };
}
