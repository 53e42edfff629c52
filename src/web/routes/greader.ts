import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { explainFailure, type Failure } from '../errors.ts';
import { acceptForms, fieldsOf } from '../form.ts';
import { streamAnswers } from '../greader/contents.ts';
import { markAnswers } from '../greader/marks.ts';
import type { Answer } from '../greader/request.ts';
import { subscriptionAnswers } from '../greader/subscriptions.ts';
import { RequestError } from '../request-error.ts';
import type { Services } from '../services.ts';

/** Where clients look for the API: at the root (Miniflux, Reader itself), or below FreshRSS's address. */
const roots = ['', '/api/greader.php'] as const;

/** A token that changes must carry besides the session: it proves that the client was told, and is the same for a session. */
const changeToken = (secret: string): string =>
  createHash('sha256').update(`change ${secret}`).digest('hex').slice(0, 57);

/** The Google Reader API as FreshRSS and Miniflux serve it, over the filters that an account follows. */
export async function serveGoogleReader(app: FastifyInstance, services: Services): Promise<void> {
  const answers = createAnswers(services);
  await app.register(async (scope) => {
    acceptForms(scope);
    scope.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'));
    // Clients read a line of text, no page.
    scope.setErrorHandler<Failure>((error, request, reply) => {
      const { status, message } = explainFailure(error, request);
      if (status === 503) reply.header('retry-after', '60');
      return reply
        .status(status)
        .type('text/plain; charset=utf-8')
        .send(status === 500 ? 'Error=Unknown\n' : `${message}\n`);
    });
    for (const root of roots) {
      scope.route({ method: ['GET', 'POST'], url: `${root}/accounts/ClientLogin`, handler: logIn(services) });
      scope.route({ method: ['GET', 'POST'], url: `${root}/reader/api/*`, handler: notThere });
      for (const [name, answer] of Object.entries(answers)) {
        scope.route({
          method: ['GET', 'POST'],
          url: `${root}/reader/api/0/${name}`,
          handler: async (request, reply) => {
            const secret = /^GoogleLogin auth=([\w-]{20,100})$/i.exec(request.headers.authorization ?? '')?.[1];
            const user = secret === undefined ? undefined : await services.accounts.owner(secret);
            if (secret === undefined || !user) throw new RequestError(401, 'Unauthorized');
            const fields = fieldsOf(request);
            const given = fields.get('T');
            if (request.method === 'POST' && given && given !== changeToken(secret)) {
              reply.header('x-reader-google-bad-token', 'true');
              throw new RequestError(401, 'Error=BadToken: ask /reader/api/0/token again');
            }
            if (name === 'token') return reply.type('text/plain; charset=utf-8').send(changeToken(secret));
            const body = await answer({ user, fields, request, reply });
            return typeof body === 'string' ? reply.type('text/plain; charset=utf-8').send(body) : reply.send(body);
          },
        });
      }
    }
  });
}

const notThere = async (): Promise<never> => {
  throw new RequestError(404, 'Error=NotFound: the Google Reader API has no such request, or not here');
};

const logIn = (services: Services) => async (request: FastifyRequest, reply: FastifyReply) => {
  const fields = fieldsOf(request);
  const result = await services.accounts.logIn(fields.get('Email') ?? '', fields.get('Passwd') ?? '', request.ip);
  if (result.kind === 'wait') {
    reply.header('retry-after', result.seconds);
    throw new RequestError(429, 'Error=TooManyRequests');
  }
  if (result.kind === 'wrong') throw new RequestError(401, 'Error=BadAuthentication');
  const { token } = result;
  if (fields.get('output') === 'json') return reply.send({ SID: token, LSID: token, Auth: token });
  return reply.type('text/plain; charset=utf-8').send(`SID=${token}\nLSID=${token}\nAuth=${token}\n`);
};

const createAnswers = (services: Services): Readonly<Record<string, Answer>> => ({
  token: async () => '',
  'user-info': async ({ user }) => ({
    userId: user.id,
    userName: user.name,
    userProfileId: user.id,
    userEmail: user.name,
  }),
  // Asked for by some clients before anything else; there is nothing to prefer here.
  'preference/list': async () => ({ prefs: [] }),
  'preference/stream/list': async () => ({ streamprefs: {} }),
  ...subscriptionAnswers(services),
  ...streamAnswers(services),
  ...markAnswers(services),
});
