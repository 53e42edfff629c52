import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './db.ts';
import type { User } from './users.ts';

/** What the password opens: the Fever API, or the MCP server. */
export const appKinds = ['fever', 'mcp'] as const;
export type AppKind = (typeof appKinds)[number];

/** What a program sends: Fever's clients send the MD5 of name and password, all others the password itself. */
const keyOf: Readonly<Record<AppKind, (name: string, password: string) => string>> = {
  fever: (name, password) => createHash('md5').update(`${name}:${password}`).digest('hex'),
  mcp: (_name, password) => password,
};
// Ours has more than 140 random bits: a plain hash keeps it.
const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

/** Makes a password in place of the last one of that kind. @returns it; it is not kept and cannot be shown again */
export async function makeAppPassword(db: Db, user: User, kind: AppKind, now: Date): Promise<string> {
  const password = randomBytes(18).toString('base64url');
  const hash = hashOf(keyOf[kind](user.name, password));
  await sql`insert into app_passwords (hash, user_id, kind, created_at) values (${hash}, ${user.id}, ${kind}, ${now})
    on conflict (user_id, kind) do update set hash = excluded.hash, created_at = excluded.created_at`.execute(db);
  return password;
}

/** Which passwords an account has, and since when. */
export const appPasswordsOf = async (db: Db, user: string): Promise<{ kind: AppKind; createdAt: Date }[]> =>
  db
    .selectFrom('app_passwords')
    .select(['kind', 'created_at as createdAt'])
    .where('user_id', '=', user)
    .orderBy('kind')
    .execute();

export async function dropAppPassword(db: Db, user: string, kind: AppKind): Promise<void> {
  await db.deleteFrom('app_passwords').where('user_id', '=', user).where('kind', '=', kind).execute();
}

/** Whose key of that kind it is. */
export async function appKeyOwner(db: Db, kind: AppKind, key: string): Promise<User | undefined> {
  const { rows } = await sql<User>`
    select u.id, u.name, u.role from app_passwords p join users u on u.id = p.user_id
    where p.hash = ${hashOf(kind === 'fever' ? key.toLowerCase() : key)} and p.kind = ${kind}`.execute(db);
  return rows[0];
}
