import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flushCommits, withIngestLock } from '../../src/store/ingest-lock.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await store.pool.query('create table numbers (number int)');
});
afterAll(() => store[Symbol.asyncDispose]());

const count = async (): Promise<number> => (await store.pool.query('select count(*)::int as n from numbers')).rows[0].n;

describe('withIngestLock', () => {
  it('lets each see what all before it wrote', async () => {
    const work = () =>
      withIngestLock(store.db, async (db) => {
        await sql`insert into numbers select count(*) from numbers`.execute(db);
      });
    await Promise.all(Array.from({ length: 12 }, work));
    const { rows } = await store.pool.query('select number from numbers order by number');
    expect(rows.map((row) => row.number)).toEqual(Array.from({ length: 12 }, (_, number) => number));
  });

  it('takes back what failed work wrote, and goes on with the next', async () => {
    const before = await count();
    const failing = withIngestLock(store.db, async (db) => {
      await sql`insert into numbers values (-1)`.execute(db);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await count()).toBe(before);
    expect(await withIngestLock(store.db, async () => 'next')).toBe('next');
  });

  it('is given back for a process that stopped in its midst, after a minute', async () => {
    expect((await store.pool.query('show idle_in_transaction_session_timeout')).rows).toEqual([
      { idle_in_transaction_session_timeout: '1min' },
    ]);
    const before = await count();
    const frozen = withIngestLock(store.db, async (db) => {
      await sql`set local idle_in_transaction_session_timeout = 200`.execute(db);
      await sql`insert into numbers values (-1)`.execute(db);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await sql`insert into numbers values (-2)`.execute(db);
    });
    const ended = expect(frozen).rejects.toThrow();
    expect(await withIngestLock(store.db, async () => 'next')).toBe('next');
    await ended;
    expect(await count()).toBe(before);
  });

  it('leaves no setting behind on its connection', async () => {
    await withIngestLock(store.db, async () => undefined);
    const { rows } = await store.pool.query(
      `select current_setting('synchronous_commit') as sync, current_setting('enable_seqscan') as scan`,
    );
    expect(rows).toEqual([{ sync: 'on', scan: 'on' }]);
  });
});

describe('flushCommits', () => {
  it('returns when what was committed before is on disk, for everybody who asks at once', async () => {
    const flushed = async (number: number) => {
      await withIngestLock(store.db, (db) => sql`insert into numbers values (${number})`.execute(db));
      const { rows: written } = await store.pool.query('select pg_current_wal_insert_lsn() as lsn');
      await flushCommits(store.db);
      const { rows } = await store.pool.query('select pg_current_wal_flush_lsn() >= $1::pg_lsn as durable', [
        written[0].lsn,
      ]);
      return rows[0].durable;
    };
    const all = await Promise.all(Array.from({ length: 30 }, (_, number) => flushed(number)));
    expect(all).toEqual(all.map(() => true));
  });
});
