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
