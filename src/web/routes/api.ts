import type { FastifyInstance } from 'fastify';
import { filterKinds } from '../../domain/filter.ts';
import { latestArticles } from '../../store/read/articles.ts';
import { openApi } from '../api-description.ts';
import { articleJson } from '../article-json.ts';
import { readFilter } from '../filter.ts';
import { mayRead, readNames } from '../names.ts';
import {
  cursorParameter,
  limitParameter,
  type Query,
  requireArticle,
  requireSource,
  textParameter,
} from '../parameters.ts';
import { baseUrl, type Services } from '../services.ts';

/** `/api/articles`: the wire for programs, with the filters of the pages, in the order of arrival, page by page. */
export function serveApi(app: FastifyInstance, services: Services): void {
  app.get('/api/openapi.json', (request, reply) =>
    reply
      .header('cache-control', 'public, max-age=3600')
      .send(openApi(services.settings.TITLE, baseUrl(services, request))),
  );

  app.get<{ Querystring: Query }>('/api/articles', async (request, reply) => {
    const segments = filterKinds.flatMap((kind) => {
      const word = textParameter(request.query, kind);
      return word === undefined ? [] : [kind, word];
    });
    const filter = readFilter(segments, textParameter(request.query, 'q'), services.labels);
    if (filter.source !== undefined) await requireSource(services.db, filter.source);
    const limit = limitParameter(request.query) ?? services.settings.FEED_LIMIT;

    const [found, names, refusal] = await Promise.all([
      latestArticles(services.db, filter, limit + 1, cursorParameter(request.query)),
      readNames(services),
      services.access.refusal(request, reply),
    ]);
    const articles = found.slice(0, limit);
    const next = new URL(`${baseUrl(services, request)}${request.url}`);
    next.searchParams.set('before', articles.at(-1)?.seq ?? '');
    return reply.header('cache-control', 'private, no-cache').send({
      articles: articles.map((article) => articleJson(article, names, mayRead(article, names, refusal === undefined))),
      next: found.length > limit ? next.href : null,
    });
  });

  app.get<{ Params: { id: string } }>('/api/articles/:id', async (request, reply) => {
    const operator = (await services.access.refusal(request, reply)) === undefined;
    const article = await requireArticle(services.db, request.params.id, operator);
    const names = await readNames(services);
    return reply
      .header('cache-control', 'private, no-cache')
      .send(articleJson(article, names, mayRead(article, names, operator)));
  });
}
