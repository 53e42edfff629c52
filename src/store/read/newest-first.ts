import { type RawBuilder, sql } from 'kysely';

/** A place in a list: the `seq` of the last article before it. */
export type Cursor = string;

/** Articles among which a list looks first, and then. A walk over the second takes as long as fetching some thousand by their labels. */
const usual = { near: 2000, far: 20_000 };

/** Where a list looks. */
export interface Among {
  /** A table expression of articles, to be named `a`. */
  readonly articles: RawBuilder<unknown>;
  /** They come one by one, in the order of the list; see `inFilter`. */
  readonly isWalk: boolean;
}

export interface Asked<T> {
  /** The order of the list; the newest come first. */
  readonly time: 'news_at' | 'first_seen_at';
  readonly before?: Cursor | undefined;
  readonly ask: (among: Among) => Promise<T>;
  /** How many articles or stories an answer holds. */
  readonly count: (answer: T) => number;
  /** As many as it can hold: then older ones change nothing. */
  readonly full: number;
  /** As many will do from the far window; default: a full answer. */
  readonly enough?: number;
  readonly windows?: { readonly near: number; readonly far: number };
}

/**
 * Asks for the newest of a filter without looking at all that is in it: the work of a label that stands on a quarter of the articles
 * would grow with the store. So the newest 2,000 articles are walked; where they promise enough, 20,000; and only what is so rare that
 * it may not be there comes from the indexes of labels, which give few then.
 */
export async function newestFirst<T>(asked: Asked<T>): Promise<T> {
  const { time, before, ask, count, full, enough = full, windows = usual } = asked;
  const near = await ask(newest(time, windows.near, before));
  const found = count(near);
  if (found >= full) return near;
  if ((found * windows.far) / windows.near >= enough) {
    const far = await ask(newest(time, windows.far, before));
    if (count(far) >= enough) return far;
  }
  return ask(allOf(time, before));
}

type Time = Asked<unknown>['time'];

/** All articles behind a place, for those that come from an index. */
export const allOf = (time: Time, before?: Cursor): Among => ({
  articles: sql`(select * from articles where ${isOlder(time, before)})`,
  isWalk: false,
});

/** PostgreSQL stops the walk when the list is full. */
const newest = (time: Time, most: number, before: Cursor | undefined): Among => ({
  articles: sql`(
    select * from articles where ${isOlder(time, before)} order by ${sql.ref(time)} desc, seq desc limit ${sql.lit(most)})`,
  isWalk: true,
});

/** Whether an article comes after that one in the list. */
export const isOlder = (time: Time, before: Cursor | undefined): RawBuilder<unknown> =>
  before === undefined
    ? sql`true`
    : sql`(${sql.ref(time)}, seq) < (select ${sql.ref(time)}, seq from articles where seq = ${before})`;
