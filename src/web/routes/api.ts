import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { z } from 'zod';
import { latestArticles } from '../../store/read/articles.ts';
import { articleJson } from '../api/article-json.ts';
import { csvOf, jsonLinesOf } from '../api/rows.ts';
import { type ArticleJson, articleFields, articleSchema, articlesSchema, failureSchema } from '../api/schema.ts';
import { type Api, filterOf } from '../api/scope.ts';
import { answerError } from '../errors.ts';
import { mayRead, readNames } from '../names.ts';
import { requireArticle } from '../parameters.ts';
import { describeIssue, filterParameters, listParameters } from '../query.ts';
import { RequestError } from '../request-error.ts';
import { baseUrl, publicBase, type Services } from '../services.ts';
import { serveStories } from './api-stories.ts';

const articlesQuery = z.strictObject({
  ...filterParameters,
  ...listParameters,
  fields: z
    .string({ error: 'may be given once only.' })
    .transform((value) =>
      value
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    )
    .refine((names) => names.every((name) => articleFields.includes(name)), {
      error: `names fields parted by commas, of these: ${articleFields.join(', ')}.`,
    })
    .optional()
    .describe('What of each article is given, parted by commas; all without it'),
  format: z.enum(['json', 'jsonl', 'csv'], { error: 'is json, jsonl or csv.' }).default('json'),
});

const failures = { 400: failureSchema, 404: failureSchema };

/** `/api`: the wire for programs, with the filters of the pages, in the order of arrival, page by page. */
export async function serveApi(app: FastifyInstance, services: Services): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: `${services.settings.TITLE} API`, version: '1' },
        servers: [{ url: publicBase(services.settings) || '/' }],
        security: [{}, { operator: [] }],
        components: {
          securitySchemes: {
            operator: { type: 'http', scheme: 'basic', description: 'The operator gets the text of every article.' },
          },
        },
      },
      transform: jsonSchemaTransform,
      transformObject: jsonSchemaTransformObject,
    });
    scope.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler);
    scope.setErrorHandler((error, request, reply) => answerError(services, clearer(error, request), request, reply));
    const api = scope.withTypeProvider<ZodTypeProvider>();
    serveArticles(api, services);
    serveStories(api, services);
    scope.get('/api/openapi.json', { schema: { hide: true } }, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=3600').send(scope.swagger()),
    );
  });
}

/** What is wrong with a request, in words; other errors as they are. */
function clearer(error: unknown, request: FastifyRequest): Error {
  if (!hasZodFastifySchemaValidationErrors(error)) return error instanceof Error ? error : new Error(String(error));
  const [first] = error.validation;
  const issue = {
    code: first?.keyword,
    path: (first?.instancePath ?? '').split('/').filter(Boolean),
    message: first?.message ?? '',
    ...(first?.params as { keys?: string[] } | undefined),
  };
  const { querystring } = request.routeOptions.schema ?? {};
  return new RequestError(
    400,
    describeIssue(issue, querystring instanceof z.ZodObject ? Object.keys(querystring.shape) : []),
  );
}

/** The fields that were asked for. */
const only = (article: ArticleJson, fields: readonly string[]): Partial<ArticleJson> =>
  Object.fromEntries(Object.entries(article).filter(([name]) => fields.includes(name)));

function serveArticles(api: Api, services: Services): void {
  api.get(
    '/api/articles',
    {
      schema: {
        operationId: 'listArticles',
        summary: 'Articles in the order of their arrival, newest first',
        querystring: articlesQuery,
        response: {
          200: {
            description: 'The articles',
            content: {
              'application/json': { schema: articlesSchema },
              'text/csv': { schema: z.string() },
              'application/x-ndjson': { schema: z.string() },
            },
          },
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const filter = await filterOf(query, services);
      const limit = query.limit ?? services.settings.FEED_LIMIT;
      const [found, names, refusal] = await Promise.all([
        latestArticles(services.db, filter, limit + 1, query.before),
        readNames(services),
        services.access.refusal(request),
      ]);
      const articles = found
        .slice(0, limit)
        .map((article) => articleJson(article, names, mayRead(article, names, refusal === undefined)));
      const next = new URL(`${baseUrl(services, request)}${request.url}`);
      next.searchParams.set('before', found[limit - 1]?.seq ?? '');
      const following = found.length > limit ? next.href : null;
      reply.header('cache-control', 'private, no-cache');
      if (following !== null) reply.header('link', `<${following}>; rel="next"`);
      if (query.format === 'csv') return reply.type('text/csv; charset=utf-8').send(csvOf(articles, query.fields));
      const { fields } = query;
      const chosen = fields ? articles.map((article) => only(article, fields)) : articles;
      if (query.format === 'jsonl') return reply.type('application/x-ndjson').send(jsonLinesOf(chosen));
      return reply.send({ articles: chosen, next: following });
    },
  );

  api.get(
    '/api/articles/:id',
    {
      schema: {
        operationId: 'getArticle',
        summary: 'One article',
        params: z.object({ id: z.string() }),
        querystring: z.strictObject({}),
        response: { 200: articleSchema, ...failures, 410: failureSchema },
      },
    },
    async (request, reply) => {
      const operator = (await services.access.refusal(request)) === undefined;
      const article = await requireArticle(services.db, request.params.id, operator);
      const names = await readNames(services);
      return reply
        .header('cache-control', 'private, no-cache')
        .send(articleJson(article, names, mayRead(article, names, operator)));
    },
  );
}
