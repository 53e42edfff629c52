import type { Selectable } from 'kysely';
import type { ArticleId, Classification } from '../domain/article.ts';
import { labelColumns } from './article-columns.ts';
import type { Db } from './db.ts';
import type { ArticlesTable } from './schema.ts';

/** Of a story with more articles the latest decide: they know most. */
const mostVoices = 100;

/** The articles of a story with their labels, the latest first. */
export function labelsOfStory(
  db: Db,
  story: ArticleId,
): Promise<Pick<Selectable<ArticlesTable>, 'id' | 'source' | 'labels'>[]> {
  return db
    .selectFrom('articles')
    .select(['id', 'source', 'labels'])
    .where('story', '=', story)
    .orderBy('id', 'desc')
    .limit(mostVoices)
    .execute();
}

export async function relabel(db: Db, article: ArticleId, labels: Classification): Promise<void> {
  await db.updateTable('articles').set(labelColumns(labels)).where('id', '=', article).execute();
}

/** The labels of these articles, by id. */
export async function labelsOf(db: Db, articles: readonly ArticleId[]): Promise<Map<ArticleId, Classification>> {
  const rows = await db
    .selectFrom('articles')
    .select(['id', 'labels'])
    .where('id', 'in', [...articles])
    .execute();
  return new Map(rows.map(({ id, labels }) => [id, labels]));
}

/** Gives an article other labels and the language that goes with them. @returns false when its words changed meanwhile */
export async function relabelUnchanged(
  db: Db,
  article: ArticleId,
  textHash: Buffer,
  labels: Classification,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('articles')
    .set({ ...labelColumns(labels), lang: labels.lang })
    .where('id', '=', article)
    .where('text_hash', '=', textHash)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
