import { createServer } from 'node:http';
import type { Registry } from '@prometheus-io/client';
import { CannotRunError } from '../domain/cannot-run.ts';
import type { Settings } from '../domain/settings.ts';

/**
 * Serves the figures of a process that has no web server, at `/metrics` of METRICS_PORT. They name no address and no secret, but the port is
 * for the network of the machines.
 * @throws CannotRunError when the port cannot be listened on
 */
export async function openMetricsPort(
  { HOST, METRICS_PORT }: Pick<Settings, 'HOST' | 'METRICS_PORT'>,
  registry: Registry,
): Promise<{ url: string; close(): Promise<void> } | undefined> {
  if (METRICS_PORT === undefined) return undefined;
  const server = createServer(async ({ url }, response) => {
    if (url !== '/metrics') response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: Error & { code?: string }) =>
      reject(
        new CannotRunError(
          `Port ${METRICS_PORT} of ${HOST} for the metrics is not free (${cause.code}). Choose another METRICS_PORT.`,
          { cause },
        ),
      ),
    );
    server.listen({ host: HOST, port: METRICS_PORT }, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : METRICS_PORT;
  return {
    url: `http://${HOST}:${port}/metrics`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
