import type { Kysely } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { up } from '../../src/store/migrations/011-smaller-partitions.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

it('moves what an older version stored into smaller partitions', async () => {
  const { pool } = store;
  await pool.query('drop table fingerprints_0');
  await pool.query('create table fingerprints_0 partition of fingerprints for values from (0) to (1048576)');
  await pool.query('create table fingerprints_1 partition of fingerprints for values from (1048576) to (2097152)');
  await pool.query('alter table prints drop constraint prints_article_fkey');
  const numbers = [1, 262_143, 262_144, 1_048_577];
  for (const number of numbers) {
    await pool.query(
      'insert into prints (number, article, keys) overriding system value values ($1, gen_random_uuid(), 1)',
      [number],
    );
    await pool.query('insert into fingerprints values (7, $1)', [number]);
  }
  await up(store.db as unknown as Kysely<unknown>);
  const { rows } = await pool.query('select tableoid::regclass::text as place, print from fingerprints order by print');
  expect(rows.map((row) => row.print)).toEqual(numbers);
  expect(rows.map((row) => row.place)).toEqual([0, 0, 1, 4].map((place) => `fingerprints_${place}`));
  const { rows: left } = await pool.query(`select 1 from pg_class where relname like 'old\\_%'`);
  expect(left).toEqual([]);
});
