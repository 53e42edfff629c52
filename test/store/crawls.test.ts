import { afterAll, beforeAll, expect, it } from 'vitest';
import { crawlsOf, recordCrawl } from '../../src/store/crawls.ts';
import { forgetOldCrawls } from '../../src/store/forget.ts';
import { sourceStates } from '../../src/store/read/operations.ts';
import { countSources } from '../../src/store/read/overview.ts';
import { readSource, syncSources } from '../../src/store/sources.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';
import { sourceWith } from '../support/source.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await syncSources(store.db, [sourceWith({ id: 'paper' })]);
});
afterAll(() => store[Symbol.asyncDispose]());

const start = new Date('2026-11-22T08:00:00Z');
const inDays = (days: number) => new Date(start.getTime() + days * 86_400_000);
const record = (at: Date, state: 'gives' | 'fails', cause: string | null, inARow = 1) =>
  recordCrawl(
    store.db,
    'paper',
    { at, nextAt: at, health: { state, cause, since: start, inARow }, schedule: { intervalMinutes: 30 } },
    {
      startedAt: at,
      tookMs: 1234.5,
      state,
      cause,
      pages: 3,
      articles: 2,
      requests: 5,
      bytes: 5_000_000_000,
      listings: [
        { kind: 'feed', url: `https://paper.example/${'x'.repeat(5000)}`, status: 200, items: 9, fresh: 2 },
        ...Array.from({ length: 50 }, () => ({ kind: 'section', url: 'https://p', items: 0, fresh: 0 }) as const),
      ],
      rejected: { form: 1 },
    },
  );

it('keeps each crawl in a row of bounded size, and how the source stands', async () => {
  await record(start, 'gives', null);
  await record(inDays(1), 'fails', 'answered 500', 4);
  const [latest, first] = await crawlsOf(store.db, 'paper', { limit: 10 });
  expect(latest).toMatchObject({ startedAt: inDays(1), state: 'fails', cause: 'answered 500', rejected: { form: 1 } });
  expect(first).toMatchObject({ state: 'gives', tookMs: 1235, bytes: 5_000_000_000 });
  expect(first?.listings).toHaveLength(20);
  expect(first?.listings[0]?.url).toHaveLength(300);
  expect(await crawlsOf(store.db, 'paper', { limit: 10, since: inDays(1) })).toHaveLength(1);

  const health = { state: 'fails', cause: 'answered 500', since: start, inARow: 4 };
  expect(await readSource(store.db, 'paper')).toMatchObject({ health, lastSuccessAt: start, lastCrawlAt: inDays(1) });
  expect((await sourceStates(store.db, inDays(1), 10))[0]).toMatchObject({ health, lastSuccessAt: start });
  expect(await sourceStates(store.db, inDays(1), 0)).toEqual([]);
  expect(await countSources(store.db)).toEqual({ fails: 1 });
});

it('forgets crawls after 90 days', async () => {
  expect((await forgetOldCrawls(store.db, inDays(89))).crawls).toBe(0);
  expect((await forgetOldCrawls(store.db, inDays(90.5))).crawls).toBe(1);
  expect(await crawlsOf(store.db, 'paper', { limit: 10 })).toHaveLength(1);
});
