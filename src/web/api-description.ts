const label = {
  type: 'object',
  properties: {
    id: {
      type: 'string',
      description: 'ISO 3166-1 alpha-2, a news region or UN M49 code, or an IPTC Media Topic code',
    },
    name: { type: 'string' },
    confidence: { type: 'number', minimum: 0, maximum: 1 },
    origin: { enum: ['operator', 'publisher', 'text', 'source'] },
    evidence: { type: 'array', items: { type: 'string' }, description: 'The words that decided' },
  },
};
const source = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } };
const instant = { type: ['string', 'null'], format: 'date-time' };
const labels = { type: 'array', items: { $ref: '#/components/schemas/Label' } };
const text = { type: ['string', 'null'] };
const flag = { type: 'boolean' };

const article = {
  type: 'object',
  properties: {
    id: { type: 'string', format: 'uuid' },
    url: { type: 'string', format: 'uri' },
    source,
    story: { type: 'string', format: 'uuid' },
    title: { type: 'string' },
    byline: { type: 'array', items: { type: 'string' } },
    agency: text,
    summary: text,
    headlineOnly: { ...flag, description: 'Nothing but the headline was taken: the article stands at the outlet' },
    text: {
      type: 'string',
      description: 'Plain text, a block a line; where the source allows it, or for the operator',
    },
    image: {
      type: ['object', 'null'],
      properties: { url: { type: 'string', format: 'uri' }, caption: { type: 'string' }, credit: { type: 'string' } },
    },
    lang: { type: 'string' },
    published: instant,
    modified: instant,
    firstSeen: instant,
    updated: instant,
    countries: labels,
    regions: labels,
    topics: labels,
    paywalled: flag,
    liveBlog: flag,
    opinion: flag,
    alsoAt: {
      type: 'array',
      items: {
        type: 'object',
        properties: { url: { type: 'string' }, source, published: instant, share: { type: 'number' } },
      },
    },
  },
};

const parameter = (name: string, description: string, schema: object = { type: 'string' }): object => ({
  name,
  in: 'query',
  description,
  schema,
});

const answer = (schema: object): object => ({ description: 'OK', content: { 'application/json': { schema } } });
const failure = answer({ type: 'object', properties: { error: { type: 'string' } } });

/** The description of the API in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html). */
export const openApi = (title: string, server: string): object => ({
  openapi: '3.1.0',
  info: { title: `${title} API`, version: '1' },
  servers: [{ url: server }],
  security: [{}, { operator: [] }],
  paths: {
    '/api/articles': {
      get: {
        operationId: 'listArticles',
        summary: 'Articles in the order of their arrival, newest first',
        parameters: [
          parameter('region', 'Country (RS), news region (balkans) or UN M49 region (southern-europe, 039)'),
          parameter('topic', 'IPTC Media Topic: slug (politics) or code (11000000)'),
          parameter('lang', 'ISO 639 code'),
          parameter('source', 'Id of a source'),
          parameter('q', 'Words to search for'),
          parameter('limit', 'How many', { type: 'integer', minimum: 1, maximum: 500 }),
          parameter('before', "Where the next page starts; 'next' holds the whole address"),
        ],
        responses: {
          200: answer({
            type: 'object',
            properties: {
              articles: { type: 'array', items: { $ref: '#/components/schemas/Article' } },
              next: { type: ['string', 'null'], format: 'uri' },
            },
          }),
          400: failure,
          404: failure,
        },
      },
    },
    '/api/articles/{id}': {
      get: {
        operationId: 'getArticle',
        summary: 'One article',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
        responses: { 200: answer({ $ref: '#/components/schemas/Article' }), 404: failure, 410: failure },
      },
    },
  },
  components: {
    schemas: { Article: article, Label: label },
    securitySchemes: {
      operator: { type: 'http', scheme: 'basic', description: 'The operator gets the text of every article.' },
    },
  },
});
