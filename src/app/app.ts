import path from 'node:path';
import { CannotRunError } from '../domain/cannot-run.ts';
import type { Log } from '../domain/log.ts';
import type { Settings } from '../domain/settings.ts';
import type { WorkObserver } from '../domain/work-observer.ts';
import { openQueues } from '../queue/queues.ts';
import { claimCatalogue } from '../store/catalogue-claim.ts';
import type { Store } from '../store/db.ts';
import { ServerMovedError } from '../store/embedded.ts';
import { syncSources } from '../store/sources.ts';
import { openPort } from '../web/port.ts';
import type { Catalogue } from './catalogue.ts';
import { type CatalogueFile, openCatalogueFile } from './catalogue-file.ts';
import { openHeartbeat } from './heartbeat.ts';
import { openMetricsPort } from './metrics-port.ts';
import { readLabels } from './named-files.ts';
import { openRoleThread } from './open-role-thread.ts';
import { openSettledStore } from './open-store.ts';
import { openPatiently } from './patience.ts';
import { type Role, type Services, startRole } from './roles.ts';
import type { RunStatistics } from './run-statistics.ts';
import { openWatch } from './watch.ts';
import { createRegistry, createWorkMetrics } from './work-metrics.ts';

/** A process of the wire: database and queues, and the roles that were started. */
export interface App extends Services {
  /** Makes the store crawl what the catalogue lists, and only that. @throws CannotRunError when another process crawls another one */
  load(catalogue: Catalogue): Promise<void>;
  /** Starts a role; the app ends it when it closes. Resolves to the address for `web`. */
  start(role: Role): Promise<string | undefined>;
  /** Starts roles in a thread of their own, so that they keep no reader waiting; the app ends it when it closes. */
  startApart(...roles: readonly Role[]): Promise<void>;
  /** Resolves when the process was asked to stop. @throws CannotRunError when it cannot go on */
  stopped(): Promise<void>;
  /** Ends everything in the reverse order of its start; what is in flight is finished or left for the next start. */
  close(): Promise<void>;
}

export interface AppOptions {
  /** Ends the waiting for what does not answer, and then the process. */
  readonly signal: AbortSignal;
  /** Told of what the workers of this process do. */
  readonly statistics?: RunStatistics;
  /** True when the role `web` will be started: its port is opened before anything else. */
  readonly serves?: boolean;
  /** True for what somebody waits for: what does not answer at once is an error. */
  readonly once?: boolean;
  /** In a thread of a process that watches the servers and keeps the figures: what is told of them. */
  readonly within?: WorkObserver;
}

/**
 * Opens database and queues; the roles are started one by one. Waits for servers that do not answer yet.
 * @throws CannotRunError, UsageError for a named file that is wrong, or StoppedError
 */
export async function openApp(settings: Settings, log: Log, options: AppOptions): Promise<App> {
  const { signal } = options;
  const labels = await readLabels(settings.LABELS);
  const open: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (let end = open.pop(); end; end = open.pop()) {
      await end().catch((error: Error) => log.warn({ error: error.message }, 'not closed in order'));
    }
  };
  try {
    const port = options.serves ? await openPort(settings) : undefined;
    if (port) open.push(() => port.close());
    const patience = {
      signal,
      seconds: options.once ? 0 : settings.EXIT_WHEN_LOST,
      onWait: (waitingFor: string) => port?.wait(waitingFor),
    };
    const store = await openPatiently('database', () => openSettledStore(settings, 8), log, patience);
    open.push(() => store.close());
    port?.wait('queues');
    const redisUrl = settings.REDIS_URL;
    const openOnes = () => openQueues({ databaseUrl: store.url, redisUrl });
    const queues = await openPatiently('queues', openOnes, log, patience);
    open.push(() => queues.close());

    const end = Promise.withResolvers<void>();
    end.promise.catch(() => undefined);
    signal.addEventListener('abort', () => end.resolve(), { once: true });
    if (signal.aborted) end.resolve();
    const claims = openClaims(store);
    open.push(() => claims.release());
    const { embedded } = store;
    const database = {
      name: 'database',
      ask: () => store.ping(),
      onBack: () => claims.renew(),
      ...(embedded
        ? {
            revive: () =>
              embedded.revive().catch((error) => {
                if (error instanceof ServerMovedError) end.reject(error);
                throw error;
              }),
          }
        : {}),
    };
    const watched = redisUrl ? [database, { name: 'queues', ask: () => queues.ping() }] : [database];
    const watch = openWatch(options.within ? [] : watched, log, {
      exitAfter: settings.EXIT_WHEN_LOST,
      onEnd: end.reject,
    });
    open.push(() => watch.close());

    const registry = createRegistry();
    const collector = settings.OTEL_EXPORTER_OTLP_ENDPOINT;
    // The SDK is loaded only where somebody listens.
    const tracer = collector === undefined ? undefined : (await import('./open-tracer.ts')).openTracer(collector);
    if (tracer) open.push(() => tracer.close());
    const observer = options.within ?? createWorkMetrics(registry);
    const services = { settings, labels, log, store, queues, registry, tracer, observer };
    const metricsPort = options.serves || options.within ? undefined : await openMetricsPort(settings, registry);
    if (metricsPort) open.push(() => metricsPort.close());
    const heartbeat = openHeartbeat(store.db, log);
    open.push(() => heartbeat.close());
    let catalogueFile: CatalogueFile | undefined;
    // The database may be lost again between two steps of the start.
    const apply = (catalogue: Catalogue) => async () => {
      await claims.take(catalogue);
      await syncSources(store.db, catalogue.sources);
    };
    return {
      ...services,
      async load(catalogue) {
        port?.wait(`the catalogue, ${catalogue.name}`);
        await openPatiently('database', apply(catalogue), log, patience);
        if (catalogue.file !== undefined && !catalogueFile) {
          const opened = await openCatalogueFile(catalogue.file, (changed) => apply(changed)(), log);
          catalogueFile = opened;
          open.push(() => opened.close());
        }
        log.info({ sources: catalogue.sources.length }, 'the catalogue is loaded');
        if (catalogue.sources.length === 0)
          log.warn(`${catalogue.name} lists no source; add one with 'courant sources add https://site.example'`);
      },
      async start(role) {
        port?.wait(`its part '${role}'`);
        const begin = () => startRole(role, services, { statistics: options.statistics, port, catalogueFile });
        const started = await openPatiently('database', begin, log, patience);
        open.push(() => started.close());
        heartbeat.add(role);
        return started.url;
      },
      async startApart(...roles) {
        port?.wait(`its parts '${roles.join("' and '")}'`);
        // The embedded server is held by this thread, and found by its address.
        const begin = () =>
          openRoleThread({
            ...{ settings: { ...settings, DATABASE_URL: store.url }, roles, observer, signal },
            onEnd: end.reject,
          });
        const thread = await openPatiently('database', begin, log, patience);
        open.push(() => thread.close());
      },
      stopped: () => end.promise,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The claims of this process on its store: taken when a catalogue is loaded, and again when the database was lost. */
function openClaims(store: Store) {
  let held: { catalogue: Catalogue; release(): Promise<void> } | undefined;
  const release = async () => {
    await held?.release().catch(() => undefined);
  };
  async function take(catalogue: Catalogue): Promise<void> {
    await release();
    const name = path.resolve(catalogue.name);
    const claim = await claimCatalogue(store, { name, content: JSON.stringify(catalogue.sources) });
    if ('pid' in claim)
      throw new CannotRunError(
        `This store is in use by process ${claim.pid} with another catalogue, …${claim.name}; yours, ${catalogue.name}, would take its sources away. ` +
          'Stop that process, name the same catalogue (--sources), or give this one a store of its own (--data FOLDER or --database URL).',
      );
    held = { catalogue, release: claim.release };
  }
  return {
    take,
    release,
    async renew() {
      if (held) await take(held.catalogue);
    },
  };
}
