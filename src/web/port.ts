import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CannotRunError } from '../domain/cannot-run.ts';
import type { Settings } from '../domain/settings.ts';

/** How long a request may take to arrive, and a connection may be silent in both directions. */
const requestWithinMs = 10_000;
const silentMs = 20_000;
/** Between two requests of one connection; longer than that of the usual proxies. */
const keepAliveMs = 72_000;
/** Further connections are refused: each holds some 20 kB. */
const mostConnections = 2000;

/** Answers that are on their way may be finished when the port closes; a client that dawdles is cut off. */
const finishWithinMs = 3000;

/** A port that listens before anything else of the process begins: a taken port is noticed first, and monitors see what is waited for. */
export interface OpenPort {
  readonly server: Server;
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** Says what the start waits for, until `serve`. */
  wait(waitingFor: string): void;
  /** From now on this answers. */
  serve(listener: RequestListener): void;
  close(): Promise<void>;
}

/** @throws CannotRunError when the address cannot be listened on */
export async function openPort({ HOST, PORT }: Pick<Settings, 'HOST' | 'PORT'>): Promise<OpenPort> {
  let waiting = 'database';
  let listener: RequestListener = (_request, response) => {
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', 'retry-after': '5' };
    response.writeHead(503, headers).end(JSON.stringify({ status: 'starting', waitingFor: waiting }));
  };
  // A request is whole within that time, however slowly its bytes come; a client that does not read is cut off.
  const limits = { requestTimeout: requestWithinMs, headersTimeout: requestWithinMs, keepAliveTimeout: keepAliveMs };
  const server = createServer({ ...limits, connectionsCheckingInterval: 2000 }, (request, response) =>
    listener(request, response),
  );
  server.setTimeout(silentMs);
  server.maxConnections = mostConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: Error & { code?: string }) =>
      reject(new CannotRunError(cannotListen(HOST, PORT, cause.code ?? cause.message), { cause })),
    );
    server.listen({ host: HOST, port: PORT }, resolve);
  });
  const { address, port } = server.address() as AddressInfo;
  return {
    server,
    url: `http://${address.includes(':') ? `[${address}]` : address}:${port}`,
    wait(waitingFor) {
      waiting = waitingFor;
    },
    serve(next) {
      listener = next;
    },
    async close() {
      const lastCall = setTimeout(() => server.closeAllConnections(), finishWithinMs);
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await closed;
      clearTimeout(lastCall);
    },
  };
}

function cannotListen(host: string, port: number, code: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is taken by another program, or Courant runs already. Choose another with --port NUMBER (PORT), 0 for any free one.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return `${host} is no address of this machine. Choose --host 127.0.0.1 for this machine alone, or 0.0.0.0 for all networks (HOST).`;
    case 'EACCES':
      return `Port ${port} may not be opened by this user. Choose one above 1023 with --port NUMBER (PORT).`;
    default:
      return `${host}, port ${port}, cannot be listened on (${code}). Choose others with --host and --port (HOST, PORT).`;
  }
}
