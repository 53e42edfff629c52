import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFacetCounts } from '../../src/web/facet-counts.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';
import { writeArticle, writeSources } from './wire.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await writeSources(store.db, [{ id: 'paper', name: 'The Paper' }]);
});
afterAll(() => store[Symbol.asyncDispose]());

it('counts are kept for seconds, given once more while new ones are made, and counted anew when they are old', async () => {
  let now = 0;
  const counts = createFacetCounts(store.db, () => now);
  const articles = async () => (await counts({})).langs.reduce((sum, { count }) => sum + count, 0);
  const write = () => writeArticle(store.db, { source: 'paper' });
  await write();
  expect(await articles()).toBe(1);
  await write();
  now = 9_000;
  expect(await articles()).toBe(1);
  now = 20_000;
  expect(await articles()).toBe(1);
  await expect.poll(articles).toBe(2);
  await write();
  now = 90_000;
  expect(await articles()).toBe(3);
});

it('what could not be counted is not kept: neither at first nor in place of an old count', async () => {
  let now = 0;
  const counts = createFacetCounts(store.db, () => now);
  await store.pool.query('alter table articles rename to elsewhere');
  await expect(counts({})).rejects.toThrow('articles');
  await store.pool.query('alter table elsewhere rename to articles');
  const first = await counts({});
  await store.pool.query('alter table articles rename to elsewhere');
  for (now = 20_000; now < 40_000; now += 10_000) expect(await counts({})).toEqual(first);
});
