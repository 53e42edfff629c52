import { sql } from 'kysely';
import type { ArticleId } from '../domain/article.ts';
import type { Db } from './db.ts';

export interface StoreEvent {
  readonly id: string;
  readonly xact: string;
  readonly kind: 'published' | 'updated' | 'withdrawn';
  readonly article: ArticleId;
  readonly at: Date;
  /** The step of the article's trace that telling is a part of, where articles are traced. */
  readonly trace?: string | null | undefined;
}

/** Notes what publish must tell. Call it in the transaction that writes the article. */
export async function writeEvent(
  db: Db,
  kind: StoreEvent['kind'],
  article: ArticleId,
  now: Date,
  trace?: string,
): Promise<void> {
  await writeEvents(db, [{ kind, article, at: now, trace }]);
}

/** The same for many articles. */
export async function writeEvents(
  db: Db,
  told: readonly Pick<StoreEvent, 'kind' | 'article' | 'at' | 'trace'>[],
): Promise<void> {
  await sql`
    insert into events (kind, article, at, trace)
    select kind, article, at, trace from unnest(${told.map((one) => one.kind)}::text[], ${told.map((one) => one.article)}::uuid[],
      ${told.map((one) => one.at)}::timestamptz[], ${told.map((one) => one.trace ?? null)}::text[]) as told (kind, article, at, trace)`.execute(
    db,
  );
}

/** Targets start with the events after their first mention: nobody wants the archive as news. */
export async function openTarget(db: Db, target: string): Promise<void> {
  await sql`
    insert into deliveries (target, xact, event)
    select ${target}, coalesce(max(xact), '0'), coalesce(max(id), 0) from (select xact, id from events order by xact desc, id desc limit 1) latest
    on conflict (target) do nothing`.execute(db);
}

/**
 * What the target was not told yet, in commit order; nothing while it waits after a failure.
 * Only events of transactions older than every running one are given, so that none can slip in behind the cursor.
 */
export async function nextEvents(db: Db, target: string, now: Date, limit = 100): Promise<StoreEvent[]> {
  const { rows } = await sql<StoreEvent>`
    select e.id, e.xact::text as xact, e.kind, e.article, e.at, e.trace
    from deliveries d join events e on (e.xact, e.id) > (d.xact, d.event)
    where d.target = ${target} and d.next_try_at <= ${now} and e.xact < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xact, e.id limit ${limit}`.execute(db);
  return rows;
}

/** The target was told everything up to this event. */
export async function markTold(db: Db, target: string, last: StoreEvent, now: Date): Promise<void> {
  await db
    .with('noted', (with_) => noteTelling(with_, target, last, now))
    .updateTable('deliveries')
    .set({ xact: last.xact, event: last.id, failures: 0, next_try_at: new Date(0), last_error: null })
    .where('target', '=', target)
    .execute();
}

/** Notes that the target was told this event, and all before it that were not told earlier. */
export const noteTelling = (db: Pick<Db, 'insertInto'>, target: string, { xact, id }: StoreEvent, at: Date) =>
  db
    .insertInto('tellings')
    .values({ target, xact, event: id, at })
    .onConflict((conflict) => conflict.doNothing());

/** The target could not be told; it is left alone for 10 s, doubled with each failure in a row up to an hour. @returns the failures in a row */
export async function markFailed(db: Db, target: string, error: string, now: Date): Promise<number> {
  const { rows } = await sql<{ failures: number }>`
    update deliveries set failures = failures + 1, last_error = ${error},
      next_try_at = ${now}::timestamptz + least(10 * power(2, least(failures, 12)), 3600) * interval '1 second'
    where target = ${target} returning failures`.execute(db);
  return rows[0]?.failures ?? 0;
}

/** Forgets events older than this; what was told is told. @returns how many */
export async function pruneEvents(db: Db, before: Date): Promise<number> {
  await db.deleteFrom('set_aside').where('set_aside_at', '<', before).execute();
  await db.deleteFrom('tellings').where('at', '<', before).execute();
  const result = await db.deleteFrom('events').where('at', '<', before).executeTakeFirst();
  return Number(result.numDeletedRows);
}

/**
 * A word that changes with everything that changes a feed: what is rendered for one version stays right until the next.
 * Counting the last thousand too catches a transaction that commits after a later number was given out.
 */
export async function storeVersion(db: Db): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    with latest as (select coalesce(max(id), 0) as id from events)
    select latest.id || '-' || (select count(*) from events where events.id > latest.id - 1000) as version from latest`.execute(
    db,
  );
  return rows[0]?.version ?? '0-0';
}
