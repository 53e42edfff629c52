import { sql } from 'kysely';
import type { Filter, Muted } from '../domain/filter.ts';
import type { Db } from './db.ts';

export const muteKinds = ['source', 'topic', 'word'] as const;
export type MuteKind = (typeof muteKinds)[number];

export interface Mute {
  readonly kind: MuteKind;
  readonly value: string;
}

/** So much may one account mute: each word costs a condition in every question. */
const mostMutes = 200;

export const mutesOf = (db: Db, user: string): Promise<Mute[]> =>
  db
    .selectFrom('mutes')
    .select(['kind', 'value'])
    .where('user_id', '=', user)
    .orderBy('kind')
    .orderBy('value')
    .limit(mostMutes)
    .execute();

/** @returns false when the account mutes as much as it may already */
export async function mute(db: Db, user: string, { kind, value }: Mute): Promise<boolean> {
  const { rows } = await sql`
    insert into mutes (user_id, kind, value) select ${user}, ${kind}, ${value}
    where (select count(*) from mutes where user_id = ${user}) < ${mostMutes}
    on conflict (user_id, kind, value) do update set value = excluded.value returning value`.execute(db);
  return rows.length > 0;
}

export const unmute = async (db: Db, user: string, { kind, value }: Mute): Promise<void> => {
  await db
    .deleteFrom('mutes')
    .where('user_id', '=', user)
    .where('kind', '=', kind)
    .where('value', '=', value)
    .execute();
};

/** A filter that leaves out what an account mutes, but for what the filter itself asks for. */
export function withoutMuted(filter: Filter, mutes: readonly Mute[]): Filter {
  const of = (kind: MuteKind, asked: string | undefined): string[] =>
    mutes.flatMap((one) => (one.kind === kind && one.value !== asked ? [one.value] : []));
  const without: Muted = {
    source: of('source', filter.source),
    topic: of('topic', filter.topic),
    word: of('word', undefined),
  };
  return Object.values(without).some((values: readonly string[]) => values.length > 0)
    ? { ...filter, without }
    : filter;
}
