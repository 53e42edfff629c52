import type { Filter } from '../domain/filter.ts';
import type { Db } from './db.ts';

/** A filter that an account follows. */
export interface Subscription {
  readonly id: string;
  readonly filter: Filter;
  readonly title: string;
  readonly folder: string | null;
}

/** So many filters may one account follow: each costs a condition in every question. */
const mostFollowed = 200;

export const subscriptionsOf = (db: Db, user: string): Promise<Subscription[]> =>
  db
    .selectFrom('subscriptions')
    .select(['id', 'filter', 'title', 'folder'])
    .where('user_id', '=', user)
    .orderBy('id')
    .limit(mostFollowed)
    .execute();

/** Follows a filter, or names it anew. @returns its id */
export async function follow(
  db: Db,
  user: string,
  filter: Filter,
  title: string,
  folder: string | null,
): Promise<string> {
  const { id } = await db
    .insertInto('subscriptions')
    .values({ user_id: user, filter: JSON.stringify(filter), title, folder })
    .onConflict((one) => one.columns(['user_id', 'filter']).doUpdateSet({ title, folder }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Changes what is given. @returns false when the account follows no such filter */
export async function renameSubscription(
  db: Db,
  user: string,
  id: string,
  changes: { readonly title?: string; readonly folder?: string | null },
): Promise<boolean> {
  if (Object.keys(changes).length === 0) return true;
  const { numUpdatedRows } = await db
    .updateTable('subscriptions')
    .set(changes)
    .where('user_id', '=', user)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

export const unfollow = async (db: Db, user: string, id: string): Promise<void> => {
  await db.deleteFrom('subscriptions').where('user_id', '=', user).where('id', '=', id).execute();
};
