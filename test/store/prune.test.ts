import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countPrunable, pruneArticles } from '../../src/store/prune.ts';
import { ingestTestArticle } from '../support/articles.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

const day = (n: number) => new Date(Date.UTC(2026, 0, n, 12));
let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  for (let n = 1; n <= 6; n++) {
    const text = `On day ${n} the council of town number ${n * 17} voted on bridge ${n * 31} and on nothing else.`;
    await ingestTestArticle(store, { url: `https://a.example/${n}`, title: `Bridge ${n * 31}`, text }, day(n));
  }
});
afterAll(() => store[Symbol.asyncDispose]());

const count = async (table: string): Promise<number> =>
  (await store.pool.query(`select count(*)::int as n from ${table}`)).rows[0].n;
const titles = async () =>
  (await store.db.selectFrom('articles').select('url').orderBy('seq').execute())
    .map(({ url }) => url.slice(-1))
    .join('');

describe('retention', () => {
  it('forgets by age, and nothing when there is nothing', async () => {
    expect(await countPrunable(store.db, { since: day(3) })).toBe(2);
    expect(await pruneArticles(store.db, { since: day(3) }, day(7))).toBe(2);
    expect(await pruneArticles(store.db, { since: day(3) }, day(7))).toBe(0);
    expect(await titles()).toBe('3456');
    expect([await count('stories'), await count('fingerprints')]).toEqual([4, 4]);
  });

  it('forgets by number', async () => {
    expect(await pruneArticles(store.db, { articles: 4 }, day(7))).toBe(0);
    expect(await pruneArticles(store.db, { articles: 2 }, day(7))).toBe(2);
    expect(await titles()).toBe('56');
    expect(await pruneArticles(store.db, {}, day(7))).toBe(0);
  });

  it('does not bring back what a list still names', async () => {
    const links = await store.db
      .selectFrom('links')
      .select(['state', 'outcome', 'reason', 'revisit_at'])
      .where('key', '=', 'https://a.example/1')
      .execute();
    expect(links).toEqual([{ state: 'done', outcome: 'rejected', reason: 'pruned', revisit_at: null }]);
  });

  it('leaves alone what somebody else has in hand', async () => {
    const other = await store.pool.connect();
    await other.query(`begin; select from articles where url = 'https://a.example/5' for update`);
    expect(await pruneArticles(store.db, { articles: 0 }, day(7))).toBe(1);
    await other.query('rollback');
    other.release();
    expect(await pruneArticles(store.db, { articles: 0 }, day(7))).toBe(1);
  });
});
