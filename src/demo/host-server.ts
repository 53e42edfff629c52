import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a host answers; with a validator, conditional requests get a 304. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly location?: string;
  readonly modified?: Date;
  /** Which validators are sent: an entity tag, a date (`modified`), or both. */
  readonly validators?: 'both' | 'etag' | 'date';
}

export interface HostServer {
  readonly port: number;
  /** Stops listening and drops all connections. Closing twice is harmless. */
  readonly close: () => Promise<void>;
}

/**
 * Many hosts behind one port of 127.0.0.1. Each request is served by the host that it names, whether it comes as a proxy
 * request (absolute form, or CONNECT to a host that `knows` accepts) or as a direct one.
 *
 * @throws when the port is taken
 */
export async function openHostServer(options: {
  readonly port: number;
  readonly knows: (hostname: string) => boolean;
  readonly answer: (url: URL) => Answer;
  readonly onAnswer?: (request: IncomingMessage, url: URL | undefined, status: number) => void;
}): Promise<HostServer> {
  const server = createServer((request, response) => {
    const url = addressOf(request);
    response.once('finish', () => options.onAnswer?.(request, url, response.statusCode));
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      send(request, response, { status: 405, type: 'text/plain', body: 'This can only be read.\n' });
      return;
    }
    send(request, response, url ? options.answer(url) : { status: 400, type: 'text/plain', body: 'No host named.\n' });
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => socket.destroy());
    if (!options.knows(request.url?.replace(/:\d+$/, '') ?? '')) {
      socket.write('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      // Ending alone would leave a client that never hangs up in the way of close().
      socket.destroySoon();
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    server.emit('connection', socket);
  });
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The address that a proxy request (absolute form) or a direct one (path and Host header) asks for. */
function addressOf(request: IncomingMessage): URL | undefined {
  const target = request.url ?? '/';
  const absolute = target.startsWith('/') ? `http://${request.headers.host ?? ''}${target}` : target;
  return URL.canParse(absolute) ? new URL(absolute) : undefined;
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { status, body, location, modified, validators } = answer;
  response.setHeader('content-type', typeof body === 'string' ? `${answer.type}; charset=utf-8` : answer.type);
  if (location) response.setHeader('location', location);
  if (validators && validators !== 'date') {
    response.setHeader('etag', `"${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`);
  }
  if (validators && validators !== 'etag' && modified) response.setHeader('last-modified', modified.toUTCString());
  if (isUnchanged(request, response)) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(status, { 'content-length': Buffer.byteLength(body) }).end(body);
}

/** RFC 9110, 13.2.2: If-None-Match decides when both are there. */
function isUnchanged(request: IncomingMessage, response: ServerResponse): boolean {
  const etag = response.getHeader('etag');
  const tags = request.headers['if-none-match'];
  if (tags !== undefined && etag !== undefined) {
    return tags.split(/\s*,\s*/).some((tag) => tag.replace(/^W\//, '') === etag);
  }
  const modified = response.getHeader('last-modified');
  const since = request.headers['if-modified-since'];
  return since !== undefined && modified !== undefined && Date.parse(since) >= Date.parse(String(modified));
}
