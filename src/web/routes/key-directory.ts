import type { FastifyInstance } from 'fastify';

/** The public keys of the crawler as sites fetch them, with the headers of the answer. */
export type KeyDirectory = () => { readonly body: string; readonly headers: Readonly<Record<string, string>> };

/** `/.well-known/http-message-signatures-directory` (Web Bot Auth): by these keys sites check who asks. */
export function serveKeyDirectory(app: FastifyInstance, directory: KeyDirectory | undefined): void {
  if (directory === undefined) return;
  app.get('/.well-known/http-message-signatures-directory', (_request, reply) => {
    const { body, headers } = directory();
    return reply.headers(headers).send(Buffer.from(body));
  });
}
