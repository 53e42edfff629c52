import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { Registry } from '@prometheus-io/client';
import { type FastifyBaseLogger, fastify, LogController } from 'fastify';
import { type CustomLabels, noCustomLabels } from '../classify/custom-labels.ts';
import type { Log } from '../domain/log.ts';
import type { Settings } from '../domain/settings.ts';
import type { Queues } from '../queue/queues.ts';
import { openStoreChanges } from '../store/changes.ts';
import type { Store } from '../store/db.ts';
import { readingVersion } from '../store/read/articles.ts';
import { createAccess } from './access.ts';
import { createAccounts } from './accounts.ts';
import type { CatalogueEditor } from './catalogue-editor.ts';
import { isLoopback } from './client-address.ts';
import { tagEntities } from './entity-tags.ts';
import { answerErrors } from './errors.ts';
import { createFacetCounts } from './facet-counts.ts';
import { FastAnswers } from './fast-answers.ts';
import { literalPath } from './literal-path.ts';
import { openLive } from './live.ts';
import { createRequestMetrics, openMetrics } from './metrics.ts';
import { openToAll } from './open-to-all.ts';
import { createDiskCache } from './pictures/disk-cache.ts';
import { createPictures, type FetchPicture } from './pictures/pictures.ts';
import { type OpenPort, openPort } from './port.ts';
import { RequestCounter } from './request-counter.ts';
import { RequestError } from './request-error.ts';
import { serveAccount } from './routes/account.ts';
import { serveAdmin } from './routes/admin/admin.ts';
import { serveApi } from './routes/api.ts';
import { serveAppPasswords } from './routes/app-passwords.ts';
import { serveAssets } from './routes/assets.ts';
import { serveCrawlerPage } from './routes/crawler.ts';
import { serveDirectory } from './routes/directory.ts';
import { serveEvents } from './routes/events.ts';
import { openFeeds } from './routes/feeds.ts';
import { serveFever } from './routes/fever.ts';
import { serveGoogleReader } from './routes/greader.ts';
import { serveHealth } from './routes/health.ts';
import { serveHub } from './routes/hub.ts';
import { type KeyDirectory, serveKeyDirectory } from './routes/key-directory.ts';
import { serveMcp } from './routes/mcp.ts';
import { serveOperator } from './routes/operator.ts';
import { servePictures } from './routes/pictures.ts';
import { serveReader } from './routes/reader.ts';
import { serveRules } from './routes/rules.ts';
import { publicPath } from './services.ts';
import { sharedAnswer } from './single-flight.ts';
import type { Trial } from './trial.ts';
import { createWorkingHub } from './working-hub.ts';

export interface WebServer {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Requests a minute and address; far more than a feed reader or a browser makes. This machine itself is not counted. */
const requestsAMinute = 600;

/** Pictures made small and kept on disk. */
const pictureBytes = 500 * 1024 * 1024;

const noLimitHeaders = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false };

/**
 * Starts the web server of the wire: feeds, reader pages, API, and the operator's pages.
 * @param parts.settings HOST and PORT say where it listens (port 0: a free one), OPERATOR_PASSWORD who may see the operator's pages
 * @param parts.open a port that listens already; the caller closes it after the server
 */
export async function openServer(parts: {
  store: Store;
  queues: Queues;
  settings: Settings;
  /** The custom topics and regions (setting LABELS). */
  labels?: CustomLabels;
  log: Log;
  /** Where the figures of this process are; a registry of its own when not given. */
  registry?: Registry;
  open?: OpenPort;
  /** How pictures are fetched; without it none are shown in lists. */
  fetchPicture?: FetchPicture;
  /** The keys by which sites check who crawls them. */
  keyDirectory?: KeyDirectory | undefined;
  catalogue?: CatalogueEditor | undefined;
  trial?: Trial | undefined;
}): Promise<WebServer> {
  const { settings, log, queues } = parts;
  const loggerInstance: FastifyBaseLogger = log.child({ room: 'web' });
  const path = publicPath(settings);
  const port = parts.open ?? (await openPort(settings));
  let handler: RequestListener | undefined;
  const changes = await openStoreChanges(parts.store, log);
  const counter = new RequestCounter();
  const requests = createRequestMetrics(parts.registry ?? new Registry());
  const fast = new FastAnswers(
    changes.version,
    (address) => isLoopback(address) || counter.count(address).current <= requestsAMinute,
    ({ method = 'GET', url }, status, milliseconds) => {
      requests.observe(method, '/*', status, milliseconds);
      if (log.isLevelEnabled('debug')) loggerInstance.debug({ method, url, status, milliseconds }, 'answered');
    },
  );
  const app = fastify({
    loggerInstance,
    // The port keeps the limits of connections, and hands its requests over once the server is ready.
    serverFactory(answer) {
      handler = answer;
      return port.server;
    },
    // One line a request, our own: below.
    logController: new LogController({ disableRequestLogging: true }),
    // A proxy of this machine may say who asks and by which name.
    trustProxy: 'loopback',
    // A proxy in front may pass the path of PUBLIC_URL on, or keep it to itself.
    rewriteUrl: ({ url = '/' }) =>
      literalPath(
        path !== '' && (url === path || url.startsWith(`${path}/`))
          ? url.slice(path.length).replace(/^(?!\/)/, '/')
          : url,
      ),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    bodyLimit: 1024 * 1024,
  });

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        // Two small files of ours, and what they ask here.
        scriptSrc: ["'self'"],
        workerSrc: ["'self'"],
        // Also the stream of news.
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        // Pictures within a text stand at the publishers; those of lists come from here.
        imgSrc: ["'self'", 'https:', 'http:'],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // Over http, on loopback or behind a proxy that speaks TLS itself, this header is not ours to send.
    strictTransportSecurity: false,
    // Feeds may be read by programs that run in a browser.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  await app.register(rateLimit, {
    max: requestsAMinute,
    timeWindow: RequestCounter.windowMs,
    store: class {
      incr(address: string, done: (error: Error | null, result?: { current: number; ttl: number }) => void): void {
        done(null, counter.count(address));
      }
      child(): this {
        return this;
      }
    },
    keyGenerator: (request) => request.ip,
    // What is answered without the framework carries none either.
    addHeadersOnExceeding: noLimitHeaders,
    addHeaders: { ...noLimitHeaders, 'retry-after': true },
    allowList: (request) => isLoopback(request.ip),
  });
  openToAll(app);
  tagEntities(app);
  await app.register(compress, { threshold: 1024 });

  const accounts = createAccounts(parts.store.db);
  const shared = {
    db: parts.store.db,
    queues,
    settings,
    labels: parts.labels ?? noCustomLabels,
    log,
    changes,
    askVersion: sharedAnswer(() => readingVersion(parts.store.db)),
    accounts,
    facets: createFacetCounts(parts.store.db),
    hub: createWorkingHub(settings, parts.store.db),
    catalogue: parts.catalogue,
    trial: parts.trial,
    access: createAccess(settings, async (request) => (await accounts.visitor(request))?.role === 'operator'),
  };
  answerErrors(app, shared);
  // No name holds U+0000, and the store takes none.
  app.addHook('preValidation', async ({ params }) => {
    if (Object.values(params ?? {}).some((value) => String(value).includes('\0')))
      throw new RequestError(404, 'There is no such page here.');
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, url } = request;
    const milliseconds = Math.round(reply.elapsedTime);
    request.log.debug({ method, url, status: reply.statusCode, milliseconds }, 'answered');
  });
  const metrics = openMetrics(app, shared, requests);
  serveAssets(app, shared);
  serveHealth(app, shared);
  serveKeyDirectory(app, parts.keyDirectory);
  await serveApi(app, shared);
  await serveGoogleReader(app, shared);
  await serveFever(app, shared);
  await serveAccount(app, shared);
  await serveRules(app, shared);
  await serveAppPasswords(app, shared);
  await serveHub(app, shared);
  serveMcp(app, shared);
  serveDirectory(app, shared);
  serveCrawlerPage(app, shared);
  await serveOperator(app, shared, metrics);
  await serveAdmin(app, shared);
  const pictures =
    settings.PICTURES && parts.fetchPicture
      ? createPictures(parts.fetchPicture, createDiskCache(join(settings.DATA_DIR, 'pictures'), pictureBytes))
      : undefined;
  servePictures(app, shared, pictures);
  const live = openLive(parts.store.db, async () => changes.version() ?? (await shared.askVersion()));
  serveEvents(app, shared, live);
  serveReader(app, shared, openFeeds(shared, fast));

  await app.ready();
  const answer = handler;
  if (answer)
    port.serve((request, response) => {
      if (!fast.answer(request, response)) answer(request, response);
    });
  return {
    url: port.url,
    async close() {
      live.close();
      if (!parts.open) await port.close();
      await app.close();
      await changes.close();
    },
  };
}
