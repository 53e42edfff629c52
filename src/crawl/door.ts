import { Buffer } from 'node:buffer';
import { readFeed } from '../../feeds/read.ts';
import { readSitemap } from '../../feeds/sitemap.ts';
import type { Instant, Link } from '../article.ts';
import type { Asked } from '../sources/due.ts';
import { headlineLinks, type ShapeCounts } from './links.ts';
import { pageText } from './page.ts';
import type { Door } from './source.ts';
import { addressScore } from './url-shape.ts';

/** What stood behind a door. */
export interface DoorFindings {
  readonly links: readonly Link[];
  /** Sitemaps of a sitemap index. */
  readonly doors: readonly Door[];
  /** How often the document asks to be asked for. */
  readonly asked: Asked;
}

/** An answer, and what helps to read it. */
export interface DoorInput {
  readonly kind: Door['kind'];
  /** The address that answered. */
  readonly url: string;
  readonly body: Uint8Array;
  readonly contentType: string | undefined;
  readonly shapes: ShapeCounts;
  readonly now: Date;
}

/** New links taken from one door in one crawl: of a feed with 50,000 items the first count. */
const linksPerDoor = 300;
/** Sitemaps of an index that are read: the newest. */
const sitemapsPerIndex = 3;
/** A sitemap that is not one of news lists the whole site; only what changed lately can be news. */
const recentDays = 7;

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

const newestFirst = <T extends { readonly updated?: Instant | undefined }>(entries: readonly T[]): T[] =>
  entries.toSorted((a, b) => (b.updated ?? '').localeCompare(a.updated ?? ''));

/**
 * Reads what a door answered. Runs in a parsing thread, and gives only what is needed of what may be megabytes. Throws
 * FetchError or FeedError when it is not what the door should be.
 */
export async function readDoor({ kind, url, body, contentType, shapes, now }: DoorInput): Promise<DoorFindings> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  switch (kind) {
    case 'feed': {
      const feed = await readFeed(bytes, { url, contentType });
      const links = feed.items
        .slice(0, linksPerDoor)
        .map((item) => ({ ...linkOf(item), url: item.originalUrl ?? item.url }));
      const { ttlMinutes, updateMinutes, skipHours, skipDays } = feed;
      return { links, doors: [], asked: { ttlMinutes, updateMinutes, skipHours, skipDays } };
    }
    case 'sitemap': {
      const sitemap = await readSitemap(bytes, { url, contentType });
      if (sitemap.kind === 'index') {
        // A sitemap of news says so in its name where the newest is not dated.
        const dated = newestFirst(sitemap.sitemaps).sort(
          (a, b) => Number(/news/i.test(b.url)) - Number(/news/i.test(a.url)),
        );
        return { links: [], doors: dated.slice(0, sitemapsPerIndex).map((one) => ({ kind, url: one.url })), asked: {} };
      }
      const since = new Date(now.getTime() - recentDays * 86_400_000).toISOString();
      const news = sitemap.news
        ? sitemap.links
        : newestFirst(sitemap.links).filter((link) => {
            const score = URL.canParse(link.url) ? addressScore(new URL(link.url)) : -10;
            return link.updated === undefined ? score >= 4 : score >= 2 && link.updated >= since;
          });
      return { links: news.slice(0, linksPerDoor).map(linkOf), doors: [], asked: {} };
    }
    case 'section': {
      const headlines = headlineLinks(pageText(url, body, contentType), url, { shapes, limit: linksPerDoor });
      return {
        links: headlines.map((headline) => ({ ...headline, authors: [], categories: [] })),
        doors: [],
        asked: {},
      };
    }
    default:
      return kind satisfies never;
  }
}

/** A link and nothing else of what a feed's item says. */
const linkOf = ({ url, guid, title, summary, published, updated, authors, categories, image }: Link): Link => ({
  url,
  guid,
  title,
  summary,
  published,
  updated,
  authors,
  categories,
  image,
});
