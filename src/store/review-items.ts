import { sql } from 'kysely';
import type { Features } from '../dedupe/features.ts';
import type { ReviewItem } from '../dedupe/review-item.ts';
import type { ArticleId } from '../domain/article.ts';
import type { Db, Store } from './db.ts';
import { flushCommits, withIngestLock } from './ingest-lock.ts';
import { mergeArticles } from './merge-articles.ts';

/** A pair of published articles that may be one. */
export interface OpenReviewItem {
  readonly number: number;
  readonly article: ArticleId;
  readonly other: ArticleId;
  /** Headlines and addresses of the two, the newcomer's first. */
  readonly titles: readonly string[];
  readonly urls: readonly string[];
  readonly score: number;
}

/** Puts a pair on the operator's list. Call it in the transaction that publishes the article. */
export async function addReviewItem(db: Db, article: ArticleId, item: ReviewItem, now: Date): Promise<void> {
  await sql`
    insert into review_items (article, other, titles, urls, score, features, asked_at)
    select newer.id, older.id, array[newer.title, older.title], array[newer.url, older.url],
      ${item.score}, ${JSON.stringify(item.features)}, ${now}
    from articles newer, articles older where newer.id = ${article} and older.id = ${item.of}
    on conflict do nothing`.execute(db);
}

/** What the operator has not answered yet, the surest pairs first. Pairs whose articles are gone are left out. */
export async function openReviewItems(db: Db, limit = 100): Promise<OpenReviewItem[]> {
  const { rows } = await sql<OpenReviewItem>`
    select review_items.number, review_items.article, review_items.other, review_items.titles, review_items.urls, review_items.score from review_items
    join articles newer on newer.id = review_items.article join articles older on older.id = review_items.other
    where same is null order by score desc, number limit ${limit}`.execute(db);
  return rows;
}

/** All answers, as the trainer of the scorer reads them. */
export async function answeredReviewItems(db: Db): Promise<{ features: Features; same: boolean }[]> {
  const { rows } = await sql<{ features: Features; same: boolean }>`
    select features, same from review_items where same is not null order by number`.execute(db);
  return rows;
}

/**
 * Writes the operator's answer. When the two are one, the newcomer becomes a copy of the other article, with its own copies and links,
 * and readers are told that its item is gone.
 * @returns false when there is no such open question
 */
export async function answerReviewItem(store: Store, number: number, same: boolean, now: Date): Promise<boolean> {
  const answered = await withIngestLock(store.db, async (db) => {
    const { rows } = await sql<{ article: string; other: string; score: number }>`
      update review_items set same = ${same}, answered_at = ${now} where number = ${number} and same is null
      returning article, other, score`.execute(db);
    const item = rows[0];
    if (item && same) await mergeArticles(db, item.article, item.other, item.score, now);
    return item !== undefined;
  });
  await flushCommits(store.db);
  return answered;
}
