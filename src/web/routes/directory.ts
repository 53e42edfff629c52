import type { FastifyInstance } from 'fastify';
import { toOpml } from '../../../feeds/write/opml.ts';
import { facets } from '../../store/read/facets.ts';
import { feedAddress, pageAddress } from '../filter.ts';
import { readNames } from '../names.ts';
import { directoryGroups, directoryPage } from '../pages/directory.ts';
import { partName } from '../pages/labels.ts';
import { baseUrl, cacheable, type Services, sendPage, siteFor } from '../services.ts';

/** How many of the newest articles say which filters there are. */
const newest = 20_000;

/** `/feeds`: all feeds on one page; `/opml`: the same for feed readers. */
export function serveDirectory(app: FastifyInstance, services: Services): void {
  app.get('/feeds', async (request, reply) => {
    const [counts, names, site] = await Promise.all([
      facets(services.db, {}, newest),
      readNames(services),
      siteFor(services, request),
    ]);
    return sendPage(reply, site, {
      title: 'Feeds',
      description: 'All feeds of this wire: by topic, region, country, language and source.',
      filter: {},
      current: '/feeds',
      index: true,
      main: directoryPage(counts, names),
    });
  });

  app.get('/opml', async (request, reply) => {
    const [counts, names] = await Promise.all([facets(services.db, {}, newest), readNames(services)]);
    const base = baseUrl(services, request);
    const { TITLE } = services.settings;
    const feed = (title: string, filter: Parameters<typeof pageAddress>[0]) => ({
      title,
      feedUrl: `${base}${feedAddress(filter, 'rss')}`,
      homeUrl: `${base}${pageAddress(filter)}`,
    });
    const groups = directoryGroups(counts, names).map((group) => ({
      title: group.title,
      outlines: group.counts.map(({ id }) => {
        const name = partName(group.kind, id, names);
        return feed(`${TITLE}: ${name}`, { [group.kind]: id });
      }),
    }));
    return reply
      .header('cache-control', `${cacheable(services.settings)}, max-age=300`)
      .header('content-disposition', 'attachment; filename="feeds.opml"')
      .type('text/x-opml; charset=utf-8')
      .send(toOpml({ title: TITLE, outlines: [feed(TITLE, {}), ...groups] }));
  });
}
