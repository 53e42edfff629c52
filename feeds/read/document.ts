import type { Link } from '../../src/domain/article.ts';
import type { Rights } from '../../src/domain/rights.ts';

/** A file that goes with an item: RSS enclosure, Atom `rel=enclosure`, JSON Feed attachment. */
export interface Enclosure {
  /** Absolute when it could be resolved. */
  readonly url: string;
  /** MIME type. */
  readonly type?: string | undefined;
  /** Bytes. */
  readonly length?: number | undefined;
}

/** A picture or film of Media RSS. */
export interface Media extends Enclosure {
  readonly medium?: string | undefined;
  /** Pixels. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** One of the publisher's labels with the scheme it belongs to. */
export interface FeedCategory {
  readonly name: string;
  /** RSS `domain`, Atom `scheme`. */
  readonly domain?: string | undefined;
}

/** All that an item of a feed says. */
export interface FeedEntry extends Omit<Link, 'url'> {
  /** As `Link.url`; a relative address stays as it is when there is nothing to resolve it against. */
  readonly url?: string | undefined;
  /** HTML of the whole text, when the feed has it; not sanitised. */
  readonly content?: string | undefined;
  /** BCP 47, as declared for the item. */
  readonly language?: string | undefined;
  readonly labels: readonly FeedCategory[];
  readonly enclosures: readonly Enclosure[];
  readonly media: readonly Media[];
  readonly comments?: string | undefined;
  /** The address behind a redirecting one: FeedBurner's `origLink`, or what a redirecting address holds itself. */
  readonly originalUrl?: string | undefined;
  /** Where the item was taken over from (RSS `source`). */
  readonly source?: { readonly name?: string | undefined; readonly url?: string | undefined } | undefined;
}

/** An entry that leads somewhere: its address is absolute http(s). */
export type FeedItem = FeedEntry & Link;

/** A feed as read. */
export interface FeedDocument {
  readonly format: 'rss' | 'rdf' | 'atom' | 'json';
  readonly title?: string | undefined;
  /** What the feed says of itself, mostly the paper's tagline: one line of plain text. */
  readonly description?: string | undefined;
  /** The site's home page. */
  readonly link?: string | undefined;
  /** The feed's own address as it gives it. */
  readonly self?: string | undefined;
  /** BCP 47, as declared. */
  readonly language?: string | undefined;
  readonly updated?: string | undefined;
  /** RSS `ttl`: minutes for which the feed may be kept. */
  readonly ttlMinutes?: number | undefined;
  /** Minutes between updates by the syndication module (`sy:updatePeriod` / `sy:updateFrequency`). */
  readonly updateMinutes?: number | undefined;
  /** Hours (0…23, UTC) and days (`Monday` …) at which the publisher asks not to be asked. */
  readonly skipHours: readonly number[];
  readonly skipDays: readonly string[];
  /** WebSub hubs. */
  readonly hubs: readonly string[];
  /** What the feed says of the use of its items (RSL, a link to a licence). */
  readonly rights?: Rights | undefined;
  /** The next page of a paged feed (RFC 5005). */
  readonly next?: string | undefined;
  /** Every item, in the feed's order. */
  readonly entries: readonly FeedEntry[];
  /** Those of the entries that can be followed. */
  readonly items: readonly FeedItem[];
  /** Why the end was left out, when it was. */
  readonly cut?: string | undefined;
}

/** The entries whose address can be fetched. */
export const followable = (entries: readonly FeedEntry[]): readonly FeedItem[] =>
  entries.filter((entry): entry is FeedItem => entry.url !== undefined && /^https?:\/\//i.test(entry.url));
