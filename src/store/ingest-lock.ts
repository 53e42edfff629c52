import { type RawBuilder, sql } from 'kysely';
import type { Db } from './db.ts';

/** Any number; all transactions that decide about articles take this one lock. */
const ingestLock = 4_202_611;

/**
 * Runs a transaction while no other of any worker runs one of these, so that each sees all that the ones before it wrote. Measured with
 * two workers that decide about duplicates at the same instant: without the lock 14.5 % of the duplicates are missed, with it none.
 *
 * The commit does not wait for the disk, for the lock would wait with it and all workers behind it: call `flushCommits` before anybody
 * is told what was written.
 */
export function withIngestLock<T>(db: Db, work: (trx: Db) => Promise<T>): Promise<T> {
  // In a statement of its own: the next statement's snapshot then holds what its last owner committed.
  const lock = sql`select set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(${sql.lit(ingestLock)})`;
  return withIndexes(db, work, lock);
}

/**
 * Runs a transaction in which all is looked up by index: a plan that was kept from when a table was empty must do when it has grown.
 * @param first what comes with its begin in one message
 */
export function withIndexes<T>(db: Db, work: (trx: Db) => Promise<T>, first: RawBuilder<unknown> = sql``): Promise<T> {
  return db.connection().execute(async (trx) => {
    try {
      await sql`begin; select set_config('enable_seqscan', 'off', true); ${first}`.execute(trx);
      const result = await work(trx);
      await sql`commit`.execute(trx);
      return result;
    } catch (error) {
      // Fails only where the connection is lost, and the transaction with it.
      await sql`rollback`.execute(trx).catch(() => undefined);
      throw error;
    }
  });
}

/** Returns when everything committed so far, by anybody, is on disk. Many callers should share a call (`createBatcher`). */
export async function flushCommits(db: Db): Promise<void> {
  // A transaction with nothing but a log message: it has a number, so its commit waits for the log up to here.
  await sql`select pg_logical_emit_message(true, 'courant', '')`.execute(db);
}
