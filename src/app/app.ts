import { CatalogueError, readCatalogue, type Source } from '../catalogue/catalogue.ts';
import type { CustomLabels } from '../classify/custom-labels.ts';
import type { EmitArticle } from '../crawl/ports.ts';
import type { Log } from '../domain/log.ts';
import type { Settings } from '../domain/settings.ts';
import { openQueues, type Queues } from '../queue/queues.ts';
import { openStore, type Store } from '../store/db.ts';
import { openEmbeddedPostgres } from '../store/embedded.ts';
import { syncSources } from '../store/sources.ts';
import { readLabels, readNamed, readTopicWeights } from './named-files.ts';
import type { RunStatistics } from './run-statistics.ts';
import { UsageError } from './usage-error.ts';

/** The parts of the wire that run as processes of their own on many machines, and all in one process on a laptop. */
export const roles = ['schedule', 'crawl', 'ingest', 'publish', 'web'] as const;
export type Role = (typeof roles)[number];

export interface Wire {
  readonly settings: Settings;
  readonly labels: CustomLabels;
  readonly log: Log;
  readonly store: Store;
  readonly queues: Queues;
  /** Starts a role; the wire ends it when it closes. Resolves to the address for `web`. */
  start(role: Role): Promise<string | undefined>;
  /** Ends everything in the reverse order of its start; what is in flight is finished or left for the next start. */
  close(): Promise<void>;
}

/**
 * Opens database and queues; the roles are started one by one.
 * @param statistics told of what the workers of this process do
 */
export async function openWire(settings: Settings, log: Log, statistics?: RunStatistics): Promise<Wire> {
  const labels = await readLabels(settings.LABELS);
  const open: (() => Promise<unknown>)[] = [];
  const closeAll = async () => {
    for (let close = open.pop(); close; close = open.pop()) {
      await close().catch((error: Error) => log.warn({ error: error.message }, 'not closed in order'));
    }
  };
  try {
    const embedded = settings.DATABASE_URL ? undefined : await openEmbeddedPostgres(settings.DATA_DIR);
    if (embedded) open.push(() => embedded.release());
    const databaseUrl = settings.DATABASE_URL ?? embedded?.url ?? '';
    const store = await openStore(databaseUrl, { connections: 8 });
    open.push(() => store.close());
    const queues = await openQueues({ databaseUrl, redisUrl: settings.REDIS_URL });
    open.push(() => queues.close());
    return {
      settings,
      labels,
      log,
      store,
      queues,
      async start(role) {
        const started = await startRole(role, { settings, labels, log, store, queues }, statistics);
        open.push(() => started.close());
        return started.url;
      },
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

type Parts = Pick<Wire, 'settings' | 'labels' | 'log' | 'store' | 'queues'>;

/** Each role loads its own rooms, so that a web process does not hold the crawler and the other way round. */
async function startRole(
  role: Role,
  parts: Parts,
  statistics: RunStatistics | undefined,
): Promise<{ close(): Promise<unknown>; url?: string }> {
  const { settings, labels, log, store, queues } = parts;
  switch (role) {
    case 'schedule': {
      const { startScheduleWorker } = await import('../../workers/schedule.ts');
      return startScheduleWorker({ store, queues, log });
    }
    case 'crawl': {
      const [{ startCrawlWorker }, { openCrawler }] = await Promise.all([
        import('../../workers/crawl.ts'),
        import('./open-crawler.ts'),
      ]);
      const emit: EmitArticle = (article) => queues.add('article', article.urlKey, article);
      return startCrawlWorker({
        store,
        queues,
        crawler: openCrawler({ db: store.db, settings, emit }),
        log,
        concurrency: settings.CRAWL_CONCURRENCY,
        onReport: (report) => statistics?.reports.push(report),
      });
    }
    case 'ingest': {
      const [{ startIngestWorker }, { loadClassifier }] = await Promise.all([
        import('../../workers/ingest.ts'),
        import('../classify/classify.ts'),
      ]);
      const classifier = await loadClassifier({ ...labels, weights: await readTopicWeights(settings.TOPIC_WEIGHTS) });
      return startIngestWorker({
        store,
        queues,
        classifier,
        log,
        concurrency: settings.INGEST_CONCURRENCY,
        onStage(stage, ms) {
          const { ms: before, count } = statistics?.stages.get(stage) ?? { ms: 0, count: 0 };
          statistics?.stages.set(stage, { ms: before + ms, count: count + 1 });
        },
      });
    }
    case 'publish': {
      const { startPublishWorker } = await import('../../workers/publish.ts');
      return startPublishWorker({ store, queues, settings, log });
    }
    case 'web': {
      const { openServer } = await import('../web/server.ts');
      return openServer({ store, queues, settings, labels, log });
    }
    default:
      return role satisfies never;
  }
}

/** Reads the catalogue file. @throws UsageError that says what to do, or lists every mistake */
export async function readSources(file: string): Promise<Source[]> {
  const text = await readNamed(
    'The catalogue of sources',
    file,
    "Name one with --sources FILE, or make one with 'courant sources add URL --sources FILE'.",
  );
  try {
    return readCatalogue(text, file);
  } catch (error) {
    throw error instanceof CatalogueError ? new UsageError(error.message) : error;
  }
}

/** Makes the store crawl what the catalogue lists, and only that. */
export async function loadSources(wire: Wire, sources: readonly Source[]): Promise<void> {
  await syncSources(wire.store.db, sources);
  wire.log.info({ sources: sources.length }, 'the catalogue is loaded');
}
