import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Reason, reasons } from '../../../domain/article.ts';
import { type QueueName, queueNames } from '../../../queue/queues.ts';
import { recordAction } from '../../../store/actions.ts';
import { retryRejected } from '../../../store/retry.ts';
import { pauseSource } from '../../../store/sources.ts';
import { fieldsOf } from '../../form.ts';
import { operatorName } from '../../operator-guard.ts';
import { sourceAddress } from '../../pages/admin/parts.ts';
import { RequestError } from '../../request-error.ts';
import { publicPath, type Services } from '../../services.ts';
import type { Done } from './done.ts';

/** Leads on to a page that says what was done. */
export const leadTo = (
  services: Services,
  reply: FastifyReply,
  address: string,
  did: Done,
  count?: number,
): FastifyReply =>
  reply
    .header('cache-control', 'no-store')
    .redirect(
      `${publicPath(services.settings)}${address}?did=${did}${count === undefined ? '' : `&count=${count}`}`,
      303,
    );

/** Writes down who did what. */
export async function note(
  services: Services,
  request: FastifyRequest,
  action: string,
  target: string,
  detail: string | null = null,
): Promise<void> {
  const who = await operatorName(services, request);
  services.log.info({ who, action, target, detail }, 'the operator did something');
  await recordAction(services.db, { at: new Date(), who, action, target, detail });
}

/** Pausing or going on; anything else is none of our forms. */
function pausing(request: FastifyRequest): boolean {
  const what = fieldsOf(request).get('do');
  if (what !== 'pause' && what !== 'resume') throw new RequestError(400, "The field 'do' says pause or resume.");
  return what === 'pause';
}

/** The buttons of the operator's pages. */
export function serveActions(app: FastifyInstance, services: Services): void {
  const { db, queues } = services;

  app.post<{ Params: { id: string } }>('/admin/sources/:id/crawl', async (request, reply) => {
    const { id } = request.params;
    const row = await db.selectFrom('sources').select('active').where('id', '=', id).executeTakeFirst();
    if (!row?.active) throw new RequestError(404, `There is no source '${id}' in the catalogue.`);
    await queues.add('crawl', id, { source: id });
    await note(services, request, 'crawl now', id);
    return leadTo(services, reply, sourceAddress(id), 'crawl');
  });

  app.post<{ Params: { id: string } }>('/admin/sources/:id/pause', async (request, reply) => {
    const { id } = request.params;
    const paused = pausing(request);
    if (!(await pauseSource(db, id, paused ? new Date() : null)))
      throw new RequestError(404, `There is no source '${id}' in the catalogue.`);
    await note(services, request, paused ? 'pause' : 'resume', id);
    return leadTo(services, reply, sourceAddress(id), paused ? 'paused' : 'resumed');
  });

  app.post<{ Params: { name: string } }>('/admin/queues/:name', async (request, reply) => {
    const { name } = request.params;
    const names: readonly QueueName[] = name === 'all' ? queueNames : queueNames.filter((one) => one === name);
    if (names.length === 0) throw new RequestError(404, `The queues are ${queueNames.join(', ')}.`);
    const paused = pausing(request);
    for (const one of names) await (paused ? queues.queue(one).pause() : queues.queue(one).resume());
    await note(services, request, paused ? 'pause' : 'resume', name === 'all' ? 'all queues' : `queue ${name}`);
    return leadTo(services, reply, '/admin', paused ? 'paused' : 'resumed');
  });

  app.post('/admin/retry', async (request, reply) => {
    const fields = fieldsOf(request);
    const reason = fields.get('reason') ?? '';
    const source = fields.get('source') || undefined;
    if (!Object.hasOwn(reasons, reason) || reason === 'pruned')
      throw new RequestError(400, 'Name a reason for which pages are rejected; pruned ones stay forgotten.');
    const count = await retryRejected(db, { reason: reason as Reason, source }, new Date());
    const where = source === undefined ? '' : ` of ${source}`;
    await note(services, request, 'retry', source ?? 'all sources', `${count} pages rejected as ${reason}${where}`);
    return leadTo(services, reply, source === undefined ? '/admin' : sourceAddress(source), 'retry', count);
  });
}
