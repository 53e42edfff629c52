import type { FastifyInstance } from 'fastify';
import { crawlerPage } from '../pages/crawler.ts';
import { type Services, sendPage, siteFor } from '../services.ts';

/** `/crawler`: what the User-Agent of the crawler names. */
export function serveCrawlerPage(app: FastifyInstance, services: Services): void {
  app.get('/crawler', async (request, reply) =>
    sendPage(reply, await siteFor(services, request), {
      title: 'About our crawler',
      description: 'Who crawls for this wire, why, how often, and how a site is left alone.',
      index: true,
      main: crawlerPage(services.settings),
    }),
  );
}
