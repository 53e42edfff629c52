import type { FastifyInstance, FastifyReply } from 'fastify';

/** What programs in browsers may read from everywhere: feeds, the list of feeds, the API. Pages are not among them. */
const isOpen = (path: string): boolean => /(?:^|\/)feed\.(?:xml|atom|json)$|^\/opml$|^\/api(?:\/|$)/.test(path);

const pathOf = (url: string): string => url.split('?', 1)[0] ?? '/';

const allow = (reply: FastifyReply): FastifyReply =>
  reply
    // Never with credentials: what the operator alone may see is not for other sites' scripts.
    .header('access-control-allow-origin', '*')
    .header('access-control-expose-headers', 'etag, last-modified, link, retry-after');

/** CORS (https://fetch.spec.whatwg.org/#http-cors-protocol) for what is open to all, and OPTIONS for every address. */
export function openToAll(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (isOpen(pathOf(request.url))) allow(reply);
  });
  app.options('/*', (request, reply) => {
    reply.header('allow', 'GET, HEAD, OPTIONS').header('cache-control', 'no-store');
    if (isOpen(pathOf(request.url)))
      reply
        .header('access-control-allow-methods', 'GET, HEAD')
        .header('access-control-allow-headers', 'if-none-match, if-modified-since, accept')
        .header('access-control-max-age', '86400');
    return reply.status(204).send();
  });
}
