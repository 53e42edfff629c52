import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A proxy on loopback that lets nothing through. */
export interface ClosedProxy {
  readonly port: number;
  /** What was asked of it, the last hundred, as `CONNECT host:port` or `GET address`. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

/**
 * The only way out that the browser knows. All that a page may have is handed to the browser by us; whatever it tries
 * by itself (popups, workers, WebSockets, connections made ahead, downloads) ends here.
 */
export async function openClosedProxy(): Promise<ClosedProxy> {
  const refused: string[] = [];
  const note = (what: string) => {
    refused.push(what.slice(0, 300));
    if (refused.length > 100) refused.shift();
  };
  const sockets = new Set<Socket>();
  const server: Server = createServer({ maxHeaderSize: 65_536 }, (request, response) => {
    note(`${request.method} ${request.url}`);
    response.writeHead(403, { connection: 'close' }).end();
  });
  server.on('connect', (request, socket) => {
    note(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
  });
  server.on('upgrade', (request, socket) => {
    note(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    refused,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
