import { type MarkedArticle, type MarkedQuery, markedArticles, marksOf, originsOf } from '../../store/marks.ts';
import { articlesBySeq } from '../../store/read/articles.ts';
import { type Subscription, subscriptionsOf } from '../../store/subscriptions.ts';
import type { User } from '../../store/users.ts';
import { readNames } from '../names.ts';
import { RequestError } from '../request-error.ts';
import { baseUrl, type Services } from '../services.ts';
import { readerItem } from './item.ts';
import { type Answer, type Asked, instant, mostIds, mostItems, requireStream, wholeNumber } from './request.ts';
import { followedIn, readItemId, readStream, states } from './streams.ts';

/** The calls that read streams: ids of items, and items whole. */
export function streamAnswers(services: Services): Readonly<Record<string, Answer>> {
  const { db } = services;

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

  return {
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
  };
}
