import type { Registry } from '@prometheus-io/client';
import type { CustomLabels } from '../classify/custom-labels.ts';
import type { EmitArticle } from '../crawl/ports.ts';
import type { Log } from '../domain/log.ts';
import type { Settings } from '../domain/settings.ts';
import type { Tracer } from '../domain/tracer.ts';
import type { WorkObserver } from '../domain/work-observer.ts';
import { openArticleSender } from '../queue/article-sender.ts';
import type { Queues } from '../queue/queues.ts';
import type { Store } from '../store/db.ts';
import type { OpenPort } from '../web/port.ts';
import { readIdentity } from './bot-identity.ts';
import type { CatalogueFile } from './catalogue-file.ts';
import { readTopicWeights } from './named-files.ts';
import type { RunStatistics } from './run-statistics.ts';

/** The parts of the wire that run as processes of their own on many machines, and all in one process on a laptop. */
export type Role = 'schedule' | 'crawl' | 'ingest' | 'publish' | 'web';

/** What the roles are made of. */
export interface Services {
  readonly settings: Settings;
  /** The operator's own topics and regions. */
  readonly labels: CustomLabels;
  readonly log: Log;
  readonly store: Store;
  readonly queues: Queues;
  /** The figures of this process. */
  readonly registry: Registry;
  readonly observer: WorkObserver;
  readonly tracer: Tracer | undefined;
}

/**
 * Each role loads its own rooms, so that a web process does not hold the crawler and the other way round.
 * @param own.port where `web` answers, when it is open already
 * @param own.catalogueFile what the operator edits in `web`
 */
export async function startRole(
  role: Role,
  services: Services,
  own: {
    readonly statistics: RunStatistics | undefined;
    readonly port: OpenPort | undefined;
    readonly catalogueFile: CatalogueFile | undefined;
  },
): Promise<{ close(): Promise<unknown>; url?: string }> {
  const { settings, labels, log, store, queues, observer, tracer } = services;
  const { statistics, port, catalogueFile } = own;
  switch (role) {
    case 'schedule': {
      const { startScheduleWorker } = await import('../../workers/schedule.ts');
      return startScheduleWorker({ store, queues, log, settings });
    }
    case 'crawl': {
      const [{ startCrawlWorker }, { openCrawler }] = await Promise.all([
        import('../../workers/crawl.ts'),
        import('./open-crawler.ts'),
      ]);
      const emit: EmitArticle = openArticleSender(queues);
      return startCrawlWorker({
        store,
        queues,
        crawler: openCrawler({
          db: store.db,
          settings,
          emit,
          observer,
          tracer,
          identity: await readIdentity(settings),
        }),
        observer,
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
        observer,
        tracer,
        onStage(stage, ms) {
          const { ms: before, count } = statistics?.stages.get(stage) ?? { ms: 0, count: 0 };
          statistics?.stages.set(stage, { ms: before + ms, count: count + 1 });
        },
      });
    }
    case 'publish': {
      const [{ startPublishWorker }, { startDeliverWorker }, { openPost }] = await Promise.all([
        import('../../workers/publish.ts'),
        import('../../workers/deliver.ts'),
        import('./post.ts'),
      ]);
      const post = openPost(settings);
      const parts = { store, queues, settings, log, tracer };
      const deliver = startDeliverWorker({ ...parts, reach: post });
      const worker = await startPublishWorker({ ...parts, observer, post: post.send });
      return {
        async close() {
          await worker.close();
          await deliver.close();
          await post.close();
        },
      };
    }
    case 'web': {
      const [{ openServer }, { openPictureFetcher }, { openTrial }] = await Promise.all([
        import('../web/server.ts'),
        import('./fetch-picture.ts'),
        import('./open-trial.ts'),
      ]);
      const pictures = openPictureFetcher(settings);
      const identity = await readIdentity(settings);
      const trial = openTrial(store.db, settings, identity);
      const server = await openServer({
        ...{ store, queues, settings, labels, log, trial, registry: services.registry },
        fetchPicture: pictures.fetch,
        keyDirectory: identity?.directory,
        catalogue: catalogueFile,
        ...(port ? { open: port } : {}),
      });
      return {
        url: server.url,
        async close() {
          await server.close();
          await Promise.all([pictures.close(), trial.close()]);
        },
      };
    }
    default:
      return role satisfies never;
  }
}
