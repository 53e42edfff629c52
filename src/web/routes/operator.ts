import { createBullBoard } from '@bull-board/api';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyHelmetRouteOptions } from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { dayMs } from '../../domain/time.ts';
import { openAlerts } from '../../store/alerts.ts';
import { hubState } from '../../store/hub.ts';
import { channelStates } from '../../store/messages.ts';
import { endsSince } from '../../store/outcome-counts.ts';
import {
  countArticles,
  countWaiting,
  deliveryStates,
  linksAt,
  recentRejections,
  sourceStates,
} from '../../store/read/operations.ts';
import { countSources } from '../../store/read/overview.ts';
import type { Metrics } from '../metrics.ts';
import { readNames } from '../names.ts';
import { operatorGuard } from '../operator-guard.ts';
import { assetPath } from '../pages/layout.ts';
import { linksPage } from '../pages/links.ts';
import { statusPage } from '../pages/status.ts';
import { type Query, readQuery } from '../query.ts';
import { boardOf } from '../queue-board.ts';
import { queueSizes } from '../queue-sizes.ts';
import { publicPath, type Services, sendPage, siteFor } from '../services.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Read by @fastify/helmet when a request comes; its type names the route's option only. */
    helmet?: FastifyHelmetRouteOptions['helmet'];
  }
}

/** More of them stand at /admin/sources: a thousand rows are half a second. */
const mostSources = 100;

/** The operator's pages: status, what happened to an address, the queues' dashboard, metrics. */
export async function serveOperator(app: FastifyInstance, services: Services, metrics: Metrics): Promise<void> {
  await app.register(async (pages) => {
    pages.addHook('onRequest', operatorGuard(services));

    pages.get<{ Querystring: Query }>('/status', async (request, reply) => {
      const { db } = services;
      const now = new Date();
      const yesterday = new Date(now.getTime() - dayMs);
      const { reason } = readQuery(request.query);
      const refreshSeconds = request.query.refresh === '10' ? 10 : undefined;
      const [
        sources,
        health,
        today,
        waiting,
        total,
        queues,
        deliveries,
        rejections,
        names,
        site,
        alerts,
        channels,
        hub,
      ] = await Promise.all([
        sourceStates(db, now, mostSources),
        countSources(db),
        endsSince(db, yesterday),
        countWaiting(db),
        countArticles(db, yesterday),
        queueSizes(services.queues),
        deliveryStates(db),
        recentRejections(db, 50, reason),
        readNames(services),
        siteFor(services, request),
        openAlerts(db),
        channelStates(db, now),
        hubState(db),
      ]);
      const { backend } = services.queues;
      const status = {
        now,
        sources,
        health,
        today,
        waiting,
        total,
        queues,
        backend,
        deliveries: deliveries.map((one) =>
          one.target === 'own hub' && hub?.error
            ? { ...one, failures: Math.max(1, one.failures), lastError: hub.error }
            : one,
        ),
        alerts,
        channels,
        rejections,
        names,
        reason,
        refreshSeconds,
      };
      return sendPage(reply, site, { title: 'Status', current: '/admin', refreshSeconds, main: statusPage(status) });
    });

    pages.get<{ Querystring: Query }>('/links', async (request, reply) => {
      const { url = '' } = readQuery(request.query);
      const links = url === '' ? [] : await linksAt(services.db, url);
      const [names, site] = await Promise.all([readNames(services), siteFor(services, request)]);
      return sendPage(reply, site, { title: 'What happened to this address?', main: linksPage(url, links, names) });
    });

    pages.get('/metrics', async (_request, reply) =>
      reply
        .header('cache-control', 'no-store')
        .type(metrics.contentType)
        .send(await metrics.text()),
    );

    await pages.register(async (board) => {
      // The dashboard styles its elements inline and reads its settings from a data block; its scripts are files.
      const contentSecurityPolicy = {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:'],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          baseUri: ["'self'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      };
      board.addHook('onRoute', (route) => {
        route.config = { ...route.config, helmet: { contentSecurityPolicy } };
      });
      const base = publicPath(services.settings);
      const ownParts = `<link rel="stylesheet" href="${base}${assetPath('queuesStyle')}"><script src="${base}${assetPath('queuesScript')}"></script>`;
      // Its page asks another server for a font; the policy above forbids that, and nobody needs to know who reads it.
      board.addHook('onSend', async (_request, _reply, payload) =>
        typeof payload === 'string'
          ? payload.replace(/<link href="https:[^>]*>/g, '').replace('</body>', `${ownParts}</body>`)
          : payload,
      );
      const adapter = new FastifyAdapter().setBasePath(`${publicPath(services.settings)}/queues`);
      createBullBoard({ ...boardOf(services), serverAdapter: adapter });
      await board.register(adapter.registerPlugin(), { prefix: '/queues' });
    });
  });
}
