import { CookieJar } from 'tough-cookie';
import type { Instant, Link, Reason, Stage } from '../article.ts';
import { canonicalUrl } from '../dedupe/canonical-url.ts';
import type { Log } from '../log.ts';
import type { ArticleJob } from '../queue/queues.ts';
import type { Db } from '../store/db.ts';
import {
  countTry,
  type FoundLink,
  markQueued,
  type OpenLink,
  openLinks,
  registerLinks,
  scheduleRevisit,
  writeOutcome,
} from '../store/links.ts';
import { noticeChanges, withdrawArticle } from '../store/revisits.ts';
import { NoBrowserError } from './browser.ts';
import type { FetchResult } from './client.ts';
import { askedByHeaders } from './door.ts';
import type { FetchError } from './fetch-error.ts';
import { HostMemories, type HostMemoryStore } from './host-memory.ts';
import type { HttpMemory } from './http-memory.ts';
import { mayBePage } from './page.ts';
import type { ParserPool } from './parser-pool.ts';
import type { PoliteClient } from './polite-client.ts';
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
/** A crawl that takes longer leaves the rest for the next. */
const crawlMinutes = 45;
/** Crawls in which a link may fail before it is given up; each tries it up to four times. */
const crawlsBeforeGivingUp = 5;
const retriesInCrawl = 3;
/** A link of a site that may not be asked for so long is given up. */
const longestWaitDays = 7;
const refreshesFollowed = 3;
const acceptLists =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';
const listBytes = 52_428_800;

/**
 * Crawls one source: reads its doors, writes down every link nobody had seen, fetches what is open and hands the
 * articles on. Each link ends in an outcome or on the article queue, or stays open for the next crawl. Nothing is lost
 * when it is stopped at any moment. Throws when the store or the queue fails.
 */
export async function crawlSource(source: CrawlSource, parts: CrawlParts, signal: AbortSignal): Promise<CrawlReport> {
  const crawl = new Crawl(source, parts, AbortSignal.any([signal, AbortSignal.timeout(crawlMinutes * 60_000)]));
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
  #doorsAnswered = 0;

  constructor(source: CrawlSource, parts: CrawlParts, signal: AbortSignal) {
    this.#source = source;
    this.#parts = parts;
    this.#signal = signal;
    this.#report = openReport(source.id);
    this.#now = parts.now ?? (() => new Date());
    this.memories = new HostMemories(parts.hostMemory);
  }

  async run(): Promise<CrawlReport> {
    const report = this.#report;
    for (const group of doorsOf(this.#source)) {
      await this.#visit(group.map((door) => this.#door(door)));
      await this.#register();
      if (report.listed > 0 || report.notModified > 0) break;
    }
    if (this.#doorsAnswered === 0)
      report.error = report.warnings.join('; ') || 'The source names no feed, sitemap or page.';
    await this.#visit(await this.#openVisits());
    return report;
  }

  failed(error: string): CrawlReport {
    return { ...this.#report, error };
  }

  async #visit(visits: readonly Visit[]): Promise<void> {
    if (visits.length === 0) return;
    const client = this.#parts.clientFor(this.#source);
    const counting: PoliteClient = {
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

  #door(door: Door): Visit {
    const { httpMemory, parser } = this.#parts;
    const { url } = door;
    const links: Link[] = [];
    this.#listed.push(links);
    return {
      url,
      fetchOptions: async () => ({
        validators: await httpMemory.recall(url),
        cookies: this.#cookies,
        headers: this.#source.headers,
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
        return findings.doors.filter((inner) => inner.url !== url).map((inner) => this.#door(inner));
      },
      onFailure: async (error) => {
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

  async #openVisits(): Promise<Visit[]> {
    const open = await openLinks(this.#parts.db, this.#source.id, {
      now: this.#now(),
      limit: this.#source.limits?.articlesPerCrawl ?? articlesPerCrawl,
    });
    const visits: Visit[] = [];
    for (const link of open)
      if (!isWanted(this.#source, link.link.url)) await this.#reject(link, 'crawl', 'excluded');
      else if (this.#isTooOld(link.link.published)) await this.#reject(link, 'crawl', 'too-old');
      else visits.push(this.#article(link, link.link.url, 0));
    return visits;
  }

  #isTooOld(published: Instant | undefined): boolean {
    const days = this.#source.limits?.maxAgeDays;
    return (
      days !== undefined && published !== undefined && this.#now().getTime() - Date.parse(published) > days * 86_400_000
    );
  }

  #article(open: OpenLink, url: string, refreshes: number): Visit {
    const { httpMemory } = this.#parts;
    return {
      url,
      fetchOptions: async () => ({
        validators: open.revisit ? await httpMemory.recall(url) : undefined,
        wants: mayBePage,
        maxBytes: this.#source.limits?.maxBytes,
        cookies: this.#cookies,
        headers: this.#source.headers,
      }),
      onAnswer: async (result) => {
        if (open.revisit) this.#report.revisited++;
        if (result.notModified) {
          this.#report.notModified++;
          await this.#planRevisit(open, false);
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
      onFailure: (error) => this.#failed(open, error),
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
    await markQueued(db, open.key, this.#now());
    await this.#planRevisit(open, page.article.liveBlog);
    this.#report.articles++;
    return undefined;
  }

  async #planRevisit(open: OpenLink, isLive: boolean): Promise<void> {
    const now = this.#now();
    const born = open.link.published === undefined ? open.firstSeenAt : new Date(open.link.published);
    await scheduleRevisit(this.#parts.db, open.key, nextRevisit(born, now, isLive) ?? null);
  }

  async #failed(open: OpenLink, error: FetchError): Promise<void> {
    const { db } = this.#parts;
    if (open.revisit) {
      this.#report.revisited++;
      await this.#planRevisit(open, false);
      if (error.status === 410 && (await withdrawArticle(db, open.key, this.#now()))) this.#report.withdrawn++;
      return;
    }
    // Not asked, since the site is to be left alone: no try, unless that goes on for too long.
    const wasAsked = error.status !== undefined || error.retryAfterMs === undefined;
    const mayPass = wasAsked
      ? error.retry && (await countTry(db, open.key, this.#now())) < crawlsBeforeGivingUp
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

  async #reject(open: OpenLink, stage: Stage, reason: Reason, detail?: string): Promise<void> {
    // A second look that finds no article says nothing against the first.
    if (open.revisit) return this.#planRevisit(open, false);
    const { rejected } = this.#report;
    rejected[reason] = (rejected[reason] ?? 0) + 1;
    await writeOutcome(this.#parts.db, open.key, { kind: 'rejected', stage, reason, detail }, this.#now());
  }
}
