import type { BotIdentity } from '../crawl/fetch/bot-identity.ts';
import { type ClientSettings, openClients } from '../crawl/fetch/clients.ts';
import { createParserPool } from '../crawl/parse/parser-pool.ts';
import type { EmitArticle } from '../crawl/ports.ts';
import { type Crawler, crawlSource } from '../crawl/run/crawl-source.ts';
import { openRequester } from '../crawl/run/requests.ts';
import type { Settings } from '../domain/settings.ts';
import type { Tracer } from '../domain/tracer.ts';
import type { WorkObserver } from '../domain/work-observer.ts';
import type { Db } from '../store/db.ts';
import { storedFetches } from '../store/fetches.ts';
import { storedLeases } from '../store/hosts.ts';
import { storedHttpCache } from '../store/http-cache.ts';
import { storedLinks } from '../store/links.ts';
import { storedRevisits } from '../store/revisits.ts';
import { storedRobots } from '../store/robots.ts';
import { storedSiteMemory } from '../store/site-memory.ts';

/** A page of each source is fetched while its last one is read. */
const requestsFor = (sources: number): number => 2 * sources;

/** The crawler of one process: one client, one pool of parsing threads; leases, robots.txt and memories shared through the store. */
export function openCrawler(parts: {
  readonly db: Db;
  readonly settings: ClientSettings & Pick<Settings, 'CRAWL_CONCURRENCY'>;
  readonly emit: EmitArticle;
  /** What requests to sites are signed with. */
  readonly identity?: BotIdentity | undefined;
  readonly observer?: WorkObserver | undefined;
  readonly tracer?: Tracer | undefined;
  /** Another clock than the machine's. */
  readonly now?: (() => Date) | undefined;
}): Crawler {
  const { db, settings, emit, identity, observer, tracer, now } = parts;
  const shared = { leases: storedLeases(db), robots: storedRobots(db), identity, observer };
  const clients = openClients(settings, shared);
  const parser = createParserPool();
  const requester = openRequester(requestsFor(settings.CRAWL_CONCURRENCY));
  const crawlParts = {
    links: storedLinks(db),
    revisits: storedRevisits(db),
    httpCache: storedHttpCache(db),
    siteMemory: storedSiteMemory(db),
    fetches: storedFetches(db),
    emit,
    onStage: observer?.stage,
    tracer,
    now,
    clientFor: clients.clientFor,
    requester,
    parser,
  };
  return {
    crawl: (source, signal, history) => crawlSource(source, crawlParts, signal, history),
    async close() {
      await requester.close();
      await Promise.all([clients.close(), parser.close()]);
    },
  };
}
