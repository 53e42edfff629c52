import type { FastifyInstance } from 'fastify';
import { type AppKind, appKinds, appPasswordsOf, dropAppPassword, makeAppPassword } from '../../store/app-passwords.ts';
import { comesFromHere } from '../access.ts';
import { acceptForms, fieldsOf } from '../form.ts';
import { appPasswordsPage } from '../pages/app-passwords.ts';
import { RequestError } from '../request-error.ts';
import { baseUrl, requireUser, type Services, sendPage, siteFor } from '../services.ts';

/** Passwords for programs: made here, shown once. */
export async function serveAppPasswords(app: FastifyInstance, services: Services): Promise<void> {
  const { db } = services;
  await app.register(async (scope) => {
    acceptForms(scope);
    scope.get('/account/apps', async (request, reply) => {
      const user = await requireUser(services, request);
      const main = appPasswordsPage({
        user,
        made: await appPasswordsOf(db, user.id),
        base: baseUrl(services, request),
        fresh: undefined,
      });
      return sendPage(reply, await siteFor(services, request), { title: 'Apps', current: '/account', main });
    });
    scope.post('/account/apps', async (request, reply) => {
      if (!comesFromHere(request)) throw new RequestError(403, 'Another site asked for this change; it was not made.');
      const user = await requireUser(services, request);
      const fields = fieldsOf(request);
      const kind = appKinds.find((one): one is AppKind => one === fields.get('kind'));
      if (!kind) throw new RequestError(400, `'kind' is one of ${appKinds.join(', ')}.`);
      const isDrop = fields.get('do') === 'drop';
      if (isDrop) await dropAppPassword(db, user.id, kind);
      const fresh = isDrop ? undefined : { kind, password: await makeAppPassword(db, user, kind, new Date()) };
      const main = appPasswordsPage({
        user,
        made: await appPasswordsOf(db, user.id),
        base: baseUrl(services, request),
        fresh,
      });
      return sendPage(reply, await siteFor(services, request), { title: 'Apps', current: '/account', main });
    });
  });
}
