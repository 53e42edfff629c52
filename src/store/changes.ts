import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../domain/log.ts';
import type { Store } from './db.ts';

/** Hears from PostgreSQL when readers would see something else. */
export interface StoreChanges {
  /** A word that is another after each change; undefined while nothing can be heard, so that the store itself must be asked. */
  version(): string | undefined;
  close(): Promise<void>;
}

const channel = 'courant_changed';
/** The listener calls itself that often: a connection may be dead without a word, and a pooler in front may pass no notice on. */
const callEveryMs = 15_000;
const answerWithinMs = 5000;
const longestPauseMs = 30_000;

/**
 * Listens for changes on a connection of its own and connects again when that breaks. Resolves when it listens, or has failed once.
 * What was heard is true a moment after the commit, as fast as PostgreSQL and the network tell it.
 */
export async function openStoreChanges(store: Pick<Store, 'url' | 'schema'>, log: Log): Promise<StoreChanges> {
  let heard = 0;
  let epoch = 0;
  let listening = false;
  const stop = new AbortController();

  /** Listens until the connection breaks or is silent. */
  async function listen(isListening: () => void): Promise<void> {
    const client = new pg.Client({
      connectionString: store.url,
      application_name: `courant changes ${store.schema}`,
      connectionTimeoutMillis: answerWithinMs,
    });
    let broken: (error: Error) => void = () => undefined;
    const ended = new Promise<never>((_, reject) => {
      broken = reject;
    });
    ended.catch(() => undefined);
    stop.signal.addEventListener('abort', () => broken(new Error('closing')), { once: true });
    client.on('error', broken).on('end', () => broken(new Error('the connection ended')));
    let answered: () => void = () => undefined;
    client.on('notification', ({ payload }) => {
      if (payload === store.schema) heard++;
      if (payload === call) answered();
    });
    const call = `${store.schema} ${process.pid} ${Math.random()}`;
    try {
      await Promise.race([client.connect(), ended]);
      await Promise.race([client.query(`listen ${channel}`), ended]);
      while (!stop.signal.aborted) {
        const answer = new Promise<void>((resolve) => {
          answered = resolve;
        });
        const asked = client.query('select pg_notify($1, $2)', [channel, call]);
        const tooLate = pause(answerWithinMs, 'late', { signal: stop.signal, ref: false });
        if ((await Promise.race([Promise.all([asked, answer]), ended, tooLate])) === 'late')
          throw new Error('no notice came through');
        if (!listening) {
          // Something may have changed while nobody listened.
          epoch++;
          listening = true;
          isListening();
        }
        await Promise.race([pause(callEveryMs, undefined, { signal: stop.signal, ref: false }), ended]);
      }
    } finally {
      listening = false;
      client.end().catch(() => undefined);
    }
  }

  const first = Promise.withResolvers<void>();
  const running = (async () => {
    for (let failures = 0; !stop.signal.aborted; failures++) {
      try {
        await listen(() => {
          failures = 0;
          first.resolve();
        });
      } catch (error) {
        if (stop.signal.aborted) break;
        if (failures === 0) log.warn({ error: (error as Error).message }, 'changes are not heard; the store is asked');
      }
      first.resolve();
      await pause(Math.min(longestPauseMs, 500 * 2 ** failures), undefined, { signal: stop.signal, ref: false }).catch(
        () => undefined,
      );
    }
  })();
  await first.promise;
  return {
    version: () => (listening ? `${epoch}.${heard}` : undefined),
    async close() {
      stop.abort();
      await running;
    },
  };
}
