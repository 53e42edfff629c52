import { z } from 'zod';
import type { FilterKind } from '../../domain/filter.ts';
import { latestArticles } from '../../store/read/articles.ts';
import type { FacetCount } from '../../store/read/facets.ts';
import { outlets } from '../../store/read/outlets.ts';
import { latestStories, storyCards } from '../../store/read/story-cards.ts';
import { articleJson } from '../api/article-json.ts';
import { articleSchema, countsSchema, failureSchema, outletSchema, storiesSchema, storySchema } from '../api/schema.ts';
import { type Api, filterOf } from '../api/scope.ts';
import { storyJson } from '../api/story-json.ts';
import { mayRead, readNames } from '../names.ts';
import { partName } from '../pages/labels.ts';
import { isId } from '../parameters.ts';
import { filterParameters, listParameters } from '../query.ts';
import { RequestError } from '../request-error.ts';
import { baseUrl, type Services } from '../services.ts';

const failures = { 400: failureSchema, 404: failureSchema };
/** The newest articles over which filters are counted. */
const counted = 20_000;
const { q, from, to, since } = listParameters;
const countParameters = { q, from, to, since };
/** Articles of one story at most. */
const mostArticles = 500;

/** `/api/stories` and `/api/sources`: what the pages show of them. */
export function serveStories(api: Api, services: Services): void {
  api.get(
    '/api/stories',
    {
      schema: {
        operationId: 'listStories',
        summary: 'Stories by their newest article, newest first',
        querystring: z.strictObject({ ...filterParameters, ...listParameters }),
        response: { 200: storiesSchema, ...failures },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const limit = query.limit ?? services.settings.FEED_LIMIT;
      const filter = await filterOf(query, services);
      const [found, names] = await Promise.all([
        latestStories(services.db, filter, limit + 1, query.before),
        readNames(services),
      ]);
      const next = new URL(`${baseUrl(services, request)}${request.url}`);
      next.searchParams.set('before', found[limit - 1]?.newest.seq ?? '');
      const stories = found.slice(0, limit).map((card) => storyJson(card, names));
      return reply
        .header('cache-control', 'private, no-cache')
        .send({ stories, next: found.length > limit ? next.href : null });
    },
  );

  api.get(
    '/api/stories/:id',
    {
      schema: {
        operationId: 'getStory',
        summary: 'One story with its articles, the newest first',
        params: z.object({ id: z.string() }),
        querystring: z.strictObject({}),
        response: { 200: z.object({ story: storySchema, articles: z.array(articleSchema) }), ...failures },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const articles = isId(id) ? await latestArticles(services.db, { story: id }, mostArticles) : [];
      const [newest] = articles;
      const [card] = newest
        ? await storyCards(services.db, [{ story: id, newest: { seq: newest.seq, newsAt: newest.newsAt } }], {})
        : [];
      if (!card) throw new RequestError(404, 'There is no such story (any more).');
      const [names, refusal] = await Promise.all([readNames(services), services.access.refusal(request)]);
      const readable = articles.map((one) => articleJson(one, names, mayRead(one, names, refusal === undefined)));
      return reply
        .header('cache-control', 'private, no-cache')
        .send({ story: storyJson(card, names), articles: readable });
    },
  );

  api.get(
    '/api/counts',
    {
      schema: {
        operationId: 'countFilters',
        summary: 'What the newest articles of a filter are about, most frequent first: filters to go on with',
        querystring: z.strictObject({ ...filterParameters, ...countParameters }),
        response: { 200: countsSchema, ...failures },
      },
    },
    async (request, reply) => {
      const filter = await filterOf(request.query, services);
      const [counts, names] = await Promise.all([services.facets(filter, counted), readNames(services)]);
      const named = (kind: FilterKind, of: readonly FacetCount[]) =>
        of.map(({ id, count }) => ({ id, name: partName(kind, id, names), count }));
      return reply.header('cache-control', 'private, no-cache').send({
        of: counts.langs.reduce((sum, { count }) => sum + count, 0),
        countries: named('region', counts.countries),
        regions: named('region', counts.regions),
        topics: named('topic', counts.topics),
        langs: named('lang', counts.langs),
        sources: named('source', counts.sources),
      });
    },
  );

  api.get(
    '/api/sources',
    {
      schema: {
        operationId: 'listSources',
        summary: 'All sources that are or were listed',
        querystring: z.strictObject({}),
        response: { 200: z.object({ sources: z.array(outletSchema) }), 400: failureSchema },
      },
    },
    async (_request, reply) => {
      const all = await outlets(services.db);
      const sources = [...all.values()].map(({ id, name, url, content }) => ({ id, name, url: url ?? null, content }));
      return reply.header('cache-control', 'private, no-cache').send({ sources });
    },
  );
}
