import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { isNotModified } from './conditional.ts';

/** Gives every text answer without a validator of its own a weak one, and answers 304 to who has it. */
export function tagEntities(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || reply.statusCode !== 200 || typeof payload !== 'string' || reply.hasHeader('etag')) return payload;
    if (String(reply.getHeader('cache-control')).includes('no-store')) return payload;
    const etag = `W/"${createHash('sha1').update(payload).digest('base64url')}"`;
    reply.header('etag', etag);
    if (!isNotModified(request.headers, { etag, lastModified: undefined })) return payload;
    reply.status(304).removeHeader('content-type').removeHeader('content-length');
    // Fastify's own HEAD routes ask what kind of body null is.
    return request.method === 'HEAD' ? '' : null;
  });
}
