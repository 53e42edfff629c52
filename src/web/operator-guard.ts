import type { FastifyReply, FastifyRequest } from 'fastify';
import { comesFromHere, type Refusal } from './access.ts';
import { answerError } from './errors.ts';
import { RequestError } from './request-error.ts';
import type { Services } from './services.ts';

/** Lets only the operator in, and only from our own pages where something is changed. */
export const operatorGuard =
  (services: Services) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    // Answered here, not thrown: the dashboard has an error handler of its own, which would make a 500 of it.
    const refuse = (refusal: Refusal): Promise<FastifyReply> => {
      if (refusal.retryAfterSeconds !== undefined) reply.header('retry-after', refusal.retryAfterSeconds);
      return answerError(services, new RequestError(refusal.status, refusal.message), request, reply);
    };
    const refusal = await services.access.refusal(request);
    if (refusal) return refuse(refusal);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead && !comesFromHere(request))
      return refuse({ status: 403, message: 'Another site asked for this change; it was not made.' });
    return undefined;
  };

/** Who the operator is, for the log of actions. */
export async function operatorName(services: Services, request: FastifyRequest): Promise<string> {
  const user = await services.accounts.visitor(request);
  if (user?.role === 'operator') return user.name;
  return request.headers.authorization === undefined ? 'at this machine' : 'operator';
}
