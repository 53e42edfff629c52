import { sql } from 'kysely';
import type { Channel, Recipient } from '../domain/channel.ts';
import type { Notice } from '../domain/notice.ts';
import type { Db } from './db.ts';

/** Something to be told, to one recipient. */
export interface NewMessage extends Recipient {
  /** What it tells of, and whom: a second message with the same key is not written. */
  readonly key: string;
  readonly notice: Notice;
  /** The reader's rule that asked for it. */
  readonly rule?: string;
  /** What it tells of. */
  readonly articles?: readonly string[];
}

export interface Message extends Recipient {
  readonly id: string;
  readonly notice: Notice;
  readonly rule: string | null;
  readonly state: 'waiting' | 'sent' | 'failed';
  readonly notBefore: Date;
  /** Why the last try failed, or what it waits for. */
  readonly lastError: string | null;
  readonly articles: readonly string[] | null;
}

/** Notes what is to be told. Call it in the transaction that writes what it tells of. @returns the ids of those that are new */
export async function writeMessages(db: Db, messages: readonly NewMessage[], now: Date): Promise<string[]> {
  if (messages.length === 0) return [];
  const rows = await db
    .insertInto('messages')
    .values(
      messages.map(({ key, channel, address, notice, rule, articles }) => ({
        ...{ key, channel, address, notice: JSON.stringify(notice), rule: rule ?? null },
        ...{ created_at: now, not_before: now, articles: articles ? [...articles] : null },
      })),
    )
    .onConflict((one) => one.column('key').doNothing())
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

const columns = [
  'id',
  'channel',
  'address',
  'notice',
  'rule',
  'state',
  'not_before as notBefore',
  'last_error as lastError',
  'articles',
] as const;

export const readMessage = (db: Db, id: string): Promise<Message | undefined> =>
  db.selectFrom('messages').select(columns).where('id', '=', id).executeTakeFirst();

/** Messages that wait for nothing but to be sent, the oldest first. */
export async function dueMessages(db: Db, now: Date, limit = 200): Promise<string[]> {
  const rows = await db
    .selectFrom('messages')
    .select('id')
    .where('state', '=', 'waiting')
    .where('not_before', '<=', now)
    .orderBy('not_before')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** When the next message to this recipient may go out: undefined for now, where fewer than `most` were sent in the last hour. */
export async function mayBeSentAt(
  db: Db,
  { channel, address }: Recipient,
  most: number,
  now: Date,
): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date }>`
    select ended_at + interval '1 hour' as at from messages
    where state = 'sent' and channel = ${channel} and address = ${address} and ended_at > ${now}::timestamptz - interval '1 hour'
    order by ended_at desc offset ${most - 1} limit 1`.execute(db);
  return rows[0]?.at;
}

/** The message waits until then, for this reason; that counts as no try. */
export async function postponeMessage(db: Db, id: string, until: Date, reason: string): Promise<void> {
  await db.updateTable('messages').set({ not_before: until, last_error: reason }).where('id', '=', id).execute();
}

export async function markSent(db: Db, id: string, now: Date): Promise<void> {
  await sql`update messages set state = 'sent', tries = tries + 1, last_error = null, ended_at = ${now} where id = ${id}`.execute(
    db,
  );
}

/** A try failed; the message waits for the next one. */
export async function markTried(db: Db, id: string, error: string): Promise<void> {
  await sql`update messages set tries = tries + 1, last_error = ${error} where id = ${id}`.execute(db);
}

/** The message is given up; it stays to be seen, and can be tried again from the queue's dashboard. */
export async function markGivenUp(db: Db, id: string, error: string, now: Date): Promise<void> {
  await db
    .updateTable('messages')
    .set({ state: 'failed', last_error: error, ended_at: now })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute();
}

const keptDays = 30;

/** Forgets what ended long ago. */
export async function forgetMessages(db: Db, now: Date): Promise<void> {
  await sql`delete from messages where id in (
    select id from messages where ended_at < ${now}::timestamptz - ${sql.lit(keptDays)} * interval '1 day' limit 5000)`.execute(
    db,
  );
}

/** How the messages of a channel went. */
export interface ChannelState {
  readonly channel: Channel;
  readonly waiting: number;
  /** In the last 24 hours. */
  readonly sent: number;
  readonly failed: number;
  /** Why the last one of those that wait or failed in the last 24 hours did not go out. */
  readonly lastError: string | null;
}

export async function channelStates(db: Db, now: Date): Promise<ChannelState[]> {
  const { rows } = await sql<ChannelState>`
    select channel, count(*) filter (where state = 'waiting')::int as waiting,
      count(*) filter (where state = 'sent')::int as sent, count(*) filter (where state = 'failed')::int as failed,
      (array_agg(last_error order by created_at desc) filter (where last_error is not null))[1] as "lastError"
    from messages where state = 'waiting' or ended_at > ${now}::timestamptz - interval '1 day'
    group by channel order by channel`.execute(db);
  return rows;
}

/** Where telling of these articles belongs in their traces: the last event of each that has one. */
export async function tracesOf(db: Db, articles: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ trace: string }>`
    select distinct on (article) trace from events where article = any(${[...articles]}::uuid[]) and trace is not null
    order by article, id desc`.execute(db);
  return rows.map(({ trace }) => trace);
}
