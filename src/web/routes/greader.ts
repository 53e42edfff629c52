import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  countUnread,
  type MarkedArticle,
  type MarkedQuery,
  mark,
  markAllRead,
  markedArticles,
  marksOf,
  mostCounted,
  originsOf,
} from '../../store/marks.ts';
import { articlesBySeq } from '../../store/read/articles.ts';
import {
  follow,
  moveFolder,
  renameSubscription,
  type Subscription,
  subscriptionsOf,
  unfollow,
} from '../../store/subscriptions.ts';
import type { User } from '../../store/users.ts';
import { pageAddress, readAddress } from '../filter.ts';
import { acceptForms, fieldsOf } from '../form.ts';
import { readerItem } from '../greader/item.ts';
import {
  feedStream,
  folderStream,
  followedIn,
  readItemId,
  readStream,
  type Stream,
  states,
} from '../greader/streams.ts';
import { readNames } from '../names.ts';
import { filterTitle } from '../pages/labels.ts';
import { RequestError } from '../request-error.ts';
import { baseUrl, publicPath, type Services } from '../services.ts';

/** Where clients look for the API: at the root (Miniflux, Reader itself), or below FreshRSS's address. */
const roots = ['', '/api/greader.php'] as const;

const mostIds = 10_000;
const mostItems = 250;

interface Asked {
  readonly user: User;
  readonly fields: URLSearchParams;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}
type Answer = (asked: Asked) => Promise<unknown>;

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
    scope.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
      const status = error instanceof RequestError ? error.status : (error.statusCode ?? 500);
      if (status >= 500) request.log.error({ err: error }, 'request failed');
      return reply
        .status(status)
        .type('text/plain; charset=utf-8')
        .send(status >= 500 ? 'Error=Unknown\n' : `${error.message}\n`);
    });
    for (const root of roots) {
      scope.route({ method: ['GET', 'POST'], url: `${root}/accounts/ClientLogin`, handler: logIn(services) });
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

/** A whole number in a field; undefined when there is none. @throws RequestError */
function wholeNumber(fields: URLSearchParams, name: string): number | undefined {
  const value = fields.get(name);
  if (value === null || value === '') return undefined;
  // NetNewsWire tells seconds with a fraction.
  if (!/^\d{1,18}(?:\.\d{0,12})?$/.test(value)) throw new RequestError(400, `Error=BadRequest: '${name}' is a number`);
  return Math.floor(Number(value));
}

/** Seconds, as the API tells times, as a date that PostgreSQL takes; 0 stands for no bound. */
function instant(seconds: number | undefined): Date | undefined {
  return seconds === undefined || seconds === 0 ? undefined : new Date(Math.min(seconds, 9_999_999_999) * 1000);
}

const textOf = (fields: URLSearchParams, name: string): string | undefined =>
  fields.get(name)?.trim().slice(0, 300) || undefined;

function createAnswers(services: Services): Readonly<Record<string, Answer>> {
  const { db } = services;

  const requireStream = (name: string): Stream => {
    const stream = readStream(name);
    if (!stream) throw new RequestError(404, `Error=NotFound: there is no stream '${name.slice(0, 100)}'`);
    return stream;
  };

  /** What a stream of an account asks of the store. */
  async function queryOf(
    asked: Asked,
    name: string,
    most: number,
  ): Promise<{ query: MarkedQuery; followed: Subscription[] }> {
    const { fields, user } = asked;
    const followed = await subscriptionsOf(db, user.id);
    const stream = requireStream(name);
    const without = fields.getAll('xt').map((one) => readStream(one)?.kind);
    const only = fields.getAll('it').map((one) => readStream(one)?.kind);
    const continuation = fields.get('c') ?? '';
    if (continuation !== '' && !/^\d{1,18}$/.test(continuation))
      throw new RequestError(400, "Error=BadRequest: 'c' is no continuation of ours; begin without it");
    const since = instant(wholeNumber(fields, 'ot'));
    const until = instant(wholeNumber(fields, 'nt'));
    const read = without.includes('read') ? false : stream.kind === 'read' || only.includes('read') ? true : undefined;
    const starred = without.includes('starred')
      ? false
      : stream.kind === 'starred' || only.includes('starred')
        ? true
        : undefined;
    const query: MarkedQuery = {
      user: user.id,
      // What was starred or read stays so when its filter is no longer followed.
      ...(stream.kind === 'starred' || stream.kind === 'read'
        ? {}
        : { filters: followedIn(stream, followed).map(({ filter }) => filter) }),
      ...(read === undefined ? {} : { read }),
      ...(starred === undefined ? {} : { starred }),
      ...(since ? { since } : {}),
      ...(until ? { until } : {}),
      ...(continuation === '' ? {} : { after: continuation }),
      oldestFirst: fields.get('r') === 'o',
      limit: Math.min(most, Math.max(1, wholeNumber(fields, 'n') ?? 20)),
    };
    return { query, followed };
  }

  async function itemsOf(
    marked: readonly MarkedArticle[],
    followed: readonly Subscription[],
    user: User,
  ): Promise<object[]> {
    const seqs = marked.map(({ seq }) => seq);
    const [articles, origins, names] = await Promise.all([
      articlesBySeq(db, seqs),
      originsOf(db, seqs, followed),
      readNames(services),
    ]);
    const bySeq = new Map(articles.map((article) => [article.seq, article]));
    return marked.flatMap((one) => {
      const article = bySeq.get(one.seq);
      return article ? [readerItem(article, one, origins.get(one.seq), names, user.role === 'operator')] : [];
    });
  }

  const continuationOf = (found: readonly MarkedArticle[], limit: number) => {
    const last = found.at(-1);
    return found.length === limit && last ? { continuation: last.seq } : {};
  };

  async function contents(asked: Asked, name: string): Promise<object> {
    const { query, followed } = await queryOf(asked, name, mostItems);
    const found = await markedArticles(db, query);
    return {
      direction: 'ltr',
      id: name,
      title: services.settings.TITLE,
      self: [{ href: `${baseUrl(services, asked.request)}${asked.request.url}` }],
      updated: Math.floor(Date.now() / 1000),
      items: await itemsOf(found, followed, asked.user),
      ...continuationOf(found, query.limit),
    };
  }

  /** Follows the filter of an address of ours. */
  async function followAddress(
    user: User,
    address: string,
    title: string | undefined,
    folder: string | null,
  ): Promise<Subscription> {
    const path = publicPath(services.settings);
    const url = URL.canParse(address, 'http://wire') ? new URL(address, 'http://wire') : undefined;
    if (!url) throw new RequestError(400, 'Error=BadRequest: an address of a page or feed of this wire is expected');
    const terms = Object.fromEntries(url.searchParams);
    const local = url.pathname.startsWith(`${path}/`) ? url.pathname.slice(path.length) : url.pathname;
    let filter: ReturnType<typeof readAddress>['filter'];
    try {
      ({ filter } = readAddress(local, { q: terms.q }, services.labels));
    } catch (error) {
      throw new RequestError(404, `Error=NotFound: ${(error as Error).message}`);
    }
    const name = title ?? filterTitle(filter, await readNames(services)) ?? 'All news';
    return { id: await follow(db, user.id, filter, name, folder), filter, title: name, folder, secret: null };
  }

  const folderOf = (names: readonly string[]): string | undefined => {
    for (const name of names) {
      const stream = readStream(name);
      if (stream?.kind === 'folder' && stream.name.trim() !== '') return stream.name.trim().slice(0, 100);
    }
    return undefined;
  };

  return {
    token: async () => '',
    'user-info': async ({ user }) => ({
      userId: user.id,
      userName: user.name,
      userProfileId: user.id,
      userEmail: user.name,
    }),
    'tag/list': async ({ user }) => {
      const folders = new Set((await subscriptionsOf(db, user.id)).flatMap(({ folder }) => folder ?? []));
      return {
        tags: [{ id: states.starred }, ...[...folders].map((name) => ({ id: folderStream(name), type: 'folder' }))],
      };
    },
    'subscription/list': async ({ user, request }) => {
      const base = baseUrl(services, request);
      return {
        subscriptions: (await subscriptionsOf(db, user.id)).map(({ id, filter, title, folder }) => ({
          id: feedStream(id),
          title,
          categories: folder === null ? [] : [{ id: folderStream(folder), label: folder }],
          url: base + pageAddress(filter),
          htmlUrl: base + pageAddress(filter),
          iconUrl: '',
        })),
      };
    },
    'subscription/edit': async ({ user, fields }) => {
      const title = textOf(fields, 't');
      const added = folderOf(fields.getAll('a'));
      const removed = folderOf(fields.getAll('r'));
      for (const name of fields.getAll('s')) {
        const stream = readStream(name);
        if (fields.get('ac') === 'subscribe') {
          await followAddress(user, name.replace(/^feed\//, ''), title, added ?? null);
          continue;
        }
        if (stream?.kind !== 'feed')
          throw new RequestError(404, `Error=NotFound: there is no feed '${name.slice(0, 100)}'`);
        if (fields.get('ac') === 'unsubscribe') await unfollow(db, user.id, stream.id);
        else if (fields.get('ac') === 'edit') {
          const folder = added ?? (removed === undefined ? undefined : null);
          const changes = { ...(title ? { title } : {}), ...(folder === undefined ? {} : { folder }) };
          if (!(await renameSubscription(db, user.id, stream.id, changes)))
            throw new RequestError(404, `Error=NotFound: there is no feed '${name}'`);
        } else throw new RequestError(400, "Error=BadRequest: 'ac' is subscribe, unsubscribe or edit");
      }
      return 'OK';
    },
    'rename-tag': async ({ user, fields }) => {
      const [from, to] = [folderOf(fields.getAll('s')) ?? textOf(fields, 't'), folderOf(fields.getAll('dest'))];
      if (to === undefined) throw new RequestError(400, "Error=BadRequest: 'dest' is user/-/label/ and the new name");
      if (from === undefined || (await moveFolder(db, user.id, from, to)) === 0)
        throw new RequestError(404, 'Error=NotFound: there is no such folder');
      return 'OK';
    },
    // The feeds of the folder stay, in no folder.
    'disable-tag': async ({ user, fields }) => {
      const name = folderOf(fields.getAll('s')) ?? textOf(fields, 't');
      if (name === undefined || (await moveFolder(db, user.id, name, null)) === 0)
        throw new RequestError(404, 'Error=NotFound: there is no such folder');
      return 'OK';
    },
    // Asked for by some clients before anything else; there is nothing to prefer here.
    'preference/list': async () => ({ prefs: [] }),
    'preference/stream/list': async () => ({ streamprefs: {} }),
    'subscription/quickadd': async ({ user, fields }) => {
      const { id, title } = await followAddress(user, fields.get('quickadd') ?? '', undefined, null);
      return { numResults: 1, query: fields.get('quickadd'), streamId: feedStream(id), streamName: title };
    },
    'unread-count': async ({ user }) => {
      const followed = await subscriptionsOf(db, user.id);
      const row = async (id: string, of: readonly Subscription[]) => {
        const { count, newest } = await countUnread(
          db,
          user.id,
          of.map(({ filter }) => filter),
        );
        return { id, count, newestItemTimestampUsec: String((newest?.getTime() ?? 0) * 1000) };
      };
      const folders = Map.groupBy(
        followed.filter(({ folder }) => folder !== null),
        ({ folder }) => folder ?? '',
      );
      const unreadcounts = [await row(states.all, followed)];
      for (const one of followed) unreadcounts.push(await row(feedStream(one.id), [one]));
      for (const [name, of] of folders) unreadcounts.push(await row(folderStream(name), of));
      return { max: mostCounted, unreadcounts };
    },
    'stream/items/ids': async (asked) => {
      const { query } = await queryOf(asked, asked.fields.get('s') ?? states.all, mostIds);
      const found = await markedArticles(db, query);
      return {
        itemRefs: found.map(({ seq, arrived }) => ({
          id: seq,
          directStreamIds: [],
          timestampUsec: String(arrived.getTime() * 1000),
        })),
        ...continuationOf(found, query.limit),
      };
    },
    'stream/items/contents': async ({ user, fields, request }) => {
      const seqs = fields
        .getAll('i')
        .slice(0, mostItems)
        .flatMap((name) => readItemId(name) ?? []);
      const followed = await subscriptionsOf(db, user.id);
      return {
        direction: 'ltr',
        id: states.all,
        title: services.settings.TITLE,
        self: [{ href: `${baseUrl(services, request)}${request.url}` }],
        updated: Math.floor(Date.now() / 1000),
        items: await itemsOf(await marksOf(db, user.id, seqs), followed, user),
      };
    },
    'stream/contents': (asked) => contents(asked, asked.fields.get('s') ?? states.all),
    'stream/contents/*': (asked) => contents(asked, (asked.request.params as { '*': string })['*']),
    'edit-tag': async ({ user, fields }) => {
      const seqs = fields.getAll('i').slice(0, mostIds).map(readItemId);
      if (seqs.length === 0 || seqs.includes(undefined))
        throw new RequestError(400, "Error=BadRequest: 'i' names no items of ours");
      const plain = (name: string): string => name.replace(/^user\/[^/]+\//, 'user/-/');
      const added = new Set(fields.getAll('a').map(plain));
      const removed = new Set(fields.getAll('r').map(plain));
      const either = (yes: boolean, no: boolean): boolean | undefined => (yes ? true : no ? false : undefined);
      const read = either(added.has(states.read), removed.has(states.read) || added.has(states.keptUnread));
      const starred = either(added.has(states.starred), removed.has(states.starred));
      const changes = { ...(read === undefined ? {} : { read }), ...(starred === undefined ? {} : { starred }) };
      await mark(
        db,
        user.id,
        seqs.filter((seq) => seq !== undefined),
        changes,
        new Date(),
      );
      return 'OK';
    },
    'mark-all-as-read': async ({ user, fields }) => {
      const followed = await subscriptionsOf(db, user.id);
      const stream = requireStream(fields.get('s') ?? states.all);
      const microseconds = wholeNumber(fields, 'ts');
      // Some clients send seconds.
      const until =
        microseconds === undefined
          ? new Date()
          : microseconds > 1e13
            ? new Date(Math.min(microseconds / 1000, 8e14))
            : (instant(microseconds) ?? new Date());
      await markAllRead(
        db,
        user.id,
        followedIn(stream, followed).map(({ filter }) => filter),
        until,
      );
      return 'OK';
    },
  };
}
