import type { Settings } from '../config.ts';
import type { Log } from '../log.ts';
import type { ArticleJob } from '../queue/queues.ts';
import type { Db } from '../store/db.ts';
import { storedTurns } from '../store/hosts.ts';
import { storedHttpMemory } from '../store/http-cache.ts';
import { storedRobots } from '../store/robots.ts';
import { readHostMemory, writeHostMemory } from '../store/site-memory.ts';
import { openRenderer } from './browser.ts';
import { type Client, createClient } from './client.ts';
import { type CrawlReport, crawlSource, type EarlierCrawls } from './crawler.ts';
import { createGate } from './gate.ts';
import { createParserPool } from './parser-pool.ts';
import { createPoliteClient } from './polite-client.ts';
import { createRobotsCache, type RobotsCache } from './robots-cache.ts';
import type { CrawlSource } from './source.ts';
import { openVisitor } from './visit.ts';

export interface Crawler {
  /** Crawls a source; see `crawlSource`. */
  crawl(source: CrawlSource, signal: AbortSignal, history?: EarlierCrawls): Promise<CrawlReport>;
  close(): Promise<void>;
}

/** A page of each source is fetched while its last one is read. */
const visitsFor = (sources: number): number => 2 * sources;

/** The crawler of one process: one client, one pool of parsing threads; turns, robots.txt and memories shared through the store. */
export function openCrawler(parts: {
  readonly db: Db;
  readonly settings: Pick<
    Settings,
    'USER_AGENT' | 'HTTP_PROXY' | 'HTTPS_PROXY' | 'ALLOW_PRIVATE' | 'RATE' | 'CRAWL_CONCURRENCY' | 'CHROMIUM'
  >;
  readonly emit: (job: ArticleJob) => Promise<void>;
  readonly log: Log;
}): Crawler {
  const { db, settings, emit, log } = parts;
  // A little more than asked for: the clocks of this machine and of the site need not tick at the same instant.
  const gapMs = (rate: number) => 1000 / rate + 5;
  const gate = createGate({ turns: storedTurns(db), gapMs: gapMs(settings.RATE) });
  const store = storedRobots(db);
  const { USER_AGENT: userAgent, ALLOW_PRIVATE: allowPrivate } = settings;
  /** One client for each proxy, with its own connections. */
  const clients = new Map<string | undefined, { client: Client; robots: RobotsCache }>();
  const clientOf = (own: string | undefined) => {
    const known = clients.get(own);
    if (known) return known;
    const proxies =
      own === undefined ? { proxy: settings.HTTP_PROXY, httpsProxy: settings.HTTPS_PROXY } : { proxy: own };
    const client = createClient({ userAgent, allowPrivate, ...proxies });
    const enter = (url: URL, signal: AbortSignal | undefined) => gate.enter(url, { signal });
    const opened = { client, robots: createRobotsCache({ client, userAgent, store, enter }) };
    clients.set(own, opened);
    return opened;
  };
  const renderer = openRenderer({ userAgent, executable: settings.CHROMIUM });
  const parser = createParserPool();
  const visitor = openVisitor(visitsFor(settings.CRAWL_CONCURRENCY));
  const crawlParts = {
    db,
    clientFor({ proxy, rate, render }: CrawlSource) {
      const polite = createPoliteClient({
        ...clientOf(proxy),
        gate,
        gapMs: rate === undefined ? undefined : gapMs(rate),
      });
      return render === 'browser' ? { ...polite, ...renderer.through(polite) } : polite;
    },
    visitor,
    httpMemory: storedHttpMemory(db),
    hostMemory: {
      read: (host: string) => readHostMemory(db, host),
      write: (host: string, memory: Parameters<typeof writeHostMemory>[2]) => writeHostMemory(db, host, memory),
    },
    parser,
    emit,
    log,
  };
  return {
    crawl: (source, signal, history) => crawlSource(source, crawlParts, signal, history),
    async close() {
      await visitor.close();
      await Promise.all([renderer.close(), parser.close(), ...clients.values().map(({ client }) => client.close())]);
    },
  };
}
