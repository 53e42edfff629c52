import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { overview } from '../../pages/admin/overview.ts';
import { withPath } from '../../pages/layout.ts';
import { readOverview } from '../../read-overview.ts';
import { RequestError } from '../../request-error.ts';
import { publicPath, type Services } from '../../services.ts';

const everyMs = 5000;
/** Open pages that are told; each costs one connection. */
const mostListeners = 50;

/** Tells open pages of the operator how the wire stands, by server-sent events: one look at the store for all of them. */
export function serveLive(app: FastifyInstance, services: Services): void {
  const listeners = new Set<ServerResponse>();
  let timer: NodeJS.Timeout | undefined;

  async function tell(): Promise<void> {
    // A database that is away now is told of by the next look.
    const page = await readOverview(services).then(overview, () => undefined);
    if (page) {
      const markup = withPath(publicPath(services.settings), page.markup);
      for (const listener of listeners) listener.write(`data: ${JSON.stringify(markup)}\n\n`);
    }
    if (listeners.size > 0) timer = setTimeout(tell, everyMs);
    else timer = undefined;
  }

  app.get('/admin/live', async (_request, reply) => {
    if (listeners.size >= mostListeners) throw new RequestError(503, 'Too many pages are open here; reload this one.');
    const { raw } = reply.hijack();
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    raw.write('retry: 5000\n\n');
    listeners.add(raw);
    raw.on('close', () => listeners.delete(raw));
    timer ??= setTimeout(tell, everyMs);
    return reply;
  });

  app.addHook('preClose', async () => {
    clearTimeout(timer);
    for (const listener of listeners) listener.end();
    listeners.clear();
  });
}
