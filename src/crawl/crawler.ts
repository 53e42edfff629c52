import { CookieJar } from 'tough-cookie';
import type { Instant, Link, Reason, Stage } from '../article.ts';
import { canonicalUrl } from '../dedupe/canonical-url.ts';
import type { Log } from '../log.ts';
import type { ArticleJob } from '../queue/queues.ts';
import type { Db } from '../store/db.ts';
import {
  countTry,
  type FoundLink,
  knownKeys,
  markQueued,
  type OpenLink,
  openLinks,
  registerLinks,
  scheduleRevisit,
  writeOutcome,
} from '../store/links.ts';
import { noticeChanges, withdrawArticle } from '../store/revisits.ts';
import { NoBrowserError } from './browser.ts';
import type { FetchOptions, FetchResult } from './client.ts';
import { askedByHeaders } from './door.ts';
import type { FetchError } from './fetch-error.ts';
import { HostMemories, type HostMemoryStore } from './host-memory.ts';
import type { HttpMemory } from './http-memory.ts';
import { mayBePage } from './page.ts';
import type { ParserPool } from './parser-pool.ts';
import type { PoliteClient, PoliteFetch } from './polite-client.ts';
import { type CrawlReport, type OpenReport, openReport } from './report.ts';
import { nextRevisit } from './revisit.ts';
import { type CrawlSource, type Door, doorsOf, isWanted } from './source.ts';
import type { Visit, Visitor } from './visit.ts';

export type { CrawlReport } from './report.ts';

export interface CrawlParts {
  readonly db: Db;
  /** The client for a source: through its own proxy, at its own pace. */
  readonly clientFor: (source: CrawlSource) => PoliteClient;
  readonly visitor: Visitor;
  readonly httpMemory: HttpMemory;
  readonly hostMemory: HostMemoryStore;
  readonly parser: ParserPool;
  /** Hands an article on to ingest. */
  readonly emit: (job: ArticleJob) => Promise<void>;
  readonly log: Log;
  readonly now?: (() => Date) | undefined;
}

/** Links fetched in one crawl where the source does not say; what is more waits for the next. */
const articlesPerCrawl = 100;
/** A crawl that takes longer leaves the rest for the next, so that a few slow sites never take up all crawls at a time. */
const crawlMinutes = 20;
/** Documents that list links, read in one crawl at most: feeds, sitemaps of an index, pages of a section. */
const mostDoors = 40;
/** Sitemaps that robots.txt names and that are read where no other way into the source works. */
const lastResorts = 3;
/** Pages of a section that are read where the source does not say. */
const pagesPerSection = 3;
/** A source that lists nothing new for longer is looked at through its other doors as well: a feed may be given up and yet answer. */
const quietDays = 14;
/** Crawls in which a link may fail before it is given up; each tries it up to four times. */
const crawlsBeforeGivingUp = 5;
const retriesInCrawl = 3;
/** So long after its publication a page that is not found may be late: feeds are often ahead of the site's servers. */
const lateHours = 6;
const triesIfLate = 2;
/** A link of a site that may not be asked for so long is given up. */
const longestWaitDays = 7;
const refreshesFollowed = 3;
const acceptLists =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';
const listBytes = 52_428_800;

/** What earlier crawls of the source came to. */
export interface EarlierCrawls {
  /** When its own doors last listed something new; undefined before anything is known. */
  readonly newsAt?: Date | undefined;
}

/**
 * Crawls one source: reads its doors, writes down every link nobody had seen, fetches what is open and hands the
 * articles on. Each link ends in an outcome or on the article queue, or stays open for the next crawl. Nothing is lost
 * when it is stopped at any moment. Throws when the store or the queue fails.
 */
export async function crawlSource(
  source: CrawlSource,
  parts: CrawlParts,
  signal: AbortSignal,
  history: EarlierCrawls = {},
): Promise<CrawlReport> {
  const enough = AbortSignal.any([signal, AbortSignal.timeout(crawlMinutes * 60_000)]);
  const crawl = new Crawl(source, parts, enough, history);
  try {
    return await crawl.run();
  } catch (error) {
    // Trying again would not help before the operator has done something.
    if (error instanceof NoBrowserError) return crawl.failed(error.message);
    throw error;
  } finally {
    await crawl.memories.save();
  }
}

class Crawl {
  readonly #source: CrawlSource;
  readonly #parts: CrawlParts;
  readonly #signal: AbortSignal;
  readonly #report: OpenReport;
  readonly #cookies = new CookieJar();
  readonly #now: () => Date;
  readonly memories: HostMemories;
  readonly #listed: Link[][] = [];
  readonly #answered: { readonly url: string; readonly result: Parameters<HttpMemory['remember']>[1] }[] = [];
  readonly #doorsTried = new Set<string>();
  readonly #history: EarlierCrawls;
  #doorsAnswered = 0;
  #linksEnded = 0;

  constructor(source: CrawlSource, parts: CrawlParts, signal: AbortSignal, history: EarlierCrawls) {
    this.#source = source;
    this.#parts = parts;
    this.#signal = signal;
    this.#history = history;
    this.#report = openReport(source.id);
    this.#now = parts.now ?? (() => new Date());
    this.memories = new HostMemories(parts.hostMemory);
  }

  async run(): Promise<CrawlReport> {
    const report = this.#report;
    await this.#readDoors();
    if (this.#doorsAnswered === 0)
      report.error = report.warnings.join('; ') || 'The source names no feed, sitemap or page.';
    const { visits, more } = await this.#openVisits();
    await this.#visit(visits);
    report.backlog = more || this.#linksEnded < visits.length;
    return report;
  }

  /** Tries the ways into the source, the best first, until one gives something. */
  async #readDoors(): Promise<void> {
    const report = this.#report;
    const { newsAt } = this.#history;
    const isQuiet = newsAt !== undefined && this.#now().getTime() - newsAt.getTime() > quietDays * 86_400_000;
    const groups = [...doorsOf(this.#source).map((doors) => async () => doors), () => this.#namedSitemaps()];
    for (const [place, doors] of groups.entries()) {
      if (this.#signal.aborted) return;
      await this.#visit(this.#doors(await doors()));
      await this.#register();
      if (place === 0) report.news = report.found;
      const gave = report.listed > 0 || report.notModified > 0;
      if (gave && (!isQuiet || report.found > 0)) break;
    }
    if (isQuiet && report.news === 0 && report.found > 0)
      report.warnings.push(
        `its doors have listed nothing new since ${newsAt.toISOString().slice(0, 10)}, but other pages of the site have news: look for its feed with \`courant sources add\``,
      );
  }

  /** The last resort: what robots.txt names, sitemaps of news before others. */
  async #namedSitemaps(): Promise<Door[]> {
    const { home, feeds = [], sections = [] } = this.#source;
    const site = home ?? sections[0] ?? feeds[0];
    if (site === undefined) return [];
    const named = await this.#parts.clientFor(this.#source).sitemaps(new URL(site));
    const newsFirst = named.toSorted((a, b) => Number(/news/i.test(b)) - Number(/news/i.test(a)));
    return newsFirst.slice(0, lastResorts).map((url) => ({ kind: 'sitemap', url }));
  }

  /** Those of these doors that were not tried yet in this crawl. */
  #doors(doors: readonly Door[], page = 1): Visit[] {
    const tried = this.#doorsTried;
    return doors.flatMap((door) => {
      if (tried.has(door.url) || tried.size >= mostDoors) return [];
      tried.add(door.url);
      return this.#door(door, page);
    });
  }

  /** True when most of a page's links were never seen, so that more such may stand on the next page. */
  async #isMostlyNew(links: readonly Link[]): Promise<boolean> {
    const keys = [...new Set(links.flatMap(({ url }) => canonicalUrl(url) ?? []))];
    const known = await knownKeys(this.#parts.db, keys);
    return keys.length > 0 && known.size < keys.length / 2;
  }

  failed(error: string): CrawlReport {
    return { ...this.#report, error };
  }

  async #visit(visits: readonly Visit[]): Promise<void> {
    if (visits.length === 0) return;
    const client = this.#parts.clientFor(this.#source);
    const counting: PoliteFetch = {
      fetch: async (url, options) => {
        this.#report.requests++;
        const asked = performance.now();
        const result = await client.fetch(url, options);
        this.#report.fetchMs += performance.now() - asked;
        this.#report.requests += result.redirects.length;
        return result;
      },
    };
    await this.#parts.visitor.visitAll(visits, {
      client: counting,
      concurrency: 2,
      retries: retriesInCrawl,
      signal: this.#signal,
    });
  }

  /** @param page of a section that goes on over several */
  #door(door: Door, page: number): Visit {
    const { httpMemory, parser } = this.#parts;
    const { url } = door;
    const { limits, feeds = [], home } = this.#source;
    const links: Link[] = [];
    this.#listed.push(links);
    return {
      url,
      fetchOptions: async () => ({
        validators: await httpMemory.recall(url),
        cookies: this.#cookies,
        headers: this.#source.headers,
        ...this.#patience(),
        // A sitemap may hold 50 MB by its protocol.
        ...(door.kind === 'section' ? { wants: mayBePage } : { accept: acceptLists, maxBytes: listBytes }),
      }),
      onAnswer: async (result) => {
        if (result.notModified) {
          this.#doorsAnswered++;
          this.#report.notModified++;
          await httpMemory.remember(url, result);
          return undefined;
        }
        const { shapes } = await this.memories.of(new URL(result.url).host);
        const { status, headers, notModified } = result;
        const findings = await parser.run('door', {
          kind: door.kind,
          url: result.url,
          body: result.body,
          contentType: headers['content-type'],
          // Where its feeds gave nothing, the site may have others by now.
          namesFeeds: url === home && feeds.length > 0,
          shapes,
          now: this.#now(),
        });
        this.#doorsAnswered++;
        links.push(...findings.links);
        this.#report.asked = { ...this.#report.asked, ...askedByHeaders(headers), ...findings.asked };
        const { redirects } = result;
        if (redirects.length > 0 && redirects.every(({ status }) => status === 301 || status === 308))
          this.#report.warnings.push(`${door.kind} ${url} has moved to ${result.url}`);
        this.#answered.push({ url, result: { status, headers, notModified } });
        const doors = this.#doors(findings.doors);
        if (door.kind === 'section' && doors.length > 0)
          this.#report.warnings.push(`its front page names ${doors.map(({ url }) => url).join(' and ')}`);
        const mayGoOn = findings.next !== undefined && page < (limits?.pagesPerSection ?? pagesPerSection);
        if (mayGoOn && (await this.#isMostlyNew(findings.links)))
          doors.push(...this.#doors([{ kind: 'section', url: findings.next }], page + 1));
        return doors;
      },
      onFailure: async (error) => {
        // The list ends one page earlier than it says: no news for the operator.
        if (page > 1 && error.reason === 'gone') return;
        this.#report.warnings.push(`${door.kind} ${url}: ${error.message}`);
        if (error.retryAfterMs !== undefined) {
          const retryAfter = new Date(this.#now().getTime() + error.retryAfterMs).toISOString();
          this.#report.asked = { ...this.#report.asked, retryAfter };
        }
      },
    };
  }

  /** Writes down what the doors listed; where several list a link, what the first of them says counts. */
  async #register(): Promise<void> {
    const { db, httpMemory } = this.#parts;
    const found = new Map<string, FoundLink>();
    for (const link of this.#listed.splice(0).flat()) {
      const key = canonicalUrl(link.url);
      if (key !== undefined && !found.has(key)) found.set(key, { key, link });
    }
    const all = [...found.values()];
    this.#report.listed += all.length;
    this.#report.published = all.flatMap(({ link }) => link.published ?? []);
    this.#report.found += await registerLinks(db, this.#source.id, all, this.#now());
    await noticeChanges(db, this.#source.id, all, this.#now());
    // Only now: what the answers said is stored.
    for (const { url, result } of this.#answered.splice(0)) await httpMemory.remember(url, result);
  }

  async #openVisits(): Promise<{ visits: Visit[]; more: boolean }> {
    const limit = this.#source.limits?.articlesPerCrawl ?? articlesPerCrawl;
    const open = await openLinks(this.#parts.db, this.#source.id, { now: this.#now(), limit });
    const visits: Visit[] = [];
    for (const link of open)
      if (!isWanted(this.#source, link.link.url)) await this.#reject(link, 'crawl', 'excluded');
      else if (this.#isTooOld(link.link.published)) await this.#reject(link, 'crawl', 'too-old');
      else visits.push(this.#article(link, link.link.url, 0));
    return { visits, more: open.filter(({ revisit }) => !revisit).length >= limit };
  }

  /** What the source says about how long an answer may take. */
  #patience(): Pick<FetchOptions, 'maxRedirects' | 'totalMs'> {
    const { maxRedirects, maxSeconds } = this.#source.limits ?? {};
    return { maxRedirects, totalMs: maxSeconds === undefined ? undefined : maxSeconds * 1000 };
  }

  #isTooOld(published: Instant | undefined): boolean {
    const days = this.#source.limits?.maxAgeDays;
    return (
      days !== undefined && published !== undefined && this.#now().getTime() - Date.parse(published) > days * 86_400_000
    );
  }

  #article(open: OpenLink, url: string, refreshes: number): Visit {
    const { httpMemory } = this.#parts;
    const ended = () => {
      if (refreshes === 0) this.#linksEnded++;
    };
    return {
      url,
      fetchOptions: async () => ({
        validators: open.revisit ? await httpMemory.recall(url) : undefined,
        wants: mayBePage,
        maxBytes: this.#source.limits?.maxBytes,
        cookies: this.#cookies,
        headers: this.#source.headers,
        ...this.#patience(),
      }),
      onAnswer: async (result) => {
        ended();
        if (open.revisit) this.#report.revisited++;
        if (result.notModified) {
          this.#report.notModified++;
          await this.#planRevisit(open);
          await httpMemory.remember(url, result);
          return undefined;
        }
        this.#report.pages++;
        const refresh = await this.#read(open, result);
        if (refresh !== undefined && refreshes < refreshesFollowed)
          return [this.#article(open, refresh, refreshes + 1)];
        await httpMemory.remember(url, result);
        return undefined;
      },
      onFailure: (error) => {
        ended();
        return this.#failed(open, error);
      },
    };
  }

  /** Takes the article out of the page and hands it on. Gives the address that the page sends its readers on to, if that is all it does. */
  async #read(open: OpenLink, result: FetchResult): Promise<string | undefined> {
    const { parser, emit, db } = this.#parts;
    const asked = new URL(open.link.url);
    const answered = new URL(result.url);
    if (result.redirects.length > 0 && answered.pathname === '/' && answered.search === '' && asked.pathname !== '/') {
      await this.#reject(open, 'extract', 'soft-404', 'leads to the front page');
      return undefined;
    }
    const started = performance.now();
    const page = await parser.run('article', {
      url: result.url,
      body: result.body,
      contentType: result.headers['content-type'],
      link: open.link,
      memory: (await this.memories.of(answered.host)).lines,
      keep: this.#source.keep,
      remove: this.#source.remove,
    });
    this.#report.extractMs += performance.now() - started;
    if (page.refresh !== undefined) return page.refresh;
    const isArticle = page.verdict.kind === 'article';
    await this.memories.learn(answered, isArticle, isArticle ? page.blocks : undefined, this.#now().toISOString());
    if (page.verdict.kind === 'rejected') {
      await this.#reject(open, 'extract', page.verdict.reason, page.verdict.detail);
      return undefined;
    }
    if (this.#isTooOld(page.article.published)) {
      await this.#reject(open, 'extract', 'too-old');
      return undefined;
    }
    const urlKey = canonicalUrl(open.key);
    if (urlKey === undefined) throw new Error(`The key ${open.key} of a link is none.`);
    await emit({
      source: this.#source.id,
      urlKey,
      link: open.link,
      pageUrl: result.url,
      extracted: page.article,
    });
    await markQueued(db, open.key, this.#now(), this.#nextRevisit(open, page.article.liveBlog));
    this.#report.articles++;
    return undefined;
  }

  #nextRevisit(open: OpenLink, isLive: boolean): Date | null {
    const born = open.link.published === undefined ? open.firstSeenAt : new Date(open.link.published);
    return nextRevisit(born, this.#now(), isLive) ?? null;
  }

  async #planRevisit(open: OpenLink): Promise<void> {
    await scheduleRevisit(this.#parts.db, open.key, this.#nextRevisit(open, false));
  }

  async #failed(open: OpenLink, error: FetchError): Promise<void> {
    const { db } = this.#parts;
    if (open.revisit) {
      this.#report.revisited++;
      await this.#planRevisit(open);
      if (error.status === 410 && (await withdrawArticle(db, open.key, this.#now()))) this.#report.withdrawn++;
      return;
    }
    // Not asked, since the site is to be left alone: no try, unless that goes on for too long.
    const wasAsked = error.status !== undefined || error.retryAfterMs === undefined;
    const mayPass = wasAsked
      ? (error.retry || this.#maybeLate(open, error)) &&
        (await countTry(db, open.key, this.#now())) < crawlsBeforeGivingUp
      : this.#now().getTime() - open.firstSeenAt.getTime() < longestWaitDays * 86_400_000;
    if (mayPass) this.#report.postponed++;
    else
      await this.#reject(
        open,
        error.reason === 'unparseable' || error.reason === 'not-html' ? 'extract' : 'crawl',
        error.reason,
        error.message,
      );
  }

  #maybeLate({ link, tries }: OpenLink, { status }: FetchError): boolean {
    const ageMs = this.#now().getTime() - Date.parse(link.published ?? '');
    return status === 404 && tries < triesIfLate && ageMs < lateHours * 3_600_000;
  }

  async #reject(open: OpenLink, stage: Stage, reason: Reason, detail?: string): Promise<void> {
    // A second look that finds no article says nothing against the first.
    if (open.revisit) return this.#planRevisit(open);
    const { rejected } = this.#report;
    rejected[reason] = (rejected[reason] ?? 0) + 1;
    await writeOutcome(this.#parts.db, open.key, { kind: 'rejected', stage, reason, detail }, this.#now());
  }
}
