import type { Db } from './db.ts';

/** What an operator did. */
export interface Action {
  readonly at: Date;
  /** The account's name, or who the operator is without one. */
  readonly who: string;
  /** In a word or two, such as `crawl now`. */
  readonly action: string;
  /** What it was done to: a source, a queue, a reason. */
  readonly target: string;
  readonly detail: string | null;
}

const longestDetail = 500;

export async function recordAction(db: Db, action: Action): Promise<void> {
  await db
    .insertInto('actions')
    .values({ ...action, detail: action.detail?.slice(0, longestDetail) ?? null })
    .execute();
}

/** The latest actions first; `target` leaves out those on anything else. */
export function recentActions(db: Db, limit: number, target?: string): Promise<Action[]> {
  let query = db.selectFrom('actions').select(['at', 'who', 'action', 'target', 'detail']);
  if (target !== undefined) query = query.where('target', '=', target);
  return query.orderBy('id', 'desc').limit(limit).execute();
}
