import { readFeed } from '../../feeds/read/feed.ts';
import { readSitemap } from '../../feeds/read/sitemap.ts';
import { statusError } from '../crawl/fetch/fetch-error.ts';
import { pageText } from '../crawl/fetch/page.ts';
import { headlineLinks } from '../crawl/listings/section-page.ts';
import { type Listing, listingsOf } from '../crawl/listings/source-listings.ts';
import type { Source } from '../domain/source.ts';
import { listsNothing } from '../domain/source-health.ts';
import type { FetchedPage, FetchPage } from './discover.ts';
import { latestOf } from './latest.ts';

/** How one way into a source answered. */
export interface ListingCheck {
  readonly source: string;
  readonly kind: Listing['kind'];
  readonly url: string;
  /** Links in it. */
  readonly items: number;
  /** When the latest of them was published, where it says so. */
  readonly latest?: string | undefined;
  /** Why it gives nothing, in the operator's words. */
  readonly problem?: string | undefined;
}

type Contents = { readonly items: number; readonly latest?: string | undefined };

/** Tries every listing of a source, one after the other; the front page where it has no other. Never throws for what a site does. */
export async function checkSource(source: Source, fetchPage: FetchPage): Promise<readonly ListingCheck[]> {
  const groups = listingsOf(source);
  // The front page is the last resort.
  const listings = groups.length > 1 ? groups.slice(0, -1).flat() : groups.flat();
  const checks: ListingCheck[] = [];
  for (const { kind, url } of listings) {
    const check = { source: source.id, kind, url };
    try {
      const page = await fetchPage(url, kind === 'section');
      const error = statusError(url, page.status, {}, Date.now());
      if (error) checks.push({ ...check, items: 0, problem: error.message });
      else {
        const contents = await readers[kind](page);
        checks.push({ ...check, ...contents, problem: contents.items === 0 ? listsNothing : undefined });
      }
    } catch (error) {
      checks.push({ ...check, items: 0, problem: error instanceof Error ? error.message : String(error) });
    }
  }
  return checks;
}

const readers: Readonly<Record<ListingCheck['kind'], (page: FetchedPage) => Promise<Contents>>> = {
  async feed(page) {
    const { items } = await readFeed(page.body, page);
    return { items: items.length, latest: latestOf(items) };
  },
  async sitemap(page) {
    const sitemap = await readSitemap(page.body, page);
    const entries = sitemap.kind === 'index' ? sitemap.sitemaps : sitemap.links;
    return { items: entries.length, latest: latestOf(entries) };
  },
  async section({ url, body, contentType }) {
    return { items: headlineLinks(pageText(url, body, contentType), url).length };
  },
};
