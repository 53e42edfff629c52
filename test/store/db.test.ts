import { describe, expect, it } from 'vitest';
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
});
