import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { assetPath, assets } from '../pages/layout.ts';
import { publicPath, type Services } from '../services.ts';

const serviceWorker = readFileSync(new URL('../assets/sw.js', import.meta.url), 'utf8');

/** The style sheet, the icon, the scripts, and how the wire is called once a browser has installed it. */
export function serveAssets(app: FastifyInstance, { settings }: Pick<Services, 'settings'>): void {
  for (const { path, type, body } of assets) {
    app.get(path, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=31536000, immutable').type(type).send(body),
    );
  }
  // Not under a name that changes with its content: browsers look for a newer one at the same address.
  app.get('/sw.js', (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/javascript; charset=utf-8').send(serviceWorker),
  );
  app.get('/manifest.webmanifest', (_request, reply) => {
    const path = publicPath(settings);
    const manifest = {
      ...{ name: settings.TITLE, short_name: settings.TITLE, start_url: `${path}/`, scope: `${path}/` },
      ...{ display: 'standalone', background_color: '#fdfcf9', theme_color: '#8f2114' },
      icons: [{ src: `${path}${assetPath('icon')}`, sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      shortcuts: [{ name: 'Starred', url: `${path}/starred` }],
    };
    return reply
      .header('cache-control', 'public, max-age=86400')
      .type('application/manifest+json')
      .send(JSON.stringify(manifest));
  });
  app.get('/robots.txt', (_request, reply) =>
    reply
      .header('cache-control', 'public, max-age=86400')
      .type('text/plain; charset=utf-8')
      // Combined filters and searches are without end; each article belongs to its publisher.
      .send(
        'User-agent: *\nDisallow: /search\nDisallow: /*/search\nDisallow: /article/\nDisallow: /api/\nDisallow: /private/\n',
      ),
  );
}
