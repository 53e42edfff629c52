import { type ClientSettings, openClients } from '../crawl/fetch/clients.ts';
import { createParserPool } from '../crawl/parse/parser-pool.ts';
import { type CrawlReport, crawlSource, type EarlierCrawls } from '../crawl/run/crawl-source.ts';
import { openVisitor } from '../crawl/run/requests.ts';
import type { CrawlSource } from '../crawl/run/source.ts';
import type { Settings } from '../domain/settings.ts';
import type { ArticleJob } from '../queue/queues.ts';
import type { Db } from '../store/db.ts';
import { storedTurns } from '../store/hosts.ts';
import { storedHttpMemory } from '../store/http-cache.ts';
import { storedRobots } from '../store/robots.ts';
import { readHostMemory, writeHostMemory } from '../store/site-memory.ts';

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
  readonly settings: ClientSettings & Pick<Settings, 'CRAWL_CONCURRENCY'>;
  readonly emit: (job: ArticleJob) => Promise<void>;
}): Crawler {
  const { db, settings, emit } = parts;
  const clients = openClients(settings, { turns: storedTurns(db), robots: storedRobots(db) });
  const parser = createParserPool();
  const visitor = openVisitor(visitsFor(settings.CRAWL_CONCURRENCY));
  const crawlParts = {
    db,
    clientFor: clients.clientFor,
    visitor,
    httpMemory: storedHttpMemory(db),
    hostMemory: {
      read: (host: string) => readHostMemory(db, host),
      write: (host: string, memory: Parameters<typeof writeHostMemory>[2]) => writeHostMemory(db, host, memory),
    },
    parser,
    emit,
  };
  return {
    crawl: (source, signal, history) => crawlSource(source, crawlParts, signal, history),
    async close() {
      await visitor.close();
      await Promise.all([clients.close(), parser.close()]);
    },
  };
}
