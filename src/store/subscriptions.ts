import { randomBytes } from 'node:crypto';
import type { Filter } from '../domain/filter.ts';
import type { Db } from './db.ts';
import { mutesOf, withoutMuted } from './mutes.ts';

/** A filter that an account follows. */
export interface Subscription {
  readonly id: string;
  readonly filter: Filter;
  readonly title: string;
  readonly folder: string | null;
  /** The secret part of an address at which it can be read without the account; null when there is none. */
  readonly secret: string | null;
}

/** So many filters may one account follow: each costs a condition in every question. */
const mostFollowed = 200;

/** What an account follows; its filters leave out what the account mutes. */
export async function subscriptionsOf(db: Db, user: string): Promise<Subscription[]> {
  const [rows, mutes] = await Promise.all([
    db
      .selectFrom('subscriptions')
      .select(['id', 'filter', 'title', 'folder', 'secret'])
      .where('user_id', '=', user)
      .orderBy('id')
      .limit(mostFollowed)
      .execute(),
    mutesOf(db, user),
  ]);
  return rows.map((row) => ({ ...row, filter: withoutMuted(row.filter, mutes) }));
}

/** What stands at a secret address; undefined when it was revoked or never was. */
export async function subscriptionAt(db: Db, secret: string): Promise<Subscription | undefined> {
  const row = await db
    .selectFrom('subscriptions')
    .select(['id', 'filter', 'title', 'folder', 'secret', 'user_id'])
    .where('secret', '=', secret)
    .executeTakeFirst();
  if (!row) return undefined;
  const { user_id: user, ...subscription } = row;
  return { ...subscription, filter: withoutMuted(row.filter, await mutesOf(db, user)) };
}

/** Gives a followed filter a new secret address, or takes it away: the one before leads nowhere from now on. */
export async function setSecret(db: Db, user: string, id: string, isWanted: boolean): Promise<void> {
  const secret = isWanted ? randomBytes(24).toString('base64url') : null;
  await db.updateTable('subscriptions').set({ secret }).where('user_id', '=', user).where('id', '=', id).execute();
}

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

/** Renames a folder, or takes its feeds out of it. @returns how many feeds it held */
export async function moveFolder(db: Db, user: string, from: string, to: string | null): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('subscriptions')
    .set({ folder: to })
    .where('user_id', '=', user)
    .where('folder', '=', from)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

export const unfollow = async (db: Db, user: string, id: string): Promise<void> => {
  await db.deleteFrom('subscriptions').where('user_id', '=', user).where('id', '=', id).execute();
};
