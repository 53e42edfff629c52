import { type FeedDocument, FeedError, readFeed } from '../../feeds/read/feed.ts';
import { readSitemap, type Sitemap } from '../../feeds/read/sitemap.ts';
import { FetchError } from '../crawl/fetch/fetch-error.ts';
import { pageText } from '../crawl/fetch/page.ts';
import { maxRobotsBytes, parseRobots } from '../crawl/fetch/robots.ts';
import { type PageHead, readPageHead } from '../crawl/listings/page-head.ts';
import { addressScore } from '../crawl/listings/url-shape.ts';
import { latestOf } from './latest.ts';

/** What an address answered; `url` is the address after redirects. */
export interface FetchedPage {
  readonly url: string;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
}

/** Fetches an address; any status is an answer. Throws when there is none. `isPage`: only a web page is wanted. */
export type FetchPage = (url: string, isPage?: boolean) => Promise<FetchedPage>;

/** A way to a site's articles that was tried and works. */
interface FoundListing {
  readonly kind: 'feed' | 'sitemap' | 'section';
  readonly url: string;
  /** How it was found. */
  readonly by: 'given' | 'link' | 'anchor' | 'usual path' | 'robots.txt' | 'front page';
  readonly title?: string | undefined;
  /** Links in it; 0 for a section. */
  readonly items: number;
  /** When the latest of them was published. */
  readonly latest?: string | undefined;
}

/** What is known of a site after looking at it. */
export interface Discovered {
  readonly name: string;
  readonly home: string;
  /** BCP 47 */
  readonly lang?: string | undefined;
  /** ISO 3166-1 alpha-2, from the top-level domain or the declared language. */
  readonly country?: string | undefined;
  /** The best first; never empty: the front page is the last resort. */
  readonly listings: readonly FoundListing[];
  /** What was tried in vain, in the operator's words. */
  readonly notes: readonly string[];
}

/** Where content management systems put their feeds, the most widespread first. */
const usualFeedPaths = [
  '/feed/',
  '/rss',
  '/rss.xml',
  '/feed.xml',
  '/atom.xml',
  '/index.xml',
  '/feed.json',
  '/feeds/all',
];
const usualSitemapPaths = ['/sitemap-news.xml', '/news-sitemap.xml', '/sitemap_news.xml', '/sitemap.xml'];
const mostFeedsTried = 8;
const mostFeedsKept = 3;
const mostSitemapsTried = 6;

/**
 * Looks at a site for ways to its articles: feeds that its pages name, feeds at the usual addresses, news sitemaps that
 * robots.txt names or that stand at the usual addresses, and at last the front page. Each is fetched and read before it
 * counts. One request at a time, some twenty at most.
 *
 * @param address a page of the site, or a feed
 * @throws what `fetchPage` throws when the address itself does not answer, and FeedError when it is neither page nor feed
 */
export async function discover(address: string, fetchPage: FetchPage): Promise<Discovered> {
  const search = new Search(fetchPage);
  const start = await fetchPage(address);
  if (start.status >= 400) throw new FeedError('nothing', `${address} answered ${start.status}; try the front page.`);

  const given = await search.asFeed(start, 'given');
  const home = given ? homeOf(given.document, start.url) : start.url;
  const page = given ? await search.page(home) : start;
  const head = page && headOf(page);
  if (given) search.listings.push(given.listing);
  else {
    if (!head) throw new FeedError('html', `${address} is neither a web page nor a feed.`);
    await search.feeds(head, home);
    await search.sitemaps(home);
  }
  if (search.listings.length === 0)
    search.listings.push({ kind: 'section', url: home, by: 'front page', title: head?.title, items: 0 });
  const document = given?.document ?? search.documents[0];
  const lang = language(document?.language) ?? language(head?.lang);
  return {
    name:
      head?.siteName ??
      nameIn(document?.title ?? head?.title, new URL(home).host) ??
      new URL(home).host.replace(/^www\./, ''),
    home,
    lang,
    country: countryOf(new URL(home), document?.language ?? head?.lang),
    listings: search.listings,
    notes: search.notes,
  };
}

class Search {
  readonly listings: FoundListing[] = [];
  readonly documents: FeedDocument[] = [];
  readonly notes: string[] = [];
  readonly #fetchPage: FetchPage;
  readonly #seen = new Set<string>();

  constructor(fetchPage: FetchPage) {
    this.#fetchPage = fetchPage;
  }

  /** Undefined when there is no answer, or an address was tried before. A guessed address that does not exist is no news. */
  async page(url: string, isGuess = false): Promise<FetchedPage | undefined> {
    if (this.#seen.has(url)) return undefined;
    this.#seen.add(url);
    try {
      const page = await this.#fetchPage(url);
      this.#seen.add(page.url);
      if (page.status < 300) return page;
      if (!isGuess) this.notes.push(`${url} answered ${page.status}`);
    } catch (error) {
      this.notes.push(`${url}: ${error instanceof Error ? error.message : String(error)}`);
    }
    return undefined;
  }

  async asFeed(
    page: FetchedPage,
    by: FoundListing['by'],
  ): Promise<{ listing: FoundListing; document: FeedDocument } | undefined> {
    try {
      const document = await readFeed(page.body, page);
      const listing = {
        kind: 'feed',
        url: page.url,
        by,
        title: document.title,
        items: document.items.length,
        latest: latestOf(document.items),
      } as const;
      return { listing, document };
    } catch (error) {
      if (!(error instanceof FeedError)) throw error;
      return undefined;
    }
  }

  /** Feeds that the page names; the usual addresses only when it names none that works. */
  async feeds(head: PageHead, home: string): Promise<void> {
    const named = head.feeds.filter(({ title, url }) => !isCommentFeed(title, url));
    await this.#tryFeeds(
      named.map(({ url }) => url),
      'link',
    );
    if (this.listings.length === 0) await this.#tryFeeds(head.feedAnchors, 'anchor');
    if (this.listings.length === 0) {
      const below = home.endsWith('/') ? home : `${home}/`;
      await this.#tryFeeds(
        [...new Set(usualFeedPaths.flatMap((path) => [new URL(`.${path}`, below).href, new URL(path, home).href]))],
        'usual path',
      );
    }
  }

  async #tryFeeds(urls: readonly string[], by: FoundListing['by']): Promise<void> {
    const queue = urls.slice(0, by === 'usual path' ? urls.length : mostFeedsTried);
    let lists = 0;
    for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
      const page = await this.page(url, by === 'usual path');
      const feed = page && (await this.asFeed(page, by));
      if (page && !feed) {
        // What answers here may be a page that lists the site's feeds.
        const listed = lists < 2 ? (headOf(page)?.feedAnchors ?? []) : [];
        if (listed.length > 0) lists += 1;
        else if (by !== 'usual path') this.notes.push(`${url} is not a feed`);
        queue.unshift(...listed.slice(0, mostFeedsTried));
      }
      if (!feed || !this.#keep(feed)) continue;
      // One feed at a usual address is the site's feed; a page may name several, of sections.
      if (by === 'usual path' || this.documents.length >= mostFeedsKept) return;
    }
  }

  /** Keeps a feed that has items of the site which no other feed has. @returns whether it was kept */
  #keep({ listing, document }: { readonly listing: FoundListing; readonly document: FeedDocument }): boolean {
    if (document.items.length === 0 || this.#isTwin(document)) return false;
    if (holdsComments(document) || isFeedOfPost(document, listing.url)) return false;
    this.listings.push(listing);
    this.documents.push(document);
    return true;
  }

  /** The same items in another format, or a section of a feed that is known already. */
  #isTwin({ items }: FeedDocument): boolean {
    return this.documents.some((known) => {
      const urls = new Set(known.items.map(({ url }) => url));
      return items.filter(({ url }) => urls.has(url)).length > items.length / 2;
    });
  }

  /** News sitemaps; other sitemaps only when there is nothing else. */
  async sitemaps(home: string): Promise<void> {
    const robots = await this.page(new URL('/robots.txt', home).href);
    const text = robots ? new TextDecoder().decode(robots.body.subarray(0, maxRobotsBytes)) : '';
    const named = parseRobots(text).sitemaps.flatMap((url) => URL.parse(url, home)?.href ?? []);
    const usual = named.length > 0 ? [] : usualSitemapPaths.map((path) => new URL(path, home).href);
    const queue = [...new Set([...named.toSorted(newsFirst), ...usual])];
    for (let tried = 0; tried < mostSitemapsTried && queue.length > 0; tried += 1) {
      const url = queue.shift() ?? '';
      const page = await this.page(url, usual.includes(url));
      // The protocol allows RSS and Atom as sitemaps (sitemaps.org, 'Other Sitemap formats'): such a one is the better for being a feed.
      const feed = page && (await this.asFeed(page, named.includes(url) ? 'robots.txt' : 'usual path'));
      if (feed && this.documents.length < mostFeedsKept) this.#keep(feed);
      const sitemap = page && !feed && (await asSitemap(page));
      if (!page || !sitemap) continue;
      if (sitemap.kind === 'index') {
        queue.push(
          ...sitemap.sitemaps
            .map((one) => one.url)
            .filter(isNewsAddress)
            .slice(0, 3),
        );
        if (this.listings.length === 0 && !sitemap.sitemaps.some((one) => isNewsAddress(one.url)))
          this.listings.push(sitemapListing(page.url, sitemap.sitemaps, named.includes(url)));
      } else if (sitemap.news || (this.listings.length === 0 && sitemap.links.length > 0)) {
        this.listings.push(sitemapListing(page.url, sitemap.links, named.includes(url)));
        if (sitemap.news) return;
      }
    }
  }
}

/** Undefined when the answer is no web page. */
function headOf({ body, contentType, url }: FetchedPage): PageHead | undefined {
  try {
    return readPageHead(pageText(url, body, contentType), url);
  } catch (error) {
    if (error instanceof FetchError) return undefined;
    throw error;
  }
}

async function asSitemap(page: FetchedPage): Promise<Sitemap | undefined> {
  try {
    return await readSitemap(page.body, page);
  } catch (error) {
    if (error instanceof FeedError) return undefined;
    throw error;
  }
}

function sitemapListing(
  url: string,
  entries: readonly { readonly published?: string | undefined; readonly updated?: string | undefined }[],
  isNamed: boolean,
): FoundListing {
  return {
    kind: 'sitemap',
    url,
    by: isNamed ? 'robots.txt' : 'usual path',
    items: entries.length,
    latest: latestOf(entries),
  };
}

const isNewsAddress = (url: string): boolean => /news|latest|recent|today|google/i.test(new URL(url).pathname);
const newsFirst = (a: string, b: string): number => Number(isNewsAddress(b)) - Number(isNewsAddress(a));

/** By what it calls itself, in the languages of blog systems, or by its address. */
const isCommentFeed = (title: string | undefined, url: string): boolean =>
  /\bcomments?\b|comm?entari|comentário|commentaire|kommenta|reacties|reakcij|komment|коментар|комментар|komentar|komentá|yorum|σχόλια|تعليقات|תגובות|コメント|评论|評論|댓글|bình luận|komentář/i.test(
    title ?? '',
  ) || /\/comments?\/|[?&]feed=comments|\/comments-?(?:feed|rss)/i.test(url);

/** Its items are places on pages, `#comment-12`: what readers wrote, not the site. */
const holdsComments = ({ items }: FeedDocument): boolean =>
  items.length > 0 &&
  items.filter(({ url, guid = '' }) => commentMark.test(url) || commentMark.test(guid)).length * 2 > items.length;
const commentMark = /#(?:comment|respond|c\d|reply|r)|[?&]comment(?:_?id)?=/i;

/** The feed of one post (of its comments, even while it has none): it stands below the page and calls it its own. */
const isFeedOfPost = ({ link }: FeedDocument, url: string): boolean => {
  const own = URL.parse(link ?? '');
  const below = own?.pathname.replace(/\/?$/, '/') ?? '/';
  return (
    own !== null && own.host === new URL(url).host && addressScore(own) >= 2 && new URL(url).pathname.startsWith(below)
  );
};

const homeOf = ({ link }: FeedDocument, feedUrl: string): string =>
  link !== undefined && /^https?:/i.test(link) && URL.canParse(link) ? new URL(link).href : new URL('/', feedUrl).href;

const language = (declared: string | undefined): string | undefined => {
  const [primary = '', ...rest] = (declared ?? '').trim().replaceAll('_', '-').split('-');
  if (!/^[a-z]{2,3}$/i.test(primary)) return undefined;
  const tag = [primary, ...rest.filter((part) => /^[a-z0-9]{2,8}$/i.test(part))].join('-');
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return primary.toLowerCase();
  }
};

/** `Latest news | The Daily Post` → `The Daily Post`: the part that the host is named after, else the last. */
function nameIn(title: string | undefined, host: string): string | undefined {
  const parts = (title ?? '')
    .slice(0, 1000)
    .split(/\s+[|»›·–—-]\s+/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !/^(?:feed|rss|home|latest news|news|atom)$/i.test(part));
  const label = host.replace(/^www\./, '').split('.')[0] ?? host;
  const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return parts.find((part) => letters(part).includes(letters(label))) ?? parts.at(-1);
}

/** Country domains that are sold to the whole world. */
const sold = new Set(['ai', 'cc', 'co', 'eu', 'fm', 'gg', 'io', 'ly', 'su', 'to', 'tv', 'ws']);

/** A guess that the operator sees and can change: the country domain, else the region of the declared language. */
function countryOf({ hostname }: URL, declared: string | undefined): string | undefined {
  const domain = hostname.split('.').at(-1) ?? '';
  const code = domain === 'uk' ? 'GB' : domain.toUpperCase();
  const region = /^[a-z]{2,3}(?:-[a-z]{4})?[-_]([a-z]{2})\b/i.exec(declared ?? '')?.[1]?.toUpperCase();
  const known = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const isCountry = (one: string | undefined) =>
    one !== undefined && /^[A-Z]{2}$/.test(one) && known.of(one) !== undefined;
  if (!sold.has(domain) && isCountry(code)) return code;
  return isCountry(region) ? region : undefined;
}
