import { CookieJar } from 'tough-cookie';
import type { ArticleJob } from '../queue/queues.ts';
import type { Db } from '../store/db.ts';
import type { FetchOptions } from './client.ts';
import { HostMemories, type HostMemoryStore } from './host-memory.ts';
import type { HttpMemory } from './http-memory.ts';
import type { ParserPool } from './parser-pool.ts';
import type { PoliteClient, PoliteFetch } from './polite-client.ts';
import { type OpenReport, openReport } from './report.ts';
import type { CrawlSource } from './source.ts';
import type { Visit, Visitor } from './visit.ts';

/** What all crawls of a process share. */
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
  readonly now?: (() => Date) | undefined;
}

const retriesInCrawl = 3;

/** One crawl of one source under way: what its steps share. */
export class Crawling {
  readonly source: CrawlSource;
  readonly parts: CrawlParts;
  readonly signal: AbortSignal;
  readonly report: OpenReport;
  readonly cookies = new CookieJar();
  readonly memories: HostMemories;

  constructor(source: CrawlSource, parts: CrawlParts, signal: AbortSignal) {
    this.source = source;
    this.parts = parts;
    this.signal = signal;
    this.report = openReport(source.id);
    this.memories = new HostMemories(parts.hostMemory);
  }

  now(): Date {
    return this.parts.now?.() ?? new Date();
  }

  /** Visits addresses as the source's client, and counts the requests. */
  async visit(visits: readonly Visit[]): Promise<void> {
    if (visits.length === 0) return;
    const client = this.parts.clientFor(this.source);
    const { report } = this;
    const counting: PoliteFetch = {
      fetch: async (url, options) => {
        report.requests++;
        const asked = performance.now();
        const result = await client.fetch(url, options);
        report.fetchMs += performance.now() - asked;
        report.requests += result.redirects.length;
        return result;
      },
    };
    await this.parts.visitor.visitAll(visits, {
      client: counting,
      concurrency: 2,
      retries: retriesInCrawl,
      signal: this.signal,
    });
  }
}

/** What a source says about how long an answer may take. */
export function patienceOf({ limits }: CrawlSource): Pick<FetchOptions, 'maxRedirects' | 'totalMs'> {
  const { maxRedirects, maxSeconds } = limits ?? {};
  return { maxRedirects, totalMs: maxSeconds === undefined ? undefined : maxSeconds * 1000 };
}
