import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type OutOutline, toOpml } from '../../../feeds/write/opml.ts';
import { mark, markAllRead, markedArticles } from '../../store/marks.ts';
import { type Mute, mute, muteKinds, mutesOf, unmute, withoutMuted } from '../../store/mutes.ts';
import { articlesBySeq } from '../../store/read/articles.ts';
import { follow, setSecret, subscriptionsOf, unfollow } from '../../store/subscriptions.ts';
import { endSession, setPreferences } from '../../store/users.ts';
import { comesFromHere } from '../access.ts';
import { cookieToken, sessionCookie } from '../accounts.ts';
import { feedAddress, pageAddress, readAddress, readFilter } from '../filter.ts';
import { readFollowed } from '../followed.ts';
import { acceptForms, fieldsOf } from '../form.ts';
import { readNames } from '../names.ts';
import { accountPage, signInPage, starredPage } from '../pages/account.ts';
import { preferencesPage } from '../pages/preferences.ts';
import { requireArticle, requireSource } from '../parameters.ts';
import { changedPreferences, preferencesCookie, preferencesOf, viewCookie } from '../preferences.ts';
import { readQuery } from '../query.ts';
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
    servePreferences(scope, services);
  });
}

const leadTo = (services: Services, reply: FastifyReply, address: string): FastifyReply =>
  reply.header('cache-control', 'no-store').redirect(`${publicPath(services.settings)}${address}`, 303);

function setCookie(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  name = sessionCookie,
): void {
  const isSecure = baseUrl(services, request).startsWith('https:');
  const age = token === '' ? 0 : sessionSeconds;
  reply.header(
    'set-cookie',
    `${name}=${token}; Path=${publicPath(services.settings) || '/'}; HttpOnly; SameSite=Lax; Max-Age=${age}${isSecure ? '; Secure' : ''}`,
  );
}

function serveSessions(app: FastifyInstance, services: Services): void {
  app.get('/account', async (request, reply) => {
    const [user, site] = await Promise.all([services.accounts.visitor(request), siteFor(services, request)]);
    const main = user
      ? accountPage(
          user,
          await subscriptionsOf(services.db, user.id),
          await mutesOf(services.db, user.id),
          await readNames(services),
          baseUrl(services, request),
        )
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
    // What was kept for reading without a network is the account's.
    reply.header('clear-site-data', '"cache", "storage"');
    return leadTo(services, reply, '/');
  });
}

/** Where a form wants to come back to: a path of ours. */
function backOf(fields: URLSearchParams): string | undefined {
  const back = fields.get('back') ?? '';
  if (!URL.canParse(back, 'http://wire')) return undefined;
  const { origin, pathname, search, hash } = new URL(back, 'http://wire');
  return back.startsWith('/') && origin === 'http://wire' && !pathname.startsWith('//')
    ? pathname + search + hash
    : undefined;
}

/** What a form mutes. @throws RequestError, UnknownFilterError that lists what there is */
async function readMute(services: Services, fields: URLSearchParams): Promise<Mute> {
  const kind = muteKinds.find((one) => one === fields.get('kind'));
  const value = (fields.get('value') ?? '').trim().slice(0, 100);
  if (kind === undefined || value === '')
    throw new RequestError(400, 'A source, a topic or a word can be muted; say which.');
  // What is muted already can be unmuted though its source or topic is gone.
  if (kind === 'word' || fields.get('muted') === '0') return { kind, value };
  const { topic, source = value } = readFilter([kind, value], {}, services.labels);
  if (kind === 'source') await requireSource(services.db, source);
  return { kind, value: topic ?? source };
}

function servePreferences(app: FastifyInstance, services: Services): void {
  app.get<{ Querystring: { back?: unknown } }>('/preferences', async (request, reply) => {
    const site = await siteFor(services, request);
    const { back } = request.query;
    const main = preferencesPage(site.view, site.user !== undefined, typeof back === 'string' ? back : '/');
    return sendPage(reply, site, { title: 'View', current: '/preferences', main });
  });

  app.post('/preferences', async (request, reply) => {
    const user = await services.accounts.visitor(request);
    const fields = fieldsOf(request);
    const wanted = changedPreferences(fields, preferencesOf(request, user));
    if (user) await setPreferences(services.db, user.id, wanted);
    else setCookie(services, request, reply, preferencesCookie(wanted), viewCookie);
    return leadTo(services, reply, backOf(fields) ?? '/');
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
    return leadTo(services, reply, backOf(fields) ?? `/article/${article.id}#star`);
  });

  app.post('/account/read', async (request, reply) => {
    const user = await requireUser(services, request);
    const fields = fieldsOf(request);
    const article = await requireArticle(db, fields.get('article') ?? '', false);
    await mark(db, user.id, [article.seq], { read: fields.get('read') !== '0' }, new Date());
    return leadTo(services, reply, backOf(fields) ?? `/article/${article.id}`);
  });

  app.post('/account/read-all', async (request, reply) => {
    const user = await requireUser(services, request);
    const fields = fieldsOf(request);
    const { pathname, searchParams } = new URL(fields.get('address') ?? '/', 'http://wire');
    const { filter } = readAddress(pathname, readQuery(Object.fromEntries(searchParams)), services.labels);
    const until = new Date(fields.get('until') ?? '');
    if (Number.isNaN(until.getTime()))
      throw new RequestError(400, "'until' is an instant such as 2026-11-28T08:00:00Z.");
    await markAllRead(db, user.id, [withoutMuted(filter, await mutesOf(db, user.id))], until);
    return leadTo(services, reply, pathname);
  });

  app.post('/account/mute', async (request, reply) => {
    const user = await requireUser(services, request);
    const fields = fieldsOf(request);
    const wanted = await readMute(services, fields);
    if (fields.get('muted') === '0') await unmute(db, user.id, wanted);
    else if (!(await mute(db, user.id, wanted)))
      throw new RequestError(400, 'You mute as much as an account may already; unmute something first.');
    return leadTo(services, reply, '/account#muted');
  });

  app.post('/account/secret', async (request, reply) => {
    const user = await requireUser(services, request);
    const fields = fieldsOf(request);
    const id = fields.get('id') ?? '';
    if (/^\d{1,18}$/.test(id)) await setSecret(db, user.id, id, fields.get('wanted') === '1');
    return leadTo(services, reply, '/account');
  });

  app.get('/account/opml', async (request, reply) => {
    const user = await requireUser(services, request);
    const base = baseUrl(services, request);
    const feeds = (await subscriptionsOf(db, user.id)).map(({ title, filter, secret, folder }) => ({
      folder,
      outline: {
        title,
        feedUrl: base + (secret === null ? feedAddress(filter, 'rss') : `/private/${secret}/feed.xml`),
        homeUrl: base + pageAddress(filter),
      },
    }));
    const outlines = [...Map.groupBy(feeds, ({ folder }) => folder)].flatMap(([folder, of]): OutOutline[] => {
      const inside = of.map(({ outline }) => outline);
      return folder === null ? inside : [{ title: folder, outlines: inside }];
    });
    return reply
      .header('cache-control', 'private, no-store')
      .header('content-disposition', 'attachment; filename="followed.opml"')
      .type('text/x-opml; charset=utf-8')
      .send(toOpml({ title: `${services.settings.TITLE}: ${user.name}`, outlines }));
  });

  app.post('/account/follow', async (request, reply) => {
    const user = await requireUser(services, request);
    const { filter, title } = await readFollowed(services, fieldsOf(request).get('address') ?? '/');
    await follow(db, user.id, filter, title, null);
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
    const [followed, mutes, starred, read] = await Promise.all([
      subscriptionsOf(db, user.id),
      mutesOf(db, user.id),
      markedArticles(db, { user: user.id, starred: true, limit: 100_000 }),
      markedArticles(db, { user: user.id, read: true, limit: 100_000 }),
    ]);
    const articles = await articlesBySeq(
      db,
      starred.map(({ seq }) => seq),
    );
    const own = followed.map(({ title, folder, secret, filter: { without: _left, ...filter } }) => ({
      title,
      folder,
      filter,
      secret,
    }));
    return reply
      .header('cache-control', 'private, no-store')
      .header('content-disposition', 'attachment; filename="courant-account.json"')
      .send({
        name: user.name,
        preferences: user.preferences,
        followed: own,
        muted: mutes,
        starred: articles.map(({ id, url, title, source }) => ({ id, url, title, source })),
        read: read.map(({ id }) => id),
      });
  });
}
