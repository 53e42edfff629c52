import type { Db } from '../store/db.ts';
import { type ArticleView, type Cursor, oneArticle } from '../store/read/articles.ts';
import { hasSource, sourceIds } from '../store/read/outlets.ts';
import { UnknownFilterError } from './filter.ts';
import { RequestError } from './request-error.ts';

/** Values of a query string as they come: a name that is given twice is a list. */
export type Query = Readonly<Record<string, unknown>>;

/** The value of a parameter, undefined when it is missing or empty. */
export function textParameter(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw new RequestError(400, `'${name}' may be given once only.`);
  return value.replaceAll('\0', '');
}

const longestFeed = 500;

/** `limit`: how many items are wanted. */
export function limitParameter(query: Query): number | undefined {
  const value = textParameter(query, 'limit');
  if (value === undefined) return undefined;
  const limit = Number(value);
  if (!/^\d{1,4}$/.test(value) || limit < 1 || limit > longestFeed)
    throw new RequestError(400, `'limit' is a number from 1 to ${longestFeed}.`);
  return limit;
}

/** `before`: the place in a list at which the next page starts. */
export function cursorParameter(query: Query): Cursor | undefined {
  const value = textParameter(query, 'before');
  if (value !== undefined && !/^\d{1,18}$/.test(value))
    throw new RequestError(400, "'before' names no place in the list; start without it.");
  return value;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the word can be the id of an article or a story; PostgreSQL would refuse others with an error. */
export const isId = (word: string): boolean => uuid.test(word);

/** @param operator who may still see what its publisher took down */
export async function requireArticle(db: Db, id: string, operator: boolean): Promise<ArticleView> {
  const article = isId(id) ? await oneArticle(db, id) : undefined;
  if (!article) throw new RequestError(404, 'There is no such article.');
  if (article.withdrawnAt && !operator) throw new RequestError(410, 'The publisher has taken this article down.');
  return article;
}

/** @throws UnknownFilterError that lists the sources there are */
export async function requireSource(db: Db, id: string): Promise<void> {
  if (await hasSource(db, id)) return;
  const ids = await sourceIds(db, 200);
  const list = ids.length === 0 ? 'There are no sources yet.' : `The sources are: ${ids.join(', ')}.`;
  throw new UnknownFilterError(`There is no source '${id}'. ${list}`, 'source');
}
