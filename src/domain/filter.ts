/** The part of the wire that is asked for. All that is given must hold at once. */
export interface Filter {
  /** A country (`RS`) or the id of a region (`balkans`, `039`). */
  readonly region?: string;
  /** IPTC Media Topic id, `11000000`, or the id of a custom topic. */
  readonly topic?: string;
  /** ISO 639 code, `sr`. */
  readonly lang?: string;
  /** Id of a source. */
  readonly source?: string;
  /** Id of a story. */
  readonly story?: string;
  /** Words to search for, as `readSearch` reads them. */
  readonly query?: string;
  /** News of that day (`2026-11-28`, UTC) or instant and later. */
  readonly from?: string;
  /** News of that day or before that instant. */
  readonly to?: string;
  /** Articles that arrived since that day or instant. */
  readonly since?: string;
  /** One of several values of a kind; the API and preferences say it, no address of a page. */
  readonly anyOf?: { readonly [Kind in FilterKind]?: readonly string[] | undefined };
  /** What an account wants to see nothing of. */
  readonly without?: Muted;
}

/** What is left out: articles of sources, of topics, and with words or phrases. */
export interface Muted {
  readonly source: readonly string[];
  readonly topic: readonly string[];
  readonly word: readonly string[];
}

/** The kinds of filter in the order in which they stand in an address. */
export const filterKinds = ['region', 'topic', 'lang', 'source'] as const;
export type FilterKind = (typeof filterKinds)[number];

/** The word that stands for an id in an address: `politics` for `11000000`. Ids without one stand for themselves. */
export interface Slugs {
  readonly region: (id: string) => string | undefined;
  readonly topic: (id: string) => string | undefined;
}

/** The file names under which the feed of a filter stands. */
export const feedFiles = { rss: 'feed.xml', atom: 'feed.atom', json: 'feed.json' } as const;
export type FeedFormat = keyof typeof feedFiles;
export const feedFormats = Object.keys(feedFiles) as readonly FeedFormat[];

/** What the items of a feed are: articles, whole stories, changes of articles, or those changes that correct a mistake. */
export const feedItems = ['article', 'story', 'change', 'correction'] as const;
export type FeedItems = (typeof feedItems)[number];

/** How a feed is wanted; what is left out is as the settings say. */
export interface FeedForm {
  readonly items?: FeedItems | undefined;
  /** `summary` leaves full texts out. */
  readonly text?: 'full' | 'summary' | undefined;
  readonly limit?: number | undefined;
  /** The archive of that day (`2026-11-28`, UTC): what arrived on it. */
  readonly day?: string | undefined;
  /** Which part of a long day, from 2 on. */
  readonly part?: number | undefined;
}

/** Path and query of pages and feeds. */
export interface Addresses {
  /** The page of a filter, or what follows the story whose lead has that number. */
  page(filter: Filter, before?: string): string;
  /** @param place path at which the filter stands without saying what it is */
  feed(filter: Filter, format: FeedFormat, form?: FeedForm, place?: string): string;
}

/** A query string, with its question mark, of what is given. */
function queryString(fields: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

/** What of a filter stands in the query of an address. */
const termsOf = ({ query, from, to, since }: Filter) => ({ q: query, from, to, since });

const aDay = /^\d{4}-\d{2}-\d{2}$/;

/** The first instant that a day or instant stands for. */
export const beginning = (moment: string): Date => new Date(moment);

/** The instant before which a day ends; an instant stands for itself. */
export const end = (moment: string): Date => new Date(Date.parse(moment) + (aDay.test(moment) ? 86_400_000 : 0));

/** The addresses of filters, their parts in the one order that is canonical. */
export function createAddresses(slugs: Slugs): Addresses {
  const slugOf = (kind: FilterKind, id: string): string =>
    (kind === 'region' || kind === 'topic' ? slugs[kind](id) : undefined) ?? id;
  const filterPath = (filter: Filter): string => {
    let path = filter.story === undefined ? '' : `/story/${filter.story}`;
    for (const kind of filterKinds) {
      const id = filter[kind];
      if (id !== undefined) path += `/${kind}/${encodeURIComponent(slugOf(kind, id))}`;
    }
    return filter.query === undefined ? path : `${path}/search`;
  };
  return {
    page: (filter, before) => `${filterPath(filter) || '/'}${queryString({ ...termsOf(filter), before })}`,
    feed: (filter, format, { items, text, limit, day, part } = {}, place = undefined) =>
      `${place ?? filterPath(filter)}/${feedFiles[format]}${queryString({ ...(place === undefined ? termsOf(filter) : {}), items, text, limit, day, part })}`,
  };
}
