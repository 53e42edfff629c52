import autocannon from 'autocannon';
import { cpuOf, serverOf, treeOf } from './process-tree.ts';

/** What readers who ask for one address saw, and what it cost the server. */
export interface Figures {
  readonly what: string;
  readonly 'requests/s': number;
  readonly 'p50 ms': number;
  readonly 'p99 ms': number;
  readonly 'server CPU µs': number;
  readonly 'PostgreSQL CPU µs': number;
  /** What one core could answer, from the server's CPU time. */
  readonly 'a core/s': number;
  readonly 'not 2xx or 304': number;
}

export interface Load {
  readonly url: string;
  readonly seconds: number;
  readonly connections: number;
  readonly headers?: Record<string, string>;
  /** Whether each request carries the tag of the last answer, as a feed reader's does. */
  readonly followsTag?: boolean;
}

/**
 * @param server.pid of the process that answers, with its children
 * @param server.folder of its PostgreSQL, if that is watched too
 */
export async function measureLoad(
  what: string,
  load: Load,
  server: { readonly pid: number; readonly folder?: string | undefined },
): Promise<Figures> {
  const { folder } = server;
  const used = () => [cpuOf(treeOf(server.pid)), folder === undefined ? 0 : cpuOf(serverOf(folder))] as const;
  const run = (seconds: number) =>
    autocannon({
      ...{ url: load.url, duration: seconds, connections: load.connections, headers: load.headers ?? {} },
      ...(load.followsTag ? { requests: [followingTag(load.headers ?? {})] } : {}),
    });
  await run(1);
  const [before, databaseBefore] = used();
  const result = await run(load.seconds);
  const [after, databaseAfter] = used();
  const each = (seconds: number) => Math.round((1e6 * seconds) / result.requests.total);
  const unchanged = result.statusCodeStats?.['304']?.count ?? 0;
  return {
    what,
    'requests/s': Math.round(result.requests.total / result.duration),
    'p50 ms': result.latency.p50,
    'p99 ms': result.latency.p99,
    'server CPU µs': each(after - before),
    'PostgreSQL CPU µs': each(databaseAfter - databaseBefore),
    'a core/s': Math.round(result.requests.total / (after - before)),
    'not 2xx or 304': result.requests.total - result['2xx'] - unchanged,
  };
}

function followingTag(headers: Record<string, string>): autocannon.Request {
  let tag = '';
  return {
    setupRequest: (request) => ({ ...request, headers: { ...headers, 'if-none-match': tag } }),
    onResponse: (_status, _body, _context, answered) => {
      const { etag } = answered as { etag?: string };
      tag = etag ?? tag;
    },
  };
}
