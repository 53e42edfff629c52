import type { FastifyInstance } from 'fastify';
import {
  differencesOf,
  latestStories,
  oneArticle,
  revisionsOf,
  storyArticles,
  storySize,
} from '../../store/read/articles.ts';
import { facets } from '../../store/read/facets.ts';
import { feedAddress, pageAddress, readAddress } from '../filter.ts';
import { mayRead, readNames } from '../names.ts';
import { articlePage } from '../pages/article.ts';
import { cutTitle } from '../pages/labels.ts';
import { storyList } from '../pages/stories.ts';
import { storyPage } from '../pages/story.ts';
import {
  cursorParameter,
  isId,
  limitParameter,
  type Query,
  requireArticle,
  requireSource,
  textParameter,
} from '../parameters.ts';
import { RequestError } from '../request-error.ts';
import { publicPath, sendPage, siteFor, type Wire } from '../services.ts';
import type { FeedSender } from './feeds.ts';

const storiesOnPage = 40;

/** Pages for readers: lists of stories, one story, one article. The feeds of a list stand under the list's address. */
export function serveReader(app: FastifyInstance, wire: Wire, feeds: FeedSender): void {
  app.get<{ Querystring: Query }>('/*', async (request, reply) => {
    const { pathname } = new URL(request.url, 'http://wire');
    const { cut, feed } = readAddress(pathname, textParameter(request.query, 'q'), wire.labels);
    if (cut.source !== undefined) await requireSource(wire.db, cut.source);

    // One address for one thing: `/topic/politics/region/rs/` leads to `/region/RS/topic/politics`.
    const canonical = feed === undefined ? pageAddress(cut) : feedAddress(cut, feed, limitParameter(request.query));
    const isSearchForm = cut.query === undefined && pathname === '/search';
    if (new URL(canonical, 'http://wire').pathname !== pathname && !isSearchForm)
      return reply.redirect(`${publicPath(wire.settings)}${canonical}`, 301);
    if (feed !== undefined) return feeds.send(request, reply, cut, feed);
    const before = cursorParameter(request.query);

    const [found, counts, names, site] = await Promise.all([
      latestStories(wire.db, cut, storiesOnPage + 1, before),
      facets(wire.db, cut),
      readNames(wire),
      siteFor(wire, request, reply),
    ]);
    const stories = found.slice(0, storiesOnPage);
    const last = stories.at(-1);
    const title = cutTitle(cut, names);
    return sendPage(reply, site, {
      title: title ?? site.title,
      description: `News ${title ? `on ${title}` : 'of all sources'}, merged: each article once, each story as all outlets tell it.`,
      cut,
      current: canonical,
      index: cut.query === undefined && before === undefined,
      main: storyList({
        cut,
        stories,
        facets: counts,
        names,
        older: found.length > stories.length && last ? pageAddress(cut, last.lead.seq) : undefined,
        later: before !== undefined,
      }),
    });
  });

  app.get<{ Params: { id: string } }>('/story/:id', async (request, reply) => {
    const { id } = request.params;
    const articles = isId(id) ? await storyArticles(wire.db, id) : [];
    const newest = articles.at(-1);
    if (!newest) {
      // A story that became part of another: its id is that of the article which opened it, and tells where that is now.
      const opener = isId(id) ? await oneArticle(wire.db, id) : undefined;
      if (opener && !opener.withdrawnAt && opener.story !== id)
        return reply.redirect(`${publicPath(wire.settings)}/story/${opener.story}`);
      throw new RequestError(404, 'There is no such story (any more).');
    }
    const [names, site] = await Promise.all([readNames(wire), siteFor(wire, request, reply)]);
    return sendPage(reply, site, { title: newest.title, main: storyPage(articles, names) });
  });

  app.get<{ Params: { id: string } }>('/article/:id', async (request, reply) => {
    const site = await siteFor(wire, request, reply);
    const article = await requireArticle(wire.db, request.params.id, site.operator);
    const [names, size, revisions, differences] = await Promise.all([
      readNames(wire),
      storySize(wire.db, article.story),
      revisionsOf(wire.db, article.id),
      differencesOf(wire.db, article.id),
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
