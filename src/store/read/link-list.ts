import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import { type LinkReport, linkReport } from './operations.ts';

/** The links of each of these stand in an index of their own, by the time at which they changed; open ones are few. */
const groups: readonly { readonly outcomes: readonly string[]; readonly condition: RawBuilder<boolean> }[] = [
  { outcomes: ['published', 'updated'], condition: sql<boolean>`outcome in ('published', 'updated')` },
  { outcomes: ['rejected', 'duplicate'], condition: sql<boolean>`outcome in ('rejected', 'duplicate')` },
  { outcomes: [], condition: sql<boolean>`state <> 'done'` },
];

/** Links that changed in a span of time, the latest first. */
export async function linkList(
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
  const { before } = asked;
  const inGroup = (condition: RawBuilder<boolean>) => {
    let query = db
      .selectFrom('links')
      .select(linkReport)
      .where('changed_at', '>=', asked.from)
      .where('changed_at', '<=', asked.to)
      .where(condition);
    if (before) query = query.where(sql<boolean>`(changed_at < ${before.at} or key < ${before.key})`);
    for (const column of ['outcome', 'reason', 'source'] as const) {
      const value = asked[column];
      if (value !== undefined) query = query.where(column, '=', value as never);
    }
    return query.orderBy('changed_at', 'desc').orderBy('key', 'desc').limit(asked.limit).execute();
  };
  const lists = await Promise.all(conditionsFor(asked.source, asked.reason, asked.outcome).map(inGroup));
  return lists
    .flat()
    .sort((a, b) => b.changedAt.getTime() - a.changedAt.getTime() || (a.key < b.key ? 1 : -1))
    .slice(0, asked.limit);
}

/** Each is answered by an index: that of a source, that of the rejected of a reason, or those of the groups. */
function conditionsFor(source?: string, reason?: string, outcome?: string): RawBuilder<boolean>[] {
  if (source !== undefined) return [sql<boolean>`true`];
  // Only what was rejected has a reason.
  if (reason !== undefined) return [sql<boolean>`outcome = 'rejected'`];
  return groups
    .filter(({ outcomes }) => outcome === undefined || outcomes.includes(outcome))
    .map(({ condition }) => condition);
}
