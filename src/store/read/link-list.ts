import { sql } from 'kysely';
import type { Db } from '../db.ts';
import { type LinkReport, linkReport } from './operations.ts';

/** Links that changed in a span of time, the latest first. */
export function linkList(
  db: Db,
  asked: {
    readonly outcome?: string | undefined;
    readonly reason?: string | undefined;
    readonly source?: string | undefined;
    readonly from: Date;
    readonly to: Date;
    readonly limit: number;
    /** Goes on after this link. */
    readonly before?: { readonly at: Date; readonly key: string } | undefined;
  },
): Promise<LinkReport[]> {
  let query = db
    .selectFrom('links')
    .select(linkReport)
    .where('changed_at', '>=', asked.from)
    .where('changed_at', '<=', asked.to);
  const { before } = asked;
  if (before) query = query.where(sql<boolean>`(changed_at < ${before.at} or key < ${before.key})`);
  for (const column of ['outcome', 'reason', 'source'] as const) {
    const value = asked[column];
    if (value !== undefined) query = query.where(column, '=', value as never);
  }
  // An index on rejections of a source serves that question; all others read the newest of the span.
  return query.orderBy('changed_at', 'desc').orderBy('key', 'desc').limit(asked.limit).execute();
}
