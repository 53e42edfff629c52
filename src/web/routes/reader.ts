import type { FastifyInstance } from 'fastify';
import {
  differencesOf,
  latestStories,
  oneArticle,
  revisionsOf,
  type StoryCard,
  storyArticles,
  storySize,
} from '../../store/read/articles.ts';
import { type Facets, facets } from '../../store/read/facets.ts';
import { feedAddress, pageAddress, readAddress } from '../filter.ts';
import { mayRead, readNames } from '../names.ts';
import { articlePage } from '../pages/article.ts';
import { filterTitle } from '../pages/labels.ts';
import { storyList } from '../pages/stories.ts';
import { storyPage } from '../pages/story.ts';
import { isId, requireArticle, requireSource } from '../parameters.ts';
import { type Query, readQuery } from '../query.ts';
import { RequestError } from '../request-error.ts';
import { publicPath, type Services, sendPage, siteFor } from '../services.ts';
import { VersionCache } from '../version-cache.ts';
import type { FeedSender } from './feeds.ts';

const storiesOnPage = 40;
/** Lists and counts kept for one version of the store; a list holds some 100 kB. */
const keptLists = 200;

/** Pages for readers: lists of stories, one story, one article. The feeds of a list stand under the list's address. */
export function serveReader(app: FastifyInstance, services: Services, feeds: FeedSender): void {
  const lists = new VersionCache<StoryCard[]>(services, keptLists);
  const counted = new VersionCache<Facets>(services, keptLists);
  app.get<{ Querystring: Query }>('/*', async (request, reply) => {
    const [pathname = '/'] = request.url.split('?', 1);
    const query = readQuery(request.query);
    const { filter, feed } = readAddress(pathname, query, services.labels);
    if (filter.source !== undefined) await requireSource(services.db, filter.source);

    // One address for one thing: `/topic/politics/region/rs/` leads to `/region/RS/topic/politics`.
    const canonical = feed === undefined ? pageAddress(filter) : feedAddress(filter, feed, query.limit);
    const isSearchForm = filter.query === undefined && pathname === '/search';
    if (canonical.split('?', 1)[0] !== pathname && !isSearchForm)
      return reply.redirect(`${publicPath(services.settings)}${canonical}`, 301);
    if (feed !== undefined) return feeds.send(request, reply, filter, feed, query.limit);
    const { before } = query;

    const [found, counts, names, site] = await Promise.all([
      lists.get(pageAddress(filter, before), () => latestStories(services.db, filter, storiesOnPage + 1, before)),
      counted.get(pageAddress(filter), () => facets(services.db, filter)),
      readNames(services),
      siteFor(services, request),
    ]);
    const stories = found.slice(0, storiesOnPage);
    const last = stories.at(-1);
    const title = filterTitle(filter, names);
    return sendPage(reply, site, {
      title: title ?? site.title,
      description: `News ${title ? `on ${title}` : 'of all sources'}, merged: each article once, each story as all outlets tell it.`,
      filter,
      current: canonical,
      index: filter.query === undefined && before === undefined,
      main: storyList({
        filter,
        stories,
        facets: counts,
        names,
        older: found.length > stories.length && last ? pageAddress(filter, last.lead.seq) : undefined,
        later: before !== undefined,
      }),
    });
  });

  app.get<{ Params: { id: string } }>('/story/:id', async (request, reply) => {
    const { id } = request.params;
    const articles = isId(id) ? await storyArticles(services.db, id) : [];
    const newest = articles.at(-1);
    if (!newest) {
      // A story that became part of another: its id is that of the article which opened it, and tells where that is now.
      const opener = isId(id) ? await oneArticle(services.db, id) : undefined;
      if (opener && !opener.withdrawnAt && opener.story !== id)
        return reply.redirect(`${publicPath(services.settings)}/story/${opener.story}`);
      throw new RequestError(404, 'There is no such story (any more).');
    }
    const [names, site] = await Promise.all([readNames(services), siteFor(services, request)]);
    return sendPage(reply, site, { title: newest.title, main: storyPage(articles, names) });
  });

  app.get<{ Params: { id: string } }>('/article/:id', async (request, reply) => {
    const site = await siteFor(services, request);
    const article = await requireArticle(services.db, request.params.id, site.operator);
    const [names, size, revisions, differences] = await Promise.all([
      readNames(services),
      storySize(services.db, article.story),
      revisionsOf(services.db, article.id),
      differencesOf(services.db, article.id),
    ]);
    const main = articlePage({
      article,
      names,
      full: mayRead(article, names, site.operator),
      revisions,
      differences,
      readable: (source) => mayRead({ source, withdrawnAt: null }, names, site.operator),
      others: Math.max(0, size - (article.withdrawnAt ? 0 : 1)),
    });
    return sendPage(reply, site, { title: article.title, main });
  });
}
