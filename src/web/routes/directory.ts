import type { FastifyInstance } from 'fastify';
import { facets, outlets } from '../../store/reading.ts';
import { directoryPage } from '../pages/directory.ts';
import { sendPage, siteFor, type Wire } from '../wire.ts';

/** How many of the newest articles say which cuts the directory lists. */
const newest = 20_000;

/** `/feeds`: all feeds on one page; `/opml`: the same for feed readers. */
export function serveDirectory(app: FastifyInstance, wire: Wire): void {
  app.get('/feeds', async (request, reply) => {
    const [counts, names, site] = await Promise.all([
      facets(wire.db, {}, newest),
      outlets(wire.db),
      siteFor(wire, request, reply),
    ]);
    return sendPage(reply, site, {
      title: 'Feeds',
      description: 'All feeds of this wire: by topic, region, country, language and source.',
      cut: {},
      current: '/feeds',
      index: true,
      main: directoryPage(counts, names),
    });
  });
}
