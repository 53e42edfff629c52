import { describe, expect, it } from 'vitest';
import { mayPass } from '../../src/app/patience.ts';
import { openStore } from '../../src/store/db.ts';
import { openTestDatabase } from '../support/postgres.ts';

describe('opening the store', () => {
  it('is not disturbed by schemas that come and go in the same database', async () => {
    await using database = await openTestDatabase();
    const churn = await openStore(database.url, { schema: 'first' });
    let opening = true;
    const comingAndGoing = async (name: string) => {
      while (opening) {
        await churn.pool.query(
          `create schema ${name}; create table ${name}.a (${columns}); create table ${name}.b (${columns})`,
        );
        await churn.pool.query(`drop schema ${name} cascade`);
      }
    };
    const columns = Array.from({ length: 40 }, (_, index) => `c${index} serial`).join(', ');
    const neighbours = ['n1', 'n2', 'n3', 'n4'].map(comingAndGoing);
    try {
      for (let round = 0; round < 10; round++) {
        const store = await openStore(database.url, { schema: 'second' });
        expect((await store.pool.query('select count(*)::int as links from links')).rows).toEqual([{ links: 0 }]);
        await store.close();
      }
    } finally {
      opening = false;
      await Promise.all(neighbours);
      await churn.close();
    }
  });

  it('says when the database takes no writes, and which one to name', async () => {
    await using database = await openTestDatabase();
    const store = await openStore(database.url);
    await store.ping();
    const name = new URL(database.url).pathname.slice(1);
    await store.pool.query(`alter database ${name} set default_transaction_read_only = on`);
    // A fail-over ends the connections; the new ones lead to a standby.
    await store.pool.query('select pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
    await expect(store.ping()).rejects.toMatchObject({ code: '25006', message: expect.stringContaining('standby') });
    const error = await openStore(database.url).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(/cannot be used: .*read-only.* name the one that takes writes in DATABASE_URL/);
    expect(mayPass(error)).toBe(true);
    await store.close();
  });
});
