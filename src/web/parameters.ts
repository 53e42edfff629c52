import type { Db } from '../store/db.ts';
import { type ArticleView, oneArticle } from '../store/read/articles.ts';
import { hasSource, sourceIds } from '../store/read/outlets.ts';
import { UnknownFilterError } from './filter.ts';
import { RequestError } from './request-error.ts';

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
  // PostgreSQL has no text with NUL.
  if (!id.includes('\0') && (await hasSource(db, id))) return;
  const ids = await sourceIds(db, 200);
  const list = ids.length === 0 ? 'There are no sources yet.' : `The sources are: ${ids.join(', ')}.`;
  throw new UnknownFilterError(`There is no source '${id}'. ${list}`, 'source');
}
