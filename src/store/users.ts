import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { type Preferences, readPreferences } from '../domain/preferences.ts';
import type { Db } from './db.ts';
import { hashPassword, passwordMatches } from './password.ts';

/** Somebody with an account. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly role: 'reader' | 'operator';
  readonly preferences: Preferences;
}

/** A session that nobody used so long is over. */
const sessionDays = 60;
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
/** The name as it is kept: names that differ in case or composition only are one. */
const named = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** Adds an account that follows everything. @returns false when the name is taken */
export async function addUser(db: Db, name: string, password: string, role: User['role'], now: Date): Promise<boolean> {
  const hash = await hashPassword(password);
  const { rows } = await sql<{ id: string }>`
    with added as (
      insert into users (name, password, role, created_at, unread_since) values (${named(name)}, ${hash}, ${role}, ${now}, ${now})
      on conflict (name) do nothing returning id)
    insert into subscriptions (user_id, filter, title) select id, '{}', 'All news' from added returning user_id as id`.execute(
    db,
  );
  return rows.length > 0;
}

/** Sets another password and ends all sessions. @returns false when there is no such account */
export async function setPassword(db: Db, name: string, password: string): Promise<boolean> {
  const hash = await hashPassword(password);
  const { rows } = await sql`
    with changed as (update users set password = ${hash} where name = ${named(name)} returning id),
      ended as (delete from sessions where user_id in (select id from changed))
    select id from changed`.execute(db);
  return rows.length > 0;
}

/** Removes an account with all that is its own. @returns false when there is no such account */
export async function removeUser(db: Db, name: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('users').where('name', '=', named(name)).executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

export const listUsers = (db: Db): Promise<{ name: string; role: User['role']; created_at: Date }[]> =>
  db.selectFrom('users').select(['name', 'role', 'created_at']).orderBy('name').execute();

/** Compared where there is no account of that name, so that the answer takes as long. */
let nobody: Promise<string> | undefined;

/** The account of that name and password; undefined when one of them is wrong. Takes as long in either case. */
export async function userOf(db: Db, name: string, password: string): Promise<User | undefined> {
  const row = name.includes('\0')
    ? undefined
    : await db
        .selectFrom('users')
        .select(['id', 'name', 'role', 'preferences', 'password'])
        .where('name', '=', named(name))
        .executeTakeFirst();
  nobody ??= hashPassword(randomBytes(16).toString('hex'));
  const matches = await passwordMatches(password, row?.password ?? (await nobody));
  return row && matches
    ? { id: row.id, name: row.name, role: row.role, preferences: readPreferences(row.preferences) }
    : undefined;
}

/** Begins a session. @returns its secret, which is kept as a hash only */
export async function beginSession(db: Db, user: string, now: Date): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await sql`delete from sessions where used_at < ${now}::timestamptz - ${sessionDays} * interval '1 day'`.execute(db);
  await db
    .insertInto('sessions')
    .values({ token_hash: hashOf(token), user_id: user, used_at: now })
    .execute();
  return token;
}

/** Whose session it is; undefined when there is none or it is over. */
export async function sessionUser(db: Db, token: string, now: Date): Promise<User | undefined> {
  const { rows } = await sql<User>`
    with used as (
      update sessions set used_at = ${now} where token_hash = ${hashOf(token)} and used_at < ${now}::timestamptz - interval '1 hour'
        and used_at > ${now}::timestamptz - ${sessionDays} * interval '1 day')
    select u.id, u.name, u.role, u.preferences from sessions s join users u on u.id = s.user_id
    where s.token_hash = ${hashOf(token)} and s.used_at > ${now}::timestamptz - ${sessionDays} * interval '1 day'`.execute(
    db,
  );
  const [user] = rows;
  return user && { ...user, preferences: readPreferences(user.preferences) };
}

export const endSession = async (db: Db, token: string): Promise<void> => {
  await db.deleteFrom('sessions').where('token_hash', '=', hashOf(token)).execute();
};

/** Keeps how an account wants the pages. */
export const setPreferences = async (db: Db, user: string, preferences: Preferences): Promise<void> => {
  await db
    .updateTable('users')
    .set({ preferences: JSON.stringify(preferences) })
    .where('id', '=', user)
    .execute();
};
