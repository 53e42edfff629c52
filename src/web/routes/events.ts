import type { FastifyInstance } from 'fastify';
import { readAddress } from '../filter.ts';
import type { Live } from '../live.ts';
import { type Query, readQuery } from '../query.ts';
import { RequestError } from '../request-error.ts';
import type { Services } from '../services.ts';

/** `/events?path=/region/RS&since=SEQ`: how many items of that page came since, as server-sent events. */
export function serveEvents(app: FastifyInstance, services: Services, live: Live): void {
  app.get<{ Querystring: Query }>('/events', async (request, reply) => {
    const path = request.query.path ?? '/';
    const since = request.query.since;
    if (typeof path !== 'string' || !path.startsWith('/'))
      throw new RequestError(400, "'path' is that of a page, such as /region/RS.");
    if (typeof since !== 'string' || !/^\d{1,15}$/.test(since))
      throw new RequestError(400, "'since' is the number of an article.");
    const { pathname, searchParams } = new URL(path, 'http://wire');
    const { filter } = readAddress(pathname, readQuery(Object.fromEntries(searchParams)), services.labels);
    const headers = {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // nginx would keep it until it is whole.
      'x-accel-buffering': 'no',
    };
    const { raw } = reply;
    if (!live.open({ response: raw, address: request.ip, filter, since: Number(since) }))
      throw new RequestError(429, 'Too many pages are open here; this one is not told of news.');
    reply.hijack();
    // Browsers that were cut off come back after ten seconds.
    raw.writeHead(200, headers).write('retry: 10000\n\n');
    return reply;
  });
}
