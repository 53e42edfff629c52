import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mark, markedArticles } from '../../store/marks.ts';
import { articlesBySeq } from '../../store/read/articles.ts';
import { follow, subscriptionsOf, unfollow } from '../../store/subscriptions.ts';
import { endSession } from '../../store/users.ts';
import { comesFromHere } from '../access.ts';
import { cookieToken, sessionCookie } from '../accounts.ts';
import { readAddress } from '../filter.ts';
import { acceptForms, fieldsOf } from '../form.ts';
import { readNames } from '../names.ts';
import { accountPage, signInPage, starredPage } from '../pages/account.ts';
import { filterTitle } from '../pages/labels.ts';
import { requireArticle } from '../parameters.ts';
import { RequestError } from '../request-error.ts';
import { baseUrl, publicPath, requireUser, type Services, sendPage, siteFor } from '../services.ts';

const sessionSeconds = 60 * 86_400;
const starredOnPage = 200;

/** Accounts in the browser: signing in, following, starring. Everything is a form that works without a script. */
export async function serveAccount(app: FastifyInstance, services: Services): Promise<void> {
  await app.register(async (scope) => {
    acceptForms(scope);
    scope.addHook('preHandler', async (request) => {
      if (request.method === 'POST' && !comesFromHere(request))
        throw new RequestError(403, 'Another site asked for this change; it was not made.');
    });
    serveSessions(scope, services);
    serveOwn(scope, services);
  });
}

const leadTo = (services: Services, reply: FastifyReply, address: string): FastifyReply =>
  reply.header('cache-control', 'no-store').redirect(`${publicPath(services.settings)}${address}`, 303);

function setCookie(services: Services, request: FastifyRequest, reply: FastifyReply, token: string): void {
  const isSecure = baseUrl(services, request).startsWith('https:');
  const age = token === '' ? 0 : sessionSeconds;
  reply.header(
    'set-cookie',
    `${sessionCookie}=${token}; Path=${publicPath(services.settings) || '/'}; HttpOnly; SameSite=Lax; Max-Age=${age}${isSecure ? '; Secure' : ''}`,
  );
}

function serveSessions(app: FastifyInstance, services: Services): void {
  app.get('/account', async (request, reply) => {
    const [user, site] = await Promise.all([services.accounts.visitor(request), siteFor(services, request)]);
    const main = user
      ? accountPage(user, await subscriptionsOf(services.db, user.id), baseUrl(services, request))
      : signInPage(undefined);
    return sendPage(reply, site, { title: user ? 'Account' : 'Sign in', current: '/account', main });
  });

  app.post('/account/in', async (request, reply) => {
    const fields = fieldsOf(request);
    const result = await services.accounts.logIn(fields.get('name') ?? '', fields.get('password') ?? '', request.ip);
    if (result.kind === 'done') {
      setCookie(services, request, reply, result.token);
      return leadTo(services, reply, '/account');
    }
    const isWait = result.kind === 'wait';
    if (isWait) reply.header('retry-after', result.seconds);
    const failure = isWait
      ? `Too many wrong passwords came from this address. Please wait ${result.seconds} seconds.`
      : 'Name or password is wrong.';
    reply.status(isWait ? 429 : 401);
    return sendPage(reply, await siteFor(services, request), { title: 'Sign in', main: signInPage(failure) });
  });

  app.post('/account/out', async (request, reply) => {
    const token = cookieToken(request.headers.cookie);
    if (token !== undefined) await endSession(services.db, token);
    setCookie(services, request, reply, '');
    return leadTo(services, reply, '/');
  });
}

function serveOwn(app: FastifyInstance, services: Services): void {
  const { db } = services;

  app.get('/starred', async (request, reply) => {
    const user = await requireUser(services, request);
    const marked = await markedArticles(db, { user: user.id, starred: true, limit: starredOnPage });
    const [articles, names, site] = await Promise.all([
      articlesBySeq(
        db,
        marked.map(({ seq }) => seq),
      ),
      readNames(services),
      siteFor(services, request),
    ]);
    return sendPage(reply, site, { title: 'Starred', current: '/starred', main: starredPage(articles, names) });
  });

  app.post('/account/star', async (request, reply) => {
    const user = await requireUser(services, request);
    const fields = fieldsOf(request);
    const article = await requireArticle(db, fields.get('article') ?? '', false);
    await mark(db, user.id, [article.seq], { starred: fields.get('starred') === '1' }, new Date());
    return leadTo(services, reply, `/article/${article.id}#star`);
  });

  app.post('/account/follow', async (request, reply) => {
    const user = await requireUser(services, request);
    const { pathname, searchParams } = new URL(fieldsOf(request).get('address') ?? '/', 'http://wire');
    const { filter } = readAddress(pathname, { q: searchParams.get('q') ?? undefined }, services.labels);
    await follow(db, user.id, filter, filterTitle(filter, await readNames(services)) ?? 'All news', null);
    return leadTo(services, reply, '/account');
  });

  app.post('/account/unfollow', async (request, reply) => {
    const user = await requireUser(services, request);
    const id = fieldsOf(request).get('id') ?? '';
    if (/^\d{1,18}$/.test(id)) await unfollow(db, user.id, id);
    return leadTo(services, reply, '/account');
  });

  app.get('/account/export', async (request, reply) => {
    const user = await requireUser(services, request);
    const [followed, starred, read] = await Promise.all([
      subscriptionsOf(db, user.id),
      markedArticles(db, { user: user.id, starred: true, limit: 100_000 }),
      markedArticles(db, { user: user.id, read: true, limit: 100_000 }),
    ]);
    const ids = (marked: typeof starred) => marked.map(({ id }) => id);
    return reply
      .header('cache-control', 'private, no-store')
      .header('content-disposition', 'attachment; filename="courant-account.json"')
      .send({ name: user.name, followed, starred: ids(starred), read: ids(read) });
  });
}
