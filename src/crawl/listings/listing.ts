import { Buffer } from 'node:buffer';
import { type FeedDocument, readFeed } from '../../../feeds/read/feed.ts';
import { readSitemap, type Sitemap } from '../../../feeds/read/sitemap.ts';
import type { Link } from '../../domain/article.ts';
import type { Rights } from '../../domain/rights.ts';
import type { Asked } from '../../domain/schedule.ts';
import { dayMs } from '../../domain/time.ts';
import { countWords } from '../../text/words.ts';
import { pageText } from '../fetch/page.ts';
import type { ShapeCounts } from '../ports.ts';
import { newestFirst } from './newest-first.ts';
import { collectNextPage } from './next-page.ts';
import { collectPageHead, type PageHead } from './page-head.ts';
import { readPage } from './read-page.ts';
import { collectHeadlines, type HeadlineLink } from './section-page.ts';
import { bestParts } from './sitemap-index.ts';
import type { Listing } from './source-listings.ts';
import { withTellingTimes } from './telling-times.ts';
import { addressAge, addressScore } from './url-shape.ts';

/** What stood behind a listing. */
export interface ListingFindings {
  readonly links: readonly Link[];
  /** Sitemaps of a sitemap index; feeds that a front page names. */
  readonly listings: readonly Listing[];
  /** The page that goes on where this page of a list ends. */
  readonly next?: string | undefined;
  /** What the feed or page says of itself: no article's summary. */
  readonly description?: string | undefined;
  /** What the feed says of the use of all its items. */
  readonly rights?: Rights | undefined;
  /** How often the document asks to be asked for. */
  readonly asked: Asked;
}

/** An answer, and what helps to read it. */
export interface ListingInput {
  readonly kind: Listing['kind'];
  /** The address that answered. */
  readonly url: string;
  readonly body: Uint8Array;
  readonly contentType: string | undefined;
  /** Look for the feeds that a section page names. */
  readonly namesFeeds?: boolean | undefined;
  /** The links of a section page are taken for their words alone: nobody will look whether an article stands behind them. */
  readonly forHeadlines?: boolean | undefined;
  readonly shapes: ShapeCounts;
  readonly now: Date;
}

/** New links taken from one listing in one crawl: of a feed with 50,000 items the first count. */
const linksPerListing = 300;
/** Sitemaps of an index that are read: the newest. */
const sitemapsPerIndex = 3;
/** A sitemap that is not one of news lists the whole site; only what changed lately can be news. */
const recentDays = 7;
/** Feeds that a front page names and that are tried, where the source has none that works. */
const feedsPerPage = 2;
/** Links of fewer words are more often the names of sections, clubs and tables than headlines (of 200 on 28 front pages most). */
const wordsOfHeadline = 4;

/** Items of a feed that are looked at: some keep all they ever wrote, the oldest first. */
const mostItems = 20_000;

/** Those that are taken of a long list; a shorter one keeps its order. */
const newest = <T extends Link>(links: readonly T[]): readonly T[] =>
  links.length <= linksPerListing ? links : newestFirst(links).slice(0, linksPerListing);

/** How often the answer's headers ask to be asked. */
export function askedByHeaders(headers: Readonly<Record<string, string>>): Asked {
  const seconds = /\bmax-age\s*=\s*"?(\d{1,9})/i.exec(headers['cache-control'] ?? '')?.[1];
  const expires = Date.parse(headers.expires ?? '');
  return {
    maxAgeSeconds: seconds === undefined ? undefined : Number(seconds),
    // `Cache-Control` wins where both are given (RFC 9111, 5.3).
    expires: seconds !== undefined || Number.isNaN(expires) ? undefined : new Date(expires).toISOString(),
  };
}

/**
 * Reads what a listing answered. Runs in a parsing thread, and gives only what is needed of what may be megabytes. Throws
 * FetchError or FeedError when it is not what the listing should be.
 */
export async function readListing({
  kind,
  url,
  body,
  contentType,
  namesFeeds,
  forHeadlines,
  shapes,
  now,
}: ListingInput): Promise<ListingFindings> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  switch (kind) {
    case 'feed': {
      return feedFindings(await readFeed(bytes, { url, contentType }, { maxItems: mostItems }), now);
    }
    case 'sitemap': {
      const sitemap = await sitemapOrFeed(bytes, { url, contentType });
      if ('items' in sitemap) return feedFindings(sitemap, now);
      if (sitemap.kind === 'index') {
        const parts = bestParts(sitemap.sitemaps, sitemapsPerIndex);
        return { links: [], listings: parts.map((one) => ({ kind, url: one.url })), asked: {} };
      }
      const news = sitemap.news ? newest(sitemap.links) : recentLinks(sitemap.links, now).slice(0, linksPerListing);
      return { links: withTellingTimes(news.map(linkOf), now), listings: [], asked: {} };
    }
    case 'section': {
      const html = pageText(url, body, contentType);
      const [found, head, next] = readPage<[HeadlineLink[], PageHead, string | undefined]>(
        html,
        collectHeadlines(url, { shapes, limit: linksPerListing }),
        collectPageHead(url),
        collectNextPage(url),
      );
      const headlines = forHeadlines ? found.filter(({ title = '' }) => countWords(title) >= wordsOfHeadline) : found;
      return {
        links: headlines.map((headline) => ({ ...headline, authors: [], categories: [] })),
        listings: namesFeeds ? head.feeds.slice(0, feedsPerPage).map(feedListing) : [],
        next,
        description: head.description,
        asked: {},
      };
    }
    default:
      return kind satisfies never;
  }
}

function feedFindings(feed: FeedDocument, now: Date): ListingFindings {
  const { description, rights, ttlMinutes, updateMinutes, skipHours, skipDays } = feed;
  const items = feed.items.map((item) => ({ ...linkOf(item), url: item.originalUrl ?? item.url }));
  return {
    links: withTellingTimes(newest(items), now),
    listings: [],
    description,
    rights,
    asked: { ttlMinutes, updateMinutes, skipHours, skipDays },
  };
}

/** The protocol allows RSS and Atom as sitemaps (sitemaps.org, 'Other Sitemap formats'). */
async function sitemapOrFeed(body: Buffer, about: Parameters<typeof readSitemap>[1]): Promise<Sitemap | FeedDocument> {
  try {
    return await readSitemap(body, about);
  } catch (error) {
    const feed = await readFeed(body, about, { maxItems: mostItems }).catch(() => undefined);
    if (feed) return feed;
    throw error;
  }
}

const feedListing = ({ url }: { readonly url: string }): Listing => ({ kind: 'feed', url });

/**
 * What can be news in a sitemap that lists a whole site: what changed lately, the newest first. Of entries without a
 * date those whose address looks like an article's and does not tell of an older day, the highest numbers first, since
 * archives are as often written from their beginning as from their end.
 */
function recentLinks<T extends Link>(links: readonly T[], now: Date): T[] {
  const since = new Date(now.getTime() - recentDays * dayMs).toISOString();
  const sinceMonth = Number(since.slice(0, 7).replace('-', '')) * 100;
  const dated = newestFirst(links.filter(({ published, updated }) => (updated ?? published ?? '') >= since));
  const undated = links.flatMap((link) => {
    const url = (link.updated ?? link.published) === undefined ? URL.parse(link.url) : null;
    if (!url || addressScore(url) < 4) return [];
    const { day, number } = addressAge(url);
    return day > 0 && day < sinceMonth ? [] : [{ link, day, number }];
  });
  undated.sort((a, b) => b.day - a.day || b.number - a.number);
  return [
    ...dated.filter((link) => URL.canParse(link.url) && addressScore(new URL(link.url)) >= 2),
    ...undated.map(({ link }) => link),
  ];
}

/** A link and nothing else of what a feed's item says. */
const linkOf = ({ url, guid, title, summary, published, updated, authors, categories, image, rights }: Link): Link => ({
  url,
  guid,
  title,
  summary,
  published,
  updated,
  authors,
  categories,
  image,
  rights,
});
