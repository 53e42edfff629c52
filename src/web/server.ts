import type { AddressInfo } from 'node:net';
import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { type FastifyBaseLogger, fastify, LogController } from 'fastify';
import { type CustomLabels, noCustomLabels } from '../classify/custom-labels.ts';
import type { Log } from '../domain/log.ts';
import type { Settings } from '../domain/settings.ts';
import type { Queues } from '../queue/queues.ts';
import type { Store } from '../store/db.ts';
import { createAccess, isLoopback } from './access.ts';
import { tagEntities } from './entity-tags.ts';
import { answerErrors } from './errors.ts';
import { openMetrics } from './metrics.ts';
import { openToAll } from './open-to-all.ts';
import { serveApi } from './routes/api.ts';
import { serveAssets } from './routes/assets.ts';
import { serveDirectory } from './routes/directory.ts';
import { openFeeds } from './routes/feeds.ts';
import { serveHealth } from './routes/health.ts';
import { serveOperator } from './routes/operator.ts';
import { serveReader } from './routes/reader.ts';
import { publicPath } from './services.ts';

export interface WebServer {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Requests a minute and address; far more than a feed reader or a browser makes. This machine itself is not counted. */
const requestsAMinute = 600;

/** How long a request may take to arrive, and a connection may be silent in both directions. */
const requestWithinMs = 10_000;
const silentMs = 20_000;
/** Further connections are refused: each holds some 20 kB. */
const mostConnections = 2000;

/** Answers that are on their way may be finished when the server closes; a client that dawdles is cut off. */
const finishWithinMs = 3000;

/**
 * Starts the web server of the wire: feeds, reader pages, API, and the operator's pages.
 * @param parts.settings HOST and PORT say where it listens (port 0: a free one), OPERATOR_PASSWORD who may see the operator's pages
 */
export async function openServer(parts: {
  store: Store;
  queues: Queues;
  settings: Settings;
  /** The custom topics and regions (setting LABELS). */
  labels?: CustomLabels;
  log: Log;
}): Promise<WebServer> {
  const { settings, log, queues } = parts;
  const loggerInstance: FastifyBaseLogger = log.child({ room: 'web' });
  const path = publicPath(settings);
  const app = fastify({
    loggerInstance,
    // One line a request, our own: below.
    logController: new LogController({ disableRequestLogging: true }),
    // A proxy of this machine may say who asks and by which name.
    trustProxy: 'loopback',
    // A proxy in front may pass the path of PUBLIC_URL on, or keep it to itself.
    rewriteUrl: ({ url = '/' }) =>
      path !== '' && (url === path || url.startsWith(`${path}/`))
        ? url.slice(path.length).replace(/^(?!\/)/, '/')
        : url,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    forceCloseConnections: 'idle',
    bodyLimit: 1024 * 1024,
    // A request is whole within that time, however slowly its bytes come; a client that does not read is cut off.
    requestTimeout: requestWithinMs,
    connectionTimeout: silentMs,
    http: { connectionsCheckingInterval: 2000, headersTimeout: requestWithinMs },
  });
  app.server.maxConnections = mostConnections;

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        // Lead pictures stand at the publishers.
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
    timeWindow: '1 minute',
    allowList: (request) => isLoopback(request.ip),
  });
  openToAll(app);
  tagEntities(app);
  await app.register(compress, { threshold: 1024 });

  const shared = {
    db: parts.store.db,
    queues,
    settings,
    labels: parts.labels ?? noCustomLabels,
    log,
    access: createAccess(settings),
  };
  answerErrors(app, shared);
  app.addHook('onResponse', async (request, reply) => {
    const { method, url } = request;
    const milliseconds = Math.round(reply.elapsedTime);
    request.log.debug({ method, url, status: reply.statusCode, milliseconds }, 'answered');
  });
  const metrics = openMetrics(app, shared);
  serveAssets(app);
  serveHealth(app, shared);
  await serveApi(app, shared);
  serveDirectory(app, shared);
  await serveOperator(app, shared, metrics);
  serveReader(app, shared, openFeeds(shared));

  await app.listen({ host: settings.HOST, port: settings.PORT });
  const { address, port } = app.server.address() as AddressInfo;
  const host = address.includes(':') ? `[${address}]` : address;
  return {
    url: `http://${host}:${port}`,
    async close() {
      const lastCall = setTimeout(() => app.server.closeAllConnections(), finishWithinMs);
      await app.close();
      clearTimeout(lastCall);
    },
  };
}
