import type { FastifyInstance } from 'fastify';
import { latestArticles } from '../../store/read/articles.ts';
import { openApi } from '../api-description.ts';
import { articleJson } from '../article-json.ts';
import { cutKinds, readCut } from '../filter.ts';
import { mayRead, readNames } from '../names.ts';
import {
  cursorParameter,
  limitParameter,
  type Query,
  requireArticle,
  requireSource,
  textParameter,
} from '../parameters.ts';
import { baseUrl, type Wire } from '../services.ts';

/** `/api/articles`: the wire for programs, with the cuts of the pages, in the order of arrival, page by page. */
export function serveApi(app: FastifyInstance, wire: Wire): void {
  app.get('/api/openapi.json', (request, reply) =>
    reply.header('cache-control', 'public, max-age=3600').send(openApi(wire.settings.TITLE, baseUrl(wire, request))),
  );

  app.get<{ Querystring: Query }>('/api/articles', async (request, reply) => {
    const segments = cutKinds.flatMap((kind) => {
      const word = textParameter(request.query, kind);
      return word === undefined ? [] : [kind, word];
    });
    const cut = readCut(segments, textParameter(request.query, 'q'), wire.labels);
    if (cut.source !== undefined) await requireSource(wire.db, cut.source);
    const limit = limitParameter(request.query) ?? wire.settings.FEED_LIMIT;

    const [found, names, refusal] = await Promise.all([
      latestArticles(wire.db, cut, limit + 1, cursorParameter(request.query)),
      readNames(wire),
      wire.access.refusal(request, reply),
    ]);
    const articles = found.slice(0, limit);
    const next = new URL(`${baseUrl(wire, request)}${request.url}`);
    next.searchParams.set('before', articles.at(-1)?.seq ?? '');
    return reply.header('cache-control', 'private, no-cache').send({
      articles: articles.map((article) => articleJson(article, names, mayRead(article, names, refusal === undefined))),
      next: found.length > limit ? next.href : null,
    });
  });

  app.get<{ Params: { id: string } }>('/api/articles/:id', async (request, reply) => {
    const operator = (await wire.access.refusal(request, reply)) === undefined;
    const article = await requireArticle(wire.db, request.params.id, operator);
    const names = await readNames(wire);
    return reply
      .header('cache-control', 'private, no-cache')
      .send(articleJson(article, names, mayRead(article, names, operator)));
  });
}
