import { sql } from 'kysely';
import type { Filter } from '../domain/filter.ts';
import type { Db } from './db.ts';
import { inFilter } from './read/filter.ts';

/** What somebody asks of the hub (https://www.w3.org/TR/websub/#subscriber-sends-subscription-request). */
export interface HubRequest {
  /** `denied`: what was asked for cannot be had, which the callback is told. */
  readonly mode: 'subscribe' | 'unsubscribe' | 'denied';
  /** The feed's address. */
  readonly topic: string;
  /** What is in it. */
  readonly filter: Filter;
  readonly callback: string;
  readonly secret: string | null;
  readonly leaseSeconds: number;
  /** Why it is denied. */
  readonly reason: string | null;
}

export interface HubSubscription {
  readonly id: string;
  readonly topic: string;
  readonly callback: string;
  readonly secret: string | null;
  readonly dirtyAt: Date | null;
}

/** Requests an hour and callback host: each makes us ask that host. */
const mostRequests = 60;
const mostSubscriptionsOfHost = 100;
const mostSubscriptions = 10_000;

/** Notes a request, to be verified. @returns its id; undefined when its host, or all together, have too many */
export async function requestHub(db: Db, request: HubRequest, now: Date): Promise<string | undefined> {
  const { mode, topic, filter, callback, secret, leaseSeconds, reason } = request;
  const { host } = new URL(callback);
  const { rows } = await sql<{ id: string }>`
    insert into hub_requests (mode, topic, filter, callback, host, secret, lease_seconds, reason, created_at)
    select ${mode}, ${topic}, ${JSON.stringify(filter)}::jsonb, ${callback}, ${host}, ${secret}, ${leaseSeconds}, ${reason}, ${now}
    where (select count(*) from hub_requests where host = ${host} and created_at > ${now}::timestamptz - interval '1 hour') < ${mostRequests}
      and (${mode} <> 'subscribe' or exists (select from hub_subscriptions where topic = ${topic} and callback = ${callback})
        or ((select count(*) from hub_subscriptions where host = ${host}) < ${mostSubscriptionsOfHost}
          and (select count(*) from hub_subscriptions) < ${mostSubscriptions}))
    returning id`.execute(db);
  return rows[0]?.id;
}

/** A request that was not verified yet. */
export async function openHubRequest(db: Db, id: string): Promise<HubRequest | undefined> {
  const { rows } = await sql<HubRequest>`
    select mode, topic, filter, callback, secret, lease_seconds as "leaseSeconds", reason from hub_requests where id = ${id} and done_at is null`.execute(
    db,
  );
  return rows[0];
}

/** Requests whose verification was lost on the way. */
export async function openHubRequests(db: Db, limit = 100): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select id from hub_requests where done_at is null order by id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** The request is dealt with. @param verified whether the callback wanted it */
export async function endHubRequest(db: Db, id: string, verified: boolean, now: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<HubRequest & { host: string }>`
      update hub_requests set done_at = ${now} where id = ${id} and done_at is null
      returning mode, topic, filter, callback, host, secret, lease_seconds as "leaseSeconds", reason`.execute(trx);
    const [request] = rows;
    if (!request || !verified) return;
    const { mode, topic, filter, callback, host, secret, leaseSeconds } = request;
    if (mode === 'unsubscribe')
      await sql`delete from hub_subscriptions where topic = ${topic} and callback = ${callback}`.execute(trx);
    if (mode === 'subscribe')
      await sql`
        insert into hub_subscriptions (topic, filter, callback, host, secret, created_at, expires_at)
        values (${topic}, ${JSON.stringify(filter)}::jsonb, ${callback}, ${host}, ${secret}, ${now}, ${now}::timestamptz + ${leaseSeconds} * interval '1 second')
        on conflict (topic, callback) do update set secret = excluded.secret, expires_at = excluded.expires_at, last_error = null`.execute(
        trx,
      );
  });
}

/** Marks the subscriptions to feeds in which one of these articles stands. */
export async function markFeedsNew(db: Db, articles: readonly string[], now: Date): Promise<void> {
  const { rows } = await sql<{ topic: string; filter: Filter }>`
    select distinct topic, filter from hub_subscriptions where expires_at > ${now}`.execute(db);
  for (const { topic, filter } of rows)
    await sql`update hub_subscriptions set dirty_at = ${now} where topic = ${topic}
      and exists (select from articles a where a.id = any(${articles}::uuid[]) and ${inFilter(filter)})`.execute(db);
}

/** Subscriptions that have something to be told. */
export async function dirtySubscriptions(db: Db, now: Date, limit = 1000): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from hub_subscriptions where dirty_at is not null and expires_at > ${now} order by dirty_at limit ${limit}`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

export async function readSubscription(db: Db, id: string, now: Date): Promise<HubSubscription | undefined> {
  const { rows } = await sql<HubSubscription>`
    select id, topic, callback, secret, dirty_at as "dirtyAt" from hub_subscriptions where id = ${id} and expires_at > ${now}`.execute(
    db,
  );
  return rows[0];
}

/** The subscriber was told all that was new until then; or it is given up, with why. */
export async function subscriptionTold(db: Db, { id, dirtyAt }: HubSubscription, error: string | null): Promise<void> {
  // What became new while it was told is told next.
  await sql`
    update hub_subscriptions set last_error = ${error}, dirty_at = case when dirty_at > ${dirtyAt} then dirty_at end where id = ${id}`.execute(
    db,
  );
}

export async function dropSubscription(db: Db, id: string): Promise<void> {
  await sql`delete from hub_subscriptions where id = ${id}`.execute(db);
}

/** Whether the hub could be reached at its public address, and why not. */
export async function noteHub(db: Db, error: string | null, now: Date): Promise<void> {
  await sql`insert into hub_state (checked_at, error) values (${now}, ${error})
    on conflict (one) do update set checked_at = excluded.checked_at, error = excluded.error`.execute(db);
}

export async function hubState(
  db: Db,
): Promise<{ readonly checkedAt: Date; readonly error: string | null } | undefined> {
  const { rows } = await sql<{ checkedAt: Date; error: string | null }>`
    select checked_at as "checkedAt", error from hub_state`.execute(db);
  return rows[0];
}

/** Leases that ended, and requests that are only memory by now. */
export async function forgetHub(db: Db, now: Date): Promise<void> {
  await sql`delete from hub_subscriptions where expires_at < ${now}`.execute(db);
  await sql`delete from hub_requests where created_at < ${now}::timestamptz - interval '1 day'`.execute(db);
}
