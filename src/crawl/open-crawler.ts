import type { Settings } from '../config.ts';
import type { Log } from '../log.ts';
import type { ArticleJob } from '../queue/queues.ts';
import type { Db } from '../store/db.ts';
import { storedTurns } from '../store/hosts.ts';
import { storedHttpMemory } from '../store/http-cache.ts';
import { storedRobots } from '../store/robots.ts';
import { readHostMemory, writeHostMemory } from '../store/site-memory.ts';
import { createClient } from './client.ts';
import { type CrawlReport, crawlSource } from './crawler.ts';
import { createGate } from './gate.ts';
import { createParserPool } from './parser-pool.ts';
import { createPoliteClient } from './polite-client.ts';
import { createRobotsCache } from './robots-cache.ts';
import type { CrawlSource } from './source.ts';

export interface Crawler {
  /** Crawls a source; see `crawlSource`. */
  crawl(source: CrawlSource, signal: AbortSignal): Promise<CrawlReport>;
  close(): Promise<void>;
}

/** The crawler of one process: one client, one pool of parsing threads; turns, robots.txt and memories shared through the store. */
export function openCrawler(parts: {
  readonly db: Db;
  readonly settings: Pick<Settings, 'USER_AGENT' | 'HTTP_PROXY' | 'HTTPS_PROXY' | 'ALLOW_PRIVATE' | 'RATE'>;
  readonly emit: (job: ArticleJob) => Promise<void>;
  readonly log: Log;
}): Crawler {
  const { db, settings, emit, log } = parts;
  const client = createClient({
    userAgent: settings.USER_AGENT,
    proxy: settings.HTTP_PROXY,
    httpsProxy: settings.HTTPS_PROXY,
    allowPrivate: settings.ALLOW_PRIVATE,
  });
  // A little more than asked for: the clocks of this machine and of the site need not tick at the same instant.
  const gate = createGate({ turns: storedTurns(db), gapMs: 1000 / settings.RATE + 5 });
  const robots = createRobotsCache({
    client,
    userAgent: settings.USER_AGENT,
    store: storedRobots(db),
    enter: (url, signal) => gate.enter(url, { signal }),
  });
  const parser = createParserPool();
  const crawlParts = {
    db,
    client: createPoliteClient({ client, gate, robots }),
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
    crawl: (source, signal) => crawlSource(source, crawlParts, signal),
    async close() {
      await Promise.all([parser.close(), client.close()]);
    },
  };
}
