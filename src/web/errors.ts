import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UnknownFilterError } from './filter.ts';
import { layout } from './pages/layout.ts';
import { notice } from './pages/notice.ts';
import { RequestError, SignInError } from './request-error.ts';
import { type Services, siteFor } from './services.ts';

const titles: Readonly<Record<number, string>> = {
  400: 'That cannot be asked',
  401: 'For the operator',
  403: 'For the operator',
  404: 'Not found',
  409: 'That cannot be done here',
  410: 'Taken down',
  429: 'Too many requests',
  500: 'Something broke here',
  503: 'Not available right now',
};

/** What an error may tell beside its message. */
export type Failure = Error & { readonly code?: string; readonly statusCode?: number };

/** PostgreSQL could not be reached or is going down: classes 08 and 57P, and what the network says. */
const isDatabaseDown = (code: string | undefined): boolean =>
  code !== undefined && /^(?:08...|57P0.|53300|ECONN|EPIPE|ETIMEDOUT)/.test(code);

/** The HTTP status of a failure and what a stranger may read of it; what broke inside is logged with its cause. */
export function explainFailure(error: Failure, request: FastifyRequest): { status: number; message: string } {
  const told = explain(error);
  if (told.status >= 500) request.log.error({ err: error }, 'request failed');
  return told;
}

function explain(error: Failure): { status: number; message: string } {
  if (error instanceof UnknownFilterError) return { status: 404, message: error.message };
  if (error instanceof RequestError) return { status: error.status, message: error.message };
  if (
    isDatabaseDown(error.code) ||
    /connection (?:terminated|timeout)|timeout exceeded when trying to connect/i.test(error.message)
  )
    return { status: 503, message: 'The database does not answer. Please try again in a minute.' };
  const status = error.statusCode ?? 500;
  // Messages of what broke inside may tell about the inside.
  if (status >= 500) return { status: 500, message: 'The operator finds the reason in the log.' };
  return { status, message: error.message };
}

/** Answers what went wrong: as JSON under `/api`, as a page elsewhere. */
export async function answerError(
  services: Services,
  error: Failure,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { status, message } = explainFailure(error, request);
  if (status === 503) reply.header('retry-after', '60');
  const isReader = error instanceof SignInError;
  // The dialog of the browser asks for the operator's password, which no reader has.
  if (status === 401 && !isReader) reply.header('www-authenticate', 'Basic realm="Courant operator", charset="UTF-8"');
  reply.status(status).header('cache-control', 'no-store');
  if (request.url.startsWith('/api/')) return reply.send({ error: message });
  const title = isReader ? 'Sign in' : (titles[status] ?? 'That cannot be answered');
  const site = await siteFor(services, request);
  const way = isReader ? { href: '/account', text: 'Sign in' } : undefined;
  return reply.type('text/html; charset=utf-8').send(layout(site, { title, main: notice(title, message, way) }));
}

export function answerErrors(app: FastifyInstance, services: Services): void {
  app.setErrorHandler<Failure>((error, request, reply) => answerError(services, error, request, reply));
  app.setNotFoundHandler(() => {
    throw new RequestError(404, 'There is no such page here.');
  });
}
