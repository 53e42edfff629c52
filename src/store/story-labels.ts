import { sql } from 'kysely';
import type { ArticleId, Classification, StoryVoice } from '../domain/article.ts';
import { labelColumns } from './article-columns.ts';
import type { Db } from './db.ts';

/** Of a story with more articles the latest decide: they know most. */
const mostVoices = 100;

/** What the articles of these stories say, by story; of each the latest first. */
export async function voicesOf(db: Db, stories: readonly ArticleId[]): Promise<Map<ArticleId, StoryVoice[]>> {
  if (stories.length === 0) return new Map();
  const { rows } = await sql<StoryVoice & { story: ArticleId }>`
    select asked.story, voice.id, voice.source, voice.labels as classification
    from unnest(${[...stories]}::uuid[]) with ordinality as asked (story, place)
    cross join lateral (
      select id, source, labels from articles where articles.story = asked.story order by id desc limit ${sql.lit(mostVoices)}
    ) as voice
    order by asked.place, voice.id desc`.execute(db);
  return Map.groupBy(rows, ({ story }) => story);
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
