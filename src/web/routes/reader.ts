import type { FastifyInstance, FastifyReply } from 'fastify';
import { facets, latestStories, oneArticle, outlets, storyArticles } from '../../store/reading.ts';
import { pageAddress, readAddress } from '../cut.ts';
import { RequestError } from '../errors.ts';
import { articlePage } from '../pages/article.ts';
import { cutTitle } from '../pages/labels.ts';
import { layout, type Page, type Site } from '../pages/layout.ts';
import { storyList } from '../pages/stories.ts';
import { storyPage } from '../pages/story.ts';
import { siteFor, type Wire } from '../wire.ts';
import { requireSource, sendFeed } from './feeds.ts';

const storiesOnPage = 40;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Sends a page; what the operator sees is for no shared cache. */
export function sendPage(reply: FastifyReply, site: Site, page: Page): FastifyReply {
  return reply
    .header('cache-control', site.operator ? 'private, no-store' : 'public, max-age=30')
    .header('vary', 'authorization, accept-encoding')
    .type('text/html; charset=utf-8')
    .send(layout(site, page));
}

/** Pages for readers: lists of stories, one story, one article; and the feeds of every list, which have its address. */
export function serveReader(app: FastifyInstance, wire: Wire): void {
  app.get<{ Querystring: { q?: unknown; before?: unknown; limit?: unknown } }>('/*', async (request, reply) => {
    const { pathname } = new URL(request.url, 'http://wire');
    const { q, before, limit } = request.query;
    const { cut, feed } = readAddress(pathname, typeof q === 'string' ? q : undefined);
    if (cut.source !== undefined) await requireSource(wire.db, cut.source);
    if (feed !== undefined) return sendFeed(wire, request, reply, cut, feed, limit);

    // One address for one page: `/topic/x/region/rs/` leads to `/region/RS/topic/x`.
    const canonical = pageAddress(cut);
    const isSearchForm = cut.query === undefined && pathname === '/search';
    if (new URL(canonical, 'http://wire').pathname !== pathname && !isSearchForm) return reply.redirect(canonical, 301);
    if (before !== undefined && !(typeof before === 'string' && /^\d{1,18}$/.test(before)))
      throw new RequestError(400, 'The address names a page of the list that cannot be; start at the newest.');

    const [found, counts, names, site] = await Promise.all([
      latestStories(wire.db, cut, storiesOnPage + 1, before),
      facets(wire.db, cut),
      outlets(wire.db),
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
        outlets: names,
        older: found.length > stories.length && last ? pageAddress(cut, last.lead.seq) : undefined,
        later: before !== undefined,
      }),
    });
  });

  app.get<{ Params: { id: string } }>('/story/:id', async (request, reply) => {
    const { id } = request.params;
    const articles = uuid.test(id) ? await storyArticles(wire.db, id) : [];
    const newest = articles.at(-1);
    if (!newest) throw new RequestError(404, 'There is no such story (any more).');
    const [names, site] = await Promise.all([outlets(wire.db), siteFor(wire, request, reply)]);
    return sendPage(reply, site, { title: newest.title, main: storyPage(articles, names) });
  });

  app.get<{ Params: { id: string } }>('/article/:id', async (request, reply) => {
    const { id } = request.params;
    const article = uuid.test(id) ? await oneArticle(wire.db, id) : undefined;
    if (!article) throw new RequestError(404, 'There is no such article.');
    const [names, site, story] = await Promise.all([
      outlets(wire.db),
      siteFor(wire, request, reply),
      storyArticles(wire.db, article.story),
    ]);
    const isPublic = names.get(article.source)?.content === 'full' && article.withdrawnAt === null;
    const others = story.filter((other) => other.id !== id).length;
    const main = articlePage({ article, outlets: names, full: site.operator || isPublic, others });
    return sendPage(reply, site, { title: article.title, main });
  });
}
