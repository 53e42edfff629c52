import type { FastifyInstance } from 'fastify';
import { assets } from '../pages/layout.ts';

/** The style sheet and the icon. */
export function serveAssets(app: FastifyInstance): void {
  for (const { path, type, body } of assets) {
    app.get(path, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=31536000, immutable').type(type).send(body),
    );
  }
  app.get('/robots.txt', (_request, reply) =>
    reply
      .header('cache-control', 'public, max-age=86400')
      .type('text/plain; charset=utf-8')
      // Combined filters and searches are without end; each article belongs to its publisher.
      .send('User-agent: *\nDisallow: /search\nDisallow: /*/search\nDisallow: /article/\nDisallow: /api/\n'),
  );
}
