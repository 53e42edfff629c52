import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly bytes: Buffer;
}

export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly received: Received[];
  /** What it answers from now on, by status and body. */
  answer: (request: Received) => { readonly status: number; readonly body?: string };
}

/** A real HTTP server on loopback that keeps what it gets. */
export async function openReceiver(): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    const bytes = Buffer.concat(await Array.fromAsync(request));
    const { method = '', url: path = '', headers } = request;
    const one = { method, path, headers, body: bytes.toString(), bytes };
    receiver.received.push(one);
    const answer = receiver.answer(one);
    response.writeHead(answer.status).end(answer.body ?? '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}`,
    received: [],
    answer: () => ({ status: 200 }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}
