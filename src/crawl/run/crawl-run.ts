import { CookieJar } from 'tough-cookie';
import type { Instant, Reason, Stage } from '../../domain/article.ts';
import type { Source } from '../../domain/source.ts';
import { dayMs } from '../../domain/time.ts';
import type { Tracer } from '../../domain/tracer.ts';
import type { WorkObserver } from '../../domain/work-observer.ts';
import type { FetchOptions } from '../fetch/client.ts';
import type { PoliteClient, PoliteFetch } from '../fetch/polite-client.ts';
import type { ParserPool } from '../parse/parser-pool.ts';
import type { EmitArticle, FetchLog, HttpCache, LinkStore, PageFetch, Revisits, SiteMemoryStore } from '../ports.ts';
import { HostMemories } from './host-memory.ts';
import type { PageRequest } from './page-request.ts';
import { type OpenReport, openReport } from './report.ts';
import type { Requester } from './requests.ts';

/** What all crawls of a process share. */
export interface CrawlParts {
  readonly links: LinkStore;
  readonly revisits: Revisits;
  readonly httpCache: HttpCache;
  readonly siteMemory: SiteMemoryStore;
  readonly fetches: FetchLog;
  readonly emit: EmitArticle;
  /** The client for a source: through its own proxy, at its own pace. */
  readonly clientFor: (source: Source) => PoliteClient;
  readonly requester: Requester;
  readonly parser: ParserPool;
  /** Told how long each page took to read. */
  readonly onStage?: WorkObserver['stage'] | undefined;
  /** Where articles are traced. */
  readonly tracer?: Tracer | undefined;
  readonly now?: (() => Date) | undefined;
}

const retriesInCrawl = 3;
/** Fetches that are written down at once. */
const fetchesAtOnce = 50;

/** One crawl of one source under way: what its steps share. */
export class Crawling {
  readonly source: Source;
  readonly parts: CrawlParts;
  readonly signal: AbortSignal;
  readonly report: OpenReport;
  readonly cookies = new CookieJar();
  readonly memories: HostMemories;
  #fetches: PageFetch[] = [];

  constructor(source: Source, parts: CrawlParts, signal: AbortSignal) {
    this.source = source;
    this.parts = parts;
    this.signal = signal;
    this.report = openReport(source.id);
    this.memories = new HostMemories(parts.siteMemory);
  }

  now(): Date {
    return this.parts.now?.() ?? new Date();
  }

  /** Whether what was published then is older than the source wants. */
  isTooOld(published: Instant | undefined): boolean {
    const days = this.source.limits.maxAgeDays;
    return days !== undefined && published !== undefined && this.now().getTime() - Date.parse(published) > days * dayMs;
  }

  /** Writes down how a page answered, with others. */
  async noteFetch(fetch: PageFetch): Promise<void> {
    this.#fetches.push(fetch);
    if (this.#fetches.length >= fetchesAtOnce) await this.writeFetches();
  }

  /** Writes what waits. */
  writeFetches(): Promise<void> {
    return this.parts.fetches.write(this.#fetches.splice(0));
  }

  /** Ends a link for good, and counts why. */
  async reject(key: string, stage: Stage, reason: Reason, detail?: string): Promise<void> {
    const { rejected } = this.report;
    rejected[reason] = (rejected[reason] ?? 0) + 1;
    await this.parts.links.writeOutcome(key, { kind: 'rejected', stage, reason, detail }, this.now());
  }

  /** Asks for pages as the source's client, and counts the requests. */
  async request(requests: readonly PageRequest[]): Promise<void> {
    if (requests.length === 0) return;
    const client = this.parts.clientFor(this.source);
    const { report } = this;
    const counting: PoliteFetch = {
      fetch: async (url, options) => {
        report.requests++;
        const asked = performance.now();
        const result = await client.fetch(url, options);
        report.fetchMs += performance.now() - asked;
        report.requests += result.redirects.length;
        report.bytes += result.body.length;
        return result;
      },
    };
    await this.parts.requester.requestAll(requests, {
      client: counting,
      concurrency: 2,
      retries: retriesInCrawl,
      signal: this.signal,
    });
  }
}

/** What a source says about how long an answer may take. */
export function patienceOf({ limits }: Source): Pick<FetchOptions, 'maxRedirects' | 'totalMs'> {
  return { maxRedirects: limits.maxRedirects, totalMs: limits.maxSeconds * 1000 };
}
