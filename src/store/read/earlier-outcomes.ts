import { sql } from 'kysely';
import type { Outcome } from '../../domain/article.ts';
import type { Db } from '../db.ts';

/** How links ended before, by key: see `IngestBatch.earlierOutcomes`. */
export async function earlierOutcomes(db: Db, links: readonly string[]): Promise<Map<string, Outcome>> {
  const rows = await db
    .selectFrom('links')
    .innerJoin('articles', 'articles.id', 'links.article')
    .select(['links.key', 'links.outcome', 'links.match', 'articles.id', 'articles.story'])
    .where('links.key', '=', sql<string>`any(${[...links]}::text[])`)
    .execute();
  return new Map(
    rows.flatMap(({ key, outcome, match, id, story }): [string, Outcome][] => {
      if (outcome === 'published') return [[key, { kind: 'published', article: id, story }]];
      if (outcome === 'updated') return [[key, { kind: 'updated', article: id }]];
      const how = match === 'exact' || match === 'near' ? match : 'url';
      return outcome === 'duplicate' ? [[key, { kind: 'duplicate', of: id, match: how }]] : [];
    }),
  );
}
