import type { FoundLink, Link } from '../../domain/article.ts';
import { mergeRights } from '../../domain/rights.ts';
import type { Source } from '../../domain/source.ts';
import { type ListingAnswer, listsNothing } from '../../domain/source-health.ts';
import { dayMs } from '../../domain/time.ts';
import { canonicalUrl } from '../../text/canonical-url.ts';
import type { FetchResult } from '../fetch/client.ts';
import { recallValidators, rememberAnswer } from '../fetch/http-cache.ts';
import { mayBePage } from '../fetch/page.ts';
import { askedByHeaders } from '../listings/listing.ts';
import { type Listing, listingsOf } from '../listings/source-listings.ts';
import { type Crawling, type CrawlParts, patienceOf } from './crawl-run.ts';
import type { PageRequest } from './page-request.ts';
import type { OpenReport } from './report.ts';

/** Documents that list links, read in one crawl at most: feeds, sitemaps of an index, pages of a section. */
const mostListings = 40;
/** Sitemaps that robots.txt names and that are read where no other way into the source works. */
const lastResorts = 3;
/** A source that lists nothing new for longer is looked at through its other listings as well: a feed may be given up and yet answer. */
const quietDays = 14;
const acceptLists =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';
const listBytes = 52_428_800;

/** What earlier crawls of the source came to. */
export interface EarlierCrawls {
  /** When its own listings last listed something new; undefined before anything is known. */
  readonly newsAt?: Date | undefined;
}

/** A listing under way: what it lists, and how it answered. */
interface Asked {
  readonly listing: Listing;
  readonly links: Link[];
  answer?: Omit<ListingAnswer, 'kind' | 'url' | 'items' | 'fresh'>;
}

/** The first half of a crawl: reads the ways into a source and writes down every link that nobody had seen. */
export class ListingReader {
  readonly #crawling: Crawling;
  readonly #source: Source;
  readonly #parts: CrawlParts;
  readonly #report: OpenReport;
  readonly #earlier: EarlierCrawls;
  readonly #asked: Asked[] = [];
  readonly #answers: {
    readonly url: string;
    readonly result: Pick<FetchResult, 'status' | 'headers' | 'notModified'>;
  }[] = [];
  readonly #tried = new Set<string>();
  #answered = 0;

  constructor(crawling: Crawling, earlier: EarlierCrawls) {
    this.#crawling = crawling;
    this.#source = crawling.source;
    this.#parts = crawling.parts;
    this.#report = crawling.report;
    this.#earlier = earlier;
  }

  /** Listings that answered so far. */
  get answered(): number {
    return this.#answered;
  }

  /** Tries the ways into the source, the best first, until one gives something. */
  async read(): Promise<void> {
    const report = this.#report;
    const { newsAt } = this.#earlier;
    const isQuiet = newsAt !== undefined && this.#crawling.now().getTime() - newsAt.getTime() > quietDays * dayMs;
    const groups = [...listingsOf(this.#source).map((listings) => async () => listings), () => this.#namedSitemaps()];
    for (const [index, listings] of groups.entries()) {
      if (this.#crawling.signal.aborted) return;
      await this.#crawling.request(this.#listings(await listings()));
      await this.#register();
      if (index === 0) report.news = report.found;
      const gave = report.listed > 0 || report.notModified > 0;
      if (gave && (!isQuiet || report.found > 0)) break;
    }
    if (isQuiet && report.news === 0 && report.found > 0)
      report.warnings.push(
        `its listings have listed nothing new since ${newsAt.toISOString().slice(0, 10)}, but other pages of the site have news: look for its feed with \`courant sources add\``,
      );
  }

  /** The last resort: what robots.txt names, sitemaps of news before others. */
  async #namedSitemaps(): Promise<Listing[]> {
    const named = await this.#parts.clientFor(this.#source).sitemaps(new URL(this.#source.home));
    const newsFirst = named.toSorted((a, b) => Number(/news/i.test(b)) - Number(/news/i.test(a)));
    return newsFirst.slice(0, lastResorts).map((url) => ({ kind: 'sitemap', url }));
  }

  /** Those of these listings that were not tried yet in this crawl. */
  #listings(listings: readonly Listing[], page = 1): PageRequest[] {
    const tried = this.#tried;
    return listings.flatMap((listing) => {
      if (tried.has(listing.url) || tried.size >= mostListings) return [];
      tried.add(listing.url);
      return this.#listing(listing, page);
    });
  }

  /** True when most of a page's links were never seen, so that more such may stand on the next page. */
  async #isMostlyNew(links: readonly Link[]): Promise<boolean> {
    const keys = [...new Set(links.flatMap(({ url }) => canonicalUrl(url) ?? []))];
    const known = await this.#parts.links.known(keys);
    return keys.length > 0 && known.size < keys.length / 2;
  }

  /** @param page of a section that goes on over several */
  #listing(listing: Listing, page: number): PageRequest {
    const { httpCache, parser } = this.#parts;
    const { url } = listing;
    const { limits, feeds, home } = this.#source;
    const asked: Asked = { listing, links: [] };
    this.#asked.push(asked);
    return {
      url,
      fetchOptions: async () => ({
        validators: await recallValidators(httpCache, url),
        cookies: this.#crawling.cookies,
        ...patienceOf(this.#source),
        // A sitemap may hold 50 MB by its protocol.
        ...(listing.kind === 'section' ? { wants: mayBePage } : { accept: acceptLists, maxBytes: listBytes }),
      }),
      onAnswer: async (result) => {
        const { status, headers, notModified } = result;
        if (notModified) {
          this.#answered++;
          asked.answer = { status };
          this.#report.notModified++;
          await rememberAnswer(httpCache, url, result);
          return undefined;
        }
        asked.answer = { status };
        const { shapes } = await this.#crawling.memories.of(new URL(result.url).host);
        const findings = await parser.run('listing', {
          kind: listing.kind,
          url: result.url,
          body: result.body,
          contentType: headers['content-type'],
          // Where its feeds gave nothing, the site may have others by now.
          namesFeeds: url === home && feeds.length > 0,
          forHeadlines: this.#source.take === 'headlines',
          shapes,
          now: this.#crawling.now(),
        });
        this.#answered++;
        asked.links.push(...findings.links.map((link) => ({ ...link, listing: url })));
        const isEmpty = findings.links.length + findings.listings.length === 0;
        asked.answer = { status, ...(isEmpty ? { problem: listsNothing } : {}) };
        if (isEmpty && listing.kind === 'feed') this.#report.warnings.push(`feed ${url}: ${listsNothing}`);
        const { description, rights } = findings;
        if (rights !== undefined) this.#report.rights = mergeRights(this.#report.rights, rights);
        if (description !== undefined)
          await this.#crawling.memories.learnListing(
            result.url,
            description,
            findings.links,
            this.#crawling.now().toISOString(),
          );
        this.#report.asked = { ...this.#report.asked, ...askedByHeaders(headers), ...findings.asked };
        const { redirects } = result;
        if (redirects.length > 0 && redirects.every(({ status }) => status === 301 || status === 308))
          this.#report.warnings.push(`${listing.kind} ${url} has moved to ${result.url}`);
        // What leads on to other listings is always asked for whole: they may change while it does not.
        // What lists nothing as well: 'not modified' would hide that it is broken.
        if (findings.listings.length === 0 && !isEmpty)
          this.#answers.push({ url, result: { status, headers, notModified } });
        const listings = this.#listings(findings.listings);
        if (listing.kind === 'section' && listings.length > 0)
          this.#report.warnings.push(`its front page names ${listings.map(({ url }) => url).join(' and ')}`);
        const mayGoOn = findings.next !== undefined && page < limits.pagesPerSection;
        if (mayGoOn && (await this.#isMostlyNew(findings.links)))
          listings.push(...this.#listings([{ kind: 'section', url: findings.next }], page + 1));
        return listings;
      },
      onFailure: async (error) => {
        // The list ends one page earlier than it says: no news for the operator.
        if (page > 1 && error.reason === 'gone') return;
        this.#report.warnings.push(`${listing.kind} ${url}: ${error.message}`);
        const status = error.status ?? asked.answer?.status;
        asked.answer = { status, problem: error.message, unasked: error.unasked || undefined };
        if (error.retryAfterMs !== undefined) {
          const retryAfter = new Date(this.#crawling.now().getTime() + error.retryAfterMs).toISOString();
          this.#report.asked = { ...this.#report.asked, retryAfter };
        }
      },
    };
  }

  /** Writes down what the listings listed; where several list a link, what the first of them says counts. */
  async #register(): Promise<void> {
    const { links, revisits, httpCache } = this.#parts;
    const asked = this.#asked.splice(0);
    const found = new Map<string, FoundLink>();
    for (const link of asked.flatMap(({ links }) => links)) {
      const key = canonicalUrl(link.url);
      if (key !== undefined && !found.has(key)) found.set(key, { key, link });
    }
    const all = [...found.values()];
    this.#report.listed += all.length;
    this.#report.published.push(...all.flatMap(({ link }) => link.published ?? []));
    const known = await links.known([...found.keys()]);
    this.#report.listings.push(...answersOf(asked, new Set(all.filter(({ key }) => !known.has(key)))));
    this.#report.found += await links.register(this.#source.id, all, this.#crawling.now());
    await revisits.noticeChanges(this.#source.id, all, this.#crawling.now());
    // Only now: what the answers said is stored.
    for (const { url, result } of this.#answers.splice(0)) await rememberAnswer(httpCache, url, result);
  }
}

/** How the listings answered; what is new counts for the first listing that lists it. */
function answersOf(asked: readonly Asked[], fresh: ReadonlySet<FoundLink>): ListingAnswer[] {
  const freshAt = Map.groupBy(fresh, ({ link }) => link.listing);
  return asked.flatMap(({ listing: { kind, url }, links, answer }) =>
    answer ? [{ kind, url, ...answer, items: links.length, fresh: freshAt.get(url)?.length ?? 0 }] : [],
  );
}
