import type { FastifyInstance } from 'fastify';
import { toOpml } from '../../../feeds/write/opml.ts';
import type { FeedItems } from '../../domain/filter.ts';
import { feedAddress, pageAddress } from '../filter.ts';
import { readNames } from '../names.ts';
import { directoryGroups, directoryPage, opmlGroups } from '../pages/directory.ts';
import { partName } from '../pages/labels.ts';
import { feedForm, readQuery } from '../query.ts';
import { RequestError } from '../request-error.ts';
import { baseUrl, cacheable, type Services, sendPage, siteFor } from '../services.ts';

/** How many of the newest articles say which filters there are. */
const newest = 20_000;

/** `/feeds`: all feeds on one page; `/opml`: chosen groups of them for feed readers. */
export function serveDirectory(app: FastifyInstance, services: Services): void {
  app.get('/feeds', async (request, reply) => {
    const [counts, names, site] = await Promise.all([
      services.facets({}, newest),
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
    const { groups: chosen, items } = readOpmlChoice(new URL(request.url, 'http://wire').searchParams);
    const [counts, names] = await Promise.all([services.facets({}, newest), readNames(services)]);
    const base = baseUrl(services, request);
    const { TITLE } = services.settings;
    const feed = (title: string, filter: Parameters<typeof pageAddress>[0]) => ({
      title,
      feedUrl: `${base}${feedAddress(filter, 'rss', { items })}`,
      homeUrl: `${base}${pageAddress(filter)}`,
    });
    const wanted = directoryGroups(counts, names).filter(({ id }) => chosen.has(id));
    const groups = wanted.map((group) => ({
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
      .send(toOpml({ title: TITLE, outlines: [...(chosen.has('all') ? [feed(TITLE, {})] : []), ...groups] }));
  });
}

/** Which groups a list of subscriptions shall hold (`group`, several), and what its feeds' items are. @throws RequestError */
function readOpmlChoice(query: URLSearchParams): { groups: ReadonlySet<string>; items: FeedItems | undefined } {
  const groups = query.getAll('group').flatMap((value) => value.split(','));
  const known: readonly string[] = opmlGroups;
  const unknown = groups.find((group) => !known.includes(group));
  if (unknown !== undefined)
    throw new RequestError(400, `There is no group '${unknown}'. The groups are: ${known.join(', ')}.`);
  return {
    groups: new Set(groups.length === 0 ? ['all'] : groups),
    items: feedForm(readQuery({ items: query.get('items') ?? '' })).items,
  };
}
