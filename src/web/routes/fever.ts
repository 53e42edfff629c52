import type { FastifyInstance } from 'fastify';
import { appKeyOwner } from '../../store/app-passwords.ts';
import {
  countUnread,
  type MarkedArticle,
  mark,
  markAllRead,
  markedArticles,
  marksOf,
  originsOf,
} from '../../store/marks.ts';
import { articlesBySeq, countArticlesIn } from '../../store/read/articles.ts';
import { type Subscription, subscriptionsOf } from '../../store/subscriptions.ts';
import type { User } from '../../store/users.ts';
import { explainFailure, type Failure } from '../errors.ts';
import { feedsGroups, feverFeed, feverItem, groupsOf } from '../fever/answers.ts';
import { pageAddress } from '../filter.ts';
import { acceptForms, fieldsOf } from '../form.ts';
import { readNames } from '../names.ts';
import { RequestError } from '../request-error.ts';
import { baseUrl, type Services } from '../services.ts';
import { VersionCache } from '../version-cache.ts';

/** Where clients look for it: Fever's own address, or FreshRSS's. */
const addresses = ['/fever', '/api/fever.php'] as const;
/** Items of an answer: what Fever itself gives, and what clients take for the sign that there are more. */
const itemsAtATime = 50;
const mostIds = 10_000;

/** The Fever API (https://github.com/DigitalDJ/tinytinyrss-fever-plugin/blob/master/fever-api.md), over the filters that an account follows. */
export async function serveFever(app: FastifyInstance, services: Services): Promise<void> {
  const totals = new VersionCache<number>(services, 100);
  await app.register(async (scope) => {
    acceptForms(scope);
    scope.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'));
    scope.setErrorHandler<Failure>((error, request, reply) => {
      const { status, message } = explainFailure(error, request);
      if (status === 503) reply.header('retry-after', '60');
      return reply
        .status(status)
        .send({ api_version: 3, auth: 1, error: status === 500 ? 'It cannot be answered now.' : message });
    });
    for (const url of addresses) {
      scope.route({
        method: ['GET', 'POST'],
        url,
        handler: async (request) => {
          const fields = fieldsOf(request);
          if (!fields.has('api'))
            throw new RequestError(
              400,
              `This is the Fever API: its requests have '?api'. The address for apps is ${url}/`,
            );
          const key = fields.get('api_key') ?? '';
          const user = /^[\da-f]{32}$/i.test(key) ? await appKeyOwner(services.db, 'fever', key) : undefined;
          if (!user) return { api_version: 3, auth: 0 };
          return answer(services, totals, { user, fields, base: baseUrl(services, request) });
        },
      });
    }
  });
}

interface Asked {
  readonly user: User;
  readonly fields: URLSearchParams;
  readonly base: string;
}

async function answer(services: Services, totals: VersionCache<number>, asked: Asked): Promise<object> {
  const { db } = services;
  const { user, fields } = asked;
  const followed = await subscriptionsOf(db, user.id);
  const filters = followed.map(({ filter }) => filter);
  const marked = await change(services, asked, followed);
  const groups = groupsOf(followed);
  const { newest } = await countUnread(db, user.id, filters);
  const body: Record<string, unknown> = {
    api_version: 3,
    auth: 1,
    last_refreshed_on_time: Math.floor((newest ?? new Date()).getTime() / 1000),
  };
  const has = (name: string): boolean => fields.has(name);
  if (has('groups')) body.groups = groups.map(({ id, title }) => ({ id, title }));
  if (has('feeds')) body.feeds = followed.map((one) => feverFeed(one, asked.base + pageAddress(one.filter), newest));
  if (has('groups') || has('feeds')) body.feeds_groups = feedsGroups(groups);
  if (has('favicons')) body.favicons = [];
  if (has('links')) body.links = [];
  if (has('items')) {
    body.items = await itemsOf(services, asked, followed);
    body.total_items = await totals.get(JSON.stringify(filters), () => countArticlesIn(db, filters));
  }
  if (has('unread_item_ids') || marked === 'read')
    body.unread_item_ids = idsOf(await markedArticles(db, { user: user.id, filters, read: false, limit: mostIds }));
  if (has('saved_item_ids') || marked === 'starred')
    body.saved_item_ids = idsOf(await markedArticles(db, { user: user.id, starred: true, limit: mostIds }));
  return body;
}

const idsOf = (marked: readonly MarkedArticle[]): string => marked.map(({ seq }) => seq).join(',');

/** A number in a field; undefined when there is none. @throws RequestError */
function numberIn(fields: URLSearchParams, name: string): string | undefined {
  const value = fields.get(name);
  if (value === null || value === '') return undefined;
  if (!/^\d{1,18}$/.test(value)) throw new RequestError(400, `'${name}' is a whole number.`);
  return value;
}

async function itemsOf(
  { db, ...services }: Services,
  { user, fields }: Asked,
  followed: readonly Subscription[],
): Promise<object[]> {
  const ids = (fields.get('with_ids') ?? '').split(',').filter((id) => /^\d{1,18}$/.test(id));
  const filters = followed.map(({ filter }) => filter);
  const [before, after] = [numberIn(fields, 'max_id'), numberIn(fields, 'since_id')];
  const page = { user: user.id, filters, limit: itemsAtATime };
  const marked = fields.has('with_ids')
    ? await marksOf(db, user.id, ids.slice(0, itemsAtATime))
    : before !== undefined
      ? await markedArticles(db, { ...page, after: before })
      : await markedArticles(db, { ...page, after: after ?? '0', oldestFirst: true });
  const seqs = marked.map(({ seq }) => seq);
  const [articles, origins, names] = await Promise.all([
    articlesBySeq(db, seqs),
    originsOf(db, seqs, followed),
    readNames({ db, labels: services.labels }),
  ]);
  const bySeq = new Map(articles.map((article) => [article.seq, article]));
  return marked.flatMap((one) => {
    const article = bySeq.get(one.seq);
    return article ? [feverItem(article, one, origins.get(one.seq), names, user.role === 'operator')] : [];
  });
}

const marks = {
  read: { read: true },
  unread: { read: false },
  saved: { starred: true },
  unsaved: { starred: false },
} as const;

/** Does what a request asks to be marked. @returns which list of ids the client wants to see then */
async function change(
  { db }: Services,
  { user, fields }: Asked,
  followed: readonly Subscription[],
): Promise<'read' | 'starred' | undefined> {
  const what = fields.get('mark');
  if (what === null) return undefined;
  const as = fields.get('as') ?? '';
  const now = new Date();
  if (what === 'item') {
    const id = numberIn(fields, 'id');
    if (!Object.hasOwn(marks, as) || id === undefined)
      throw new RequestError(400, "An item is marked with its 'id' as read, unread, saved or unsaved.");
    await mark(db, user.id, [id], marks[as as keyof typeof marks], now);
    return as === 'read' || as === 'unread' ? 'read' : 'starred';
  }
  const id = fields.get('id') ?? '';
  if ((what !== 'feed' && what !== 'group') || as !== 'read' || !/^-?\d{1,18}$/.test(id))
    throw new RequestError(400, "'mark' is item, feed or group; feeds and groups are marked with their 'id' as read.");
  const marked =
    what === 'feed'
      ? followed.filter((feed) => feed.id === id)
      : id === '0'
        ? followed
        : (groupsOf(followed).find((group) => String(group.id) === id)?.feeds ?? []);
  const before = Number(numberIn(fields, 'before') ?? '0');
  const until = before === 0 ? now : new Date(Math.min(before * 1000, now.getTime()));
  await markAllRead(
    db,
    user.id,
    marked.map(({ filter }) => filter),
    until,
  );
  return 'read';
}
