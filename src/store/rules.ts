import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Recipient } from '../domain/channel.ts';
import { type NewRule, nextLook } from '../domain/rule.ts';
import type { Db } from './db.ts';
import { type NewMessage, writeMessages } from './messages.ts';
import type { Mute } from './mutes.ts';

/** A reader's rule. */
export interface Rule extends NewRule {
  readonly id: string;
  /** Opens the page that ends the rule, or confirms it; signs its webhook. */
  readonly token: string;
  /** False while nobody has said that the mail address may be written to. */
  readonly confirmed: boolean;
}

/** A rule as its account sees it: with how its last message went. */
export interface OwnRule extends Rule {
  readonly state: 'waiting' | 'sent' | 'failed' | null;
  readonly lastError: string | null;
  readonly lastAt: Date | null;
}

const mostRules = 20;
const unconfirmedDays = 7;
const columns = sql`r.id, r.filter, r.title, r.channel, r.address, r.every, r.hour, r.token, r.confirmed_at is not null as confirmed`;

/**
 * Adds a rule, or changes how often it tells. It begins with what comes from now on. A mail address must be confirmed, unless the account did
 * so before. @returns undefined when the account has 20 rules
 */
export async function addRule(db: Db, user: string, rule: NewRule, now: Date): Promise<Rule | undefined> {
  const { filter, title, channel, address, every, hour } = rule;
  const next = nextLook(rule, false, now);
  const { rows } = await sql<Rule>`
    with known as (select count(*) as count from rules where user_id = ${user}),
    sure as (select ${channel} <> 'email' or exists (
      select from rules where user_id = ${user} and channel = 'email' and address = ${address} and confirmed_at is not null) as sure),
    latest as (select xact, id from events order by xact desc, id desc limit 1)
    insert into rules as r (user_id, filter, title, channel, address, every, hour, token, confirmed_at, created_at, next_at, xact, event)
    select ${user}, ${JSON.stringify(filter)}::jsonb, ${title}, ${channel}, ${address}, ${every}, ${hour}, ${newToken()},
      case when sure then ${now}::timestamptz end, ${now}, ${next}, coalesce((select xact from latest), '0'), coalesce((select id from latest), 0)
    from known, sure where count < ${mostRules}
    on conflict (user_id, filter, channel, address) do update
      set every = excluded.every, hour = excluded.hour, title = excluded.title, next_at = excluded.next_at
    returning ${columns}`.execute(db);
  return rows[0];
}

const newToken = (): string => randomBytes(24).toString('base64url');

/** The rules of an account, the first one first. */
export async function rulesOf(db: Db, user: string): Promise<OwnRule[]> {
  const { rows } = await sql<OwnRule>`
    select ${columns}, m.state, m.last_error as "lastError", coalesce(m.ended_at, m.created_at) as "lastAt"
    from rules r left join lateral (
      select state, last_error, ended_at, created_at from messages where rule = r.id order by created_at desc limit 1) m on true
    where r.user_id = ${user} order by r.id`.execute(db);
  return rows;
}

/** One rule by its secret word, whoever asks. */
export async function ruleByToken(db: Db, token: string): Promise<Rule | undefined> {
  const { rows } = await sql<Rule>`select ${columns} from rules r where token = ${token}`.execute(db);
  return rows[0];
}

/** With which the webhook of a rule is signed. */
export async function secretOfRule(db: Db, rule: string): Promise<string | undefined> {
  const row = await db.selectFrom('rules').select('token').where('id', '=', rule).executeTakeFirst();
  return row?.token;
}

export async function removeRule(db: Db, user: string, id: string): Promise<void> {
  await db.deleteFrom('rules').where('user_id', '=', user).where('id', '=', id).execute();
}

/** Ends a rule, and what it still had to tell. @returns its title; undefined when there is none of that word (any more) */
export async function endRule(db: Db, token: string): Promise<string | undefined> {
  const { rows } = await sql<{ title: string }>`
    with ended as (delete from rules where token = ${token} returning id, title),
      unsent as (delete from messages where rule in (select id from ended) and state = 'waiting')
    select title from ended`.execute(db);
  return rows[0]?.title;
}

/** Ends all rules that tell somebody who is not there any more, and what they still had to tell. */
export async function endRulesAt(db: Db, { channel, address }: Recipient): Promise<void> {
  await sql`
    with ended as (delete from rules where channel = ${channel} and address = ${address} returning id)
    delete from messages where rule in (select id from ended) and state = 'waiting'`.execute(db);
}

/** Somebody who reads the mail wants it: so the address counts for all rules of the account. @returns whether there was such a rule */
export async function confirmRule(db: Db, token: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    with known as (select user_id, address from rules where token = ${token})
    update rules r set confirmed_at = coalesce(confirmed_at, ${now}) from known k
    where r.user_id = k.user_id and r.channel = 'email' and r.address = k.address returning r.id`.execute(db);
  return rows.length > 0;
}

/** How many addresses an account asked to confirm since then. */
export async function countConfirmations(db: Db, user: string, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from messages where key like ${`confirm ${user} %`} and created_at > ${since}`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** Rules that nobody confirmed. */
export async function forgetRules(db: Db, now: Date): Promise<void> {
  await sql`delete from rules where confirmed_at is null
    and created_at < ${now}::timestamptz - ${sql.lit(unconfirmedDays)} * interval '1 day'`.execute(db);
}

/** Up to which event a rule was told. */
export interface RuleCursor {
  readonly xact: string;
  readonly event: string;
}
/** What the account mutes is told by none of its rules. */
export type DueRule = Rule & RuleCursor & { readonly mutes: readonly Mute[] };

/** Confirmed rules that should look for news now. One whose last message could not be sent yet waits: what comes is gathered. */
export async function dueRules(db: Db, now: Date, limit = 200): Promise<DueRule[]> {
  const { rows } = await sql<DueRule>`
    select ${columns}, r.xact::text as xact, r.event, (
      select coalesce(json_agg(json_build_object('kind', kind, 'value', value)), '[]') from mutes where user_id = r.user_id) as mutes
    from rules r
    where r.confirmed_at is not null and r.next_at <= ${now}
      and not exists (select from messages m where m.rule = r.id and m.state = 'waiting')
    order by r.next_at limit ${limit}`.execute(db);
  return rows;
}

/** Notes up to where a rule was told, with the message that tells it, unless another process did so first. @returns ids of new messages */
export async function ruleTold(
  db: Db,
  rule: DueRule,
  to: { readonly cursor: RuleCursor; readonly next: Date; readonly message: NewMessage | undefined },
  now: Date,
): Promise<string[]> {
  return db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('rules')
      .set({ xact: to.cursor.xact, event: to.cursor.event, next_at: to.next })
      .where('id', '=', rule.id)
      .where('xact', '=', rule.xact)
      .where('event', '=', rule.event)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n && to.message ? writeMessages(trx, [to.message], now) : [];
  });
}
