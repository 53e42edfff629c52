import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type FeedFormat, type Filter, feedFiles, feedFormats } from '../../domain/filter.ts';
import { dayMs } from '../../domain/time.ts';
import type { Db } from '../../store/db.ts';
import { mark, marksOf } from '../../store/marks.ts';
import { mutesOf, withoutMuted } from '../../store/mutes.ts';
import {
  type ArticleCard,
  type Difference,
  differencesOf,
  lastSeq,
  oneArticle,
  revisionsOf,
  storyArticles,
  storySize,
} from '../../store/read/articles.ts';
import {
  faceOf,
  latestStories,
  relevantStories,
  type StoryCard,
  storyCards,
  widelyTold,
} from '../../store/read/story-cards.ts';
import { storyDifferences } from '../../store/read/story-differences.ts';
import { subscriptionAt } from '../../store/subscriptions.ts';
import { feedAddress, pageAddress, readAddress } from '../filter.ts';
import { mayRead, readNames } from '../names.ts';
import { articlePage } from '../pages/article.ts';
import { filterTitle, standfirst } from '../pages/labels.ts';
import { storyList } from '../pages/stories.ts';
import { storyPage } from '../pages/story.ts';
import { isId, requireArticle, requireSource } from '../parameters.ts';
import { feedForm, type Query, readQuery } from '../query.ts';
import { RequestError } from '../request-error.ts';
import { type SearchHits, searchHits } from '../search-hits.ts';
import { publicPath, type Services, sendPage, siteFor } from '../services.ts';
import { VersionCache } from '../version-cache.ts';
import { weightOf } from '../weight.ts';
import type { FeedSender, SecretPlace } from './feeds.ts';

const storiesOnPage = 40;
/** Top stories of a first page, chosen among what was told in these days. */
const topOnPage = 5;
const topDays = 2;
/** Lists kept for one version of the store; a list holds some 100 kB. */
const keptLists = 200;
/** Whether two addresses differ in how their parameters are written (`%20` for `+`, another order), not in what they say. */
function isOtherSpelling(asked: string, canonical: string): boolean {
  const said = (address: string): string => {
    const parameters = new URLSearchParams(address.slice(`${address}?`.indexOf('?')));
    parameters.sort();
    return parameters.toString();
  };
  return asked !== canonical && said(asked) === said(canonical);
}

/** Pages for readers: lists of stories, one story, one article. The feeds of a list stand under the list's address. */
export function serveReader(app: FastifyInstance, services: Services, feeds: FeedSender): void {
  const lists = new VersionCache<StoryCard[]>(services, keptLists);
  const tops = new VersionCache<StoryCard[]>(services, keptLists);
  const marked = new VersionCache<SearchHits>(services, keptLists);
  const last = new VersionCache<string>(services, 1);
  app.get<{ Querystring: Query }>('/*', async (request, reply) => {
    const [pathname = '/'] = request.url.split('?', 1);
    const query = readQuery(request.query);
    const { filter, feed } = readAddress(pathname, query, services.labels);
    if (filter.source !== undefined) await requireSource(services.db, filter.source);

    // One address for one thing: `/topic/politics/region/rs/` leads to `/region/RS/topic/politics`.
    const canonical = feed === undefined ? pageAddress(filter) : feedAddress(filter, feed, feedForm(query));
    const isSearchForm = filter.query === undefined && pathname === '/search';
    if (canonical.split('?', 1)[0] !== pathname && !isSearchForm)
      return reply.redirect(`${publicPath(services.settings)}${canonical}`, 301);
    if (feed !== undefined) return sendFeed(request, reply, filter, feed);
    const { before } = query;
    const byRelevance = filter.query !== undefined && query.sort === 'relevance';

    const now = new Date();
    const [site, user] = await Promise.all([siteFor(services, request), services.accounts.visitor(request)]);
    const mutes = user ? await mutesOf(services.db, user.id) : [];
    const { langs } = site.view;
    const held = langs.length > 0 && filter.lang === undefined ? { ...filter, anyOf: { lang: langs } } : filter;
    const seen = withoutMuted(held, mutes);
    const key = JSON.stringify(seen);
    const [latest, found, counts, top, names] = await Promise.all([
      // Before the list is read: what comes meanwhile is told of rather than missed.
      last.get('', () => lastSeq(services.db)),
      byRelevance
        ? lists.get(`relevance ${key}`, () => relevantStories(services.db, seen, storiesOnPage))
        : lists.get(`${before} ${key}`, () => latestStories(services.db, seen, storiesOnPage + 1, before)),
      services.facets(seen),
      before === undefined && filter.query === undefined ? tops.get(key, () => topStories(services.db, seen, now)) : [],
      readNames(services),
    ]);
    const onPage = found.slice(0, storiesOnPage);
    const lowest = onPage.at(-1);
    const isHit = `${site.operator} ${filter.query} ${onPage.map(({ face }) => face.seq)}`;
    const hits = await marked.get(isHit, () => searchHits(services.db, filter.query, onPage, names, site.operator));
    const faces = [...top, ...onPage].map(({ face }) => face.seq);
    const own = user && new Map((await marksOf(services.db, user.id, faces)).map((one) => [one.seq, one]));
    const isTop = new Set(top.map(({ story }) => story));
    const title = filterTitle(filter, names);
    return sendPage(reply, site, {
      title: title ?? site.title,
      description: `News ${title ? `on ${title}` : 'of all sources'}, merged: each article once, each story as all outlets tell it.`,
      filter,
      current: canonical,
      index: filter.query === undefined && before === undefined,
      main: storyList({
        filter,
        follow: site.user === undefined ? undefined : canonical,
        live:
          before === undefined && !byRelevance
            ? `/events?${new URLSearchParams({ path: pageAddress(filter), since: latest })}`
            : undefined,
        now,
        top,
        hits,
        byRelevance,
        pictures: services.settings.PICTURES && site.view.pictures,
        view: site.view,
        address: request.url,
        own,
        personal: seen !== filter,
        stories: onPage.filter(({ story }) => !isTop.has(story)),
        facets: counts,
        names,
        older:
          !byRelevance && found.length > onPage.length && lowest ? pageAddress(filter, lowest.newest.seq) : undefined,
        later: before !== undefined,
      }),
    });
  });

  const differences = new VersionCache<ReadonlyMap<string, Difference>>(services, keptLists);
  app.get<{ Params: { id: string } }>('/story/:id', async (request, reply) => {
    const { id } = request.params;
    const face = await requireStory(id);
    if (face === undefined) return movedStory(id, '', reply);
    const [articles, otherwise, names, site] = await Promise.all([
      storyArticles(services.db, id),
      differences.get(id, () => storyDifferences(services.db, id)),
      readNames(services),
      siteFor(services, request),
    ]);
    const user = await services.accounts.visitor(request);
    // Who opens a story has seen all that it is told by.
    const seqs = articles.map(({ seq }) => seq);
    if (user) await mark(services.db, user.id, seqs, { read: true }, new Date());
    const main = storyPage({
      story: id,
      face,
      articles,
      differences: otherwise,
      names,
      pictures: services.settings.PICTURES && site.view.pictures,
      canFollow: user !== undefined,
      readable: (source) => mayRead({ source, withdrawnAt: null }, names, site.operator),
    });
    const description = standfirst(face);
    return sendPage(reply, site, { title: face.title, description, filter: { story: id }, article: true, main });
  });

  app.get<{ Params: { id: string; file: string }; Querystring: Query }>('/story/:id/:file', async (request, reply) => {
    const { id, file } = request.params;
    const format = feedFormats.find((one) => feedFiles[one] === file);
    if (format === undefined) throw new RequestError(404, 'A story has feed.xml, feed.atom and feed.json.');
    if ((await requireStory(id)) === undefined) return movedStory(id, request.url.slice(`/story/${id}`.length), reply);
    return sendFeed(request, reply, { story: id }, format);
  });

  /** A feed names itself by its canonical address, and must have been asked for by that. */
  async function sendFeed(
    request: FastifyRequest,
    reply: FastifyReply,
    filter: Filter,
    format: FeedFormat,
    place?: SecretPlace,
  ): Promise<FastifyReply> {
    const form = feedForm(readQuery(request.query as Query));
    const canonical = feedAddress(filter, format, form, place?.path);
    if (isOtherSpelling(request.url, canonical))
      return reply.redirect(`${publicPath(services.settings)}${canonical}`, 301);
    return feeds.send(request, reply, filter, format, form, place);
  }

  /** The face of a story; undefined when it may have become part of another. */
  const requireStory = async (id: string): Promise<ArticleCard | undefined> =>
    isId(id) ? faceOf(services.db, id) : undefined;

  /** A story that became part of another: its id is that of the article which opened it, and tells where that is now. */
  async function movedStory(id: string, rest: string, reply: FastifyReply): Promise<FastifyReply> {
    const opener = isId(id) ? await oneArticle(services.db, id) : undefined;
    if (opener && !opener.withdrawnAt && opener.story !== id)
      return reply.redirect(`${publicPath(services.settings)}/story/${opener.story}${rest}`);
    throw new RequestError(404, 'There is no such story (any more).');
  }

  app.get<{ Params: { secret: string; file: string }; Querystring: Query }>(
    '/private/:secret/:file',
    async (request, reply) => {
      const { secret, file } = request.params;
      const format = feedFormats.find((one) => feedFiles[one] === file);
      const followed = /^[\w-]{32}$/.test(secret) ? await subscriptionAt(services.db, secret) : undefined;
      if (format === undefined || !followed)
        throw new RequestError(404, 'There is no feed at this address; it may have been revoked.');
      const place = { path: `/private/${secret}`, about: followed.title };
      return sendFeed(request, reply, followed.filter, format, place);
    },
  );

  app.get<{ Params: { id: string } }>('/article/:id', async (request, reply) => {
    const site = await siteFor(services, request);
    const article = await requireArticle(services.db, request.params.id, site.operator);
    const [names, size, revisions, differences] = await Promise.all([
      readNames(services),
      storySize(services.db, article.story),
      revisionsOf(services.db, article.id),
      differencesOf(services.db, article.id),
    ]);
    const user = await services.accounts.visitor(request);
    const [own] = user ? await marksOf(services.db, user.id, [article.seq]) : [];
    // Who opens an article has read it.
    if (user && own && !own.read) await mark(services.db, user.id, [article.seq], { read: true }, new Date());
    const main = articlePage({
      article,
      starred: own?.starred,
      names,
      pictures: services.settings.PICTURES && site.view.pictures,
      full: mayRead(article, names, site.operator),
      revisions,
      differences,
      readable: (source) => mayRead({ source, withdrawnAt: null }, names, site.operator),
      others: Math.max(0, size - (article.withdrawnAt ? 0 : 1)),
    });
    return sendPage(reply, site, { title: article.title, article: true, main });
  });
}

/** The weightiest stories of a filter. */
async function topStories(db: Db, filter: Filter, now: Date): Promise<StoryCard[]> {
  const standings = await widelyTold(db, filter, new Date(now.getTime() - topDays * dayMs));
  const weighed = standings
    .map((one) => ({ ...one, weight: weightOf({ ...one, newestAt: one.newest.newsAt }, now) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, topOnPage);
  return storyCards(db, weighed, filter);
}
