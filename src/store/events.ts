import { sql } from 'kysely';
import type { ArticleId } from '../article.ts';
import type { Db } from './db.ts';

export interface StoreEvent {
  readonly id: string;
  readonly kind: 'published' | 'updated' | 'withdrawn';
  readonly article: ArticleId;
  readonly at: Date;
}

/** Notes what publish must tell. Call it in the transaction that writes the article. */
export async function writeEvent(db: Db, kind: StoreEvent['kind'], article: ArticleId, now: Date): Promise<void> {
  await db.insertInto('events').values({ kind, article, at: now }).execute();
}

/** What was not told yet, oldest first. */
export function untoldEvents(db: Db, limit = 100): Promise<StoreEvent[]> {
  return db
    .selectFrom('events')
    .select(['id', 'kind', 'article', 'at'])
    .where('told_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute();
}

export async function markTold(db: Db, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('events')
    .set({ told_at: now })
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .execute();
}

/**
 * A word that changes with everything that changes a feed: what is rendered for one version stays right until the next.
 * Counting the last thousand too catches a transaction that commits after a later number was given out.
 */
export async function storeVersion(db: Db): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    with latest as (select coalesce(max(id), 0) as id from events)
    select latest.id || '-' || (select count(*) from events where events.id > latest.id - 1000) as version from latest`.execute(
    db,
  );
  return rows[0]?.version ?? '0-0';
}
