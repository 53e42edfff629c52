import { sql } from 'kysely';
import { dayMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { noteTelling, type StoreEvent } from './events.ts';

/*
 * Events that a target refused again and again while it took later ones: told apart from the others, so that one article does not keep
 * back all that follow. They are tried again once a day, until they are forgotten with the other events.
 */

/** An event and what the target said of it. */
export interface RefusedEvent {
  readonly event: StoreEvent;
  readonly error: string;
}

export async function setAside(db: Db, target: string, refused: readonly RefusedEvent[], now: Date): Promise<void> {
  await db
    .insertInto('set_aside')
    .values(
      refused.map(({ event, error }) => ({
        target,
        event: event.id,
        error,
        set_aside_at: now,
        next_try_at: new Date(now.getTime() + dayMs),
      })),
    )
    .onConflict((conflict) => conflict.columns(['target', 'event']).doNothing())
    .execute();
}

/** Those whose next try is due, in commit order. */
export async function dueAside(db: Db, target: string, now: Date, limit = 20): Promise<StoreEvent[]> {
  const { rows } = await sql<StoreEvent>`
    select e.id, e.xact::text as xact, e.kind, e.article, e.at, e.trace
    from set_aside a join events e on e.id = a.event
    where a.target = ${target} and a.next_try_at <= ${now}
    order by e.xact, e.id limit ${limit}`.execute(db);
  return rows;
}

/** How such a try went: what was taken is forgotten. */
export async function triedAside(
  db: Db,
  target: string,
  event: StoreEvent,
  error: string | undefined,
  now: Date,
): Promise<void> {
  if (error === undefined)
    await db
      .with('noted', (with_) => noteTelling(with_, target, event, now))
      .deleteFrom('set_aside')
      .where('target', '=', target)
      .where('event', '=', event.id)
      .execute();
  else
    await db
      .updateTable('set_aside')
      .set({ error, next_try_at: new Date(now.getTime() + dayMs) })
      .where('target', '=', target)
      .where('event', '=', event.id)
      .execute();
}
