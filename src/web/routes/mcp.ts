import type { FastifyInstance } from 'fastify';
import { appKeyOwner } from '../../store/app-passwords.ts';
import { baseUrl, type Services } from '../services.ts';

/** An error as the protocol's clients read it (JSON-RPC 2.0). */
const failure = (message: string) => ({ jsonrpc: '2.0', error: { code: -32000, message }, id: null });

/** `/mcp`: the Model Context Protocol over HTTP, without sessions, for an account's password made for it. */
export function serveMcp(app: FastifyInstance, services: Services): void {
  app.route({
    method: ['GET', 'POST', 'DELETE'],
    url: '/mcp',
    handler: async (request, reply) => {
      const [, token] = /^Bearer ([\w-]+)$/i.exec(request.headers.authorization ?? '') ?? [];
      const user = token === undefined ? undefined : await appKeyOwner(services.db, 'mcp', token);
      reply.header('cache-control', 'no-store');
      if (!user)
        return reply
          .status(401)
          .header('www-authenticate', 'Bearer realm="Courant"')
          .send(failure('A password for MCP is needed as bearer token: an account makes one at /account/apps.'));
      if (request.method !== 'POST')
        return reply
          .status(405)
          .header('allow', 'POST')
          .send(failure('There are no sessions and no streams here: POST alone.'));
      const [{ createMcpServer }, { StreamableHTTPServerTransport }] = await Promise.all([
        import('../mcp/server.ts'),
        import('@modelcontextprotocol/sdk/server/streamableHttp.js'),
      ]);
      const { db, labels, settings } = services;
      const operator = user.role === 'operator';
      const server = createMcpServer({ db, labels, title: settings.TITLE, base: baseUrl(services, request), operator });
      const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
      reply.hijack();
      reply.raw.on('close', () => {
        transport.close().catch(() => undefined);
        server.close().catch(() => undefined);
      });
      try {
        // The SDK's own transport does not fit its interface where optional means undefined.
        await server.connect(transport as Parameters<typeof server.connect>[0]);
        await transport.handleRequest(request.raw, reply.raw, request.body);
      } catch (error) {
        request.log.error({ err: error }, 'request failed');
        if (!reply.raw.headersSent) reply.raw.writeHead(500, { 'content-type': 'application/json' });
        reply.raw.end(JSON.stringify(failure('It cannot be answered now.')));
      }
      return reply;
    },
  });
}
