import { randomUUID } from 'node:crypto';
import type { Job } from 'bullmq';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openPostgresBackend } from '../../src/queue/postgres-backend.ts';
import { openQueues, type Queues } from '../../src/queue/queues.ts';
import { recordCrawl } from '../../src/store/crawls.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { markQueued, registerLinks } from '../../src/store/links.ts';
import { correctCrawlTimes } from '../../src/store/sources.ts';
import { startScheduleWorker } from '../../workers/schedule.ts';
import { openTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { openTestRedis, redisMissing } from '../support/redis.ts';

interface Stalled {
  moveStalledJobsToWait(): Promise<string[]>;
}

describe('the clock', () => {
  let database: TestDatabase;
  let store: Store;
  let queues: Queues;
  beforeAll(async () => {
    database = await openTestDatabase();
    store = await openStore(database.url);
    queues = await openQueues({ databaseUrl: database.url });
  });
  afterAll(async () => {
    await queues.close();
    await store.close();
    await database[Symbol.asyncDispose]();
  });

  it('takes queues without itself for emptied ones, and has what was in them fetched again at once', async () => {
    const key = 'https://paper.example/news/1';
    const later = new Date(Date.now() + 3600_000);
    await store.db
      .insertInto('sources')
      .values({ id: 'paper', settings: '{}', active: false, next_crawl_at: later })
      .execute();
    await registerLinks(store.db, 'paper', [{ key, link: { url: key, categories: [], authors: [] } }], new Date());
    const queued = () => markQueued(store.db, [{ key: key, at: new Date(), revisitAt: null }]);
    const state = async () => {
      const link = await store.db.selectFrom('links').select('state').executeTakeFirstOrThrow();
      const source = await store.db.selectFrom('sources').select('next_crawl_at').executeTakeFirstOrThrow();
      return [link.state, source.next_crawl_at < later];
    };
    const settings = { KEEP_DAYS: undefined, KEEP_ARTICLES: undefined };
    const start = () => startScheduleWorker({ store, queues, log: pino({ level: 'silent' }), settings });

    await queued();
    expect(await state()).toEqual(['queued', false]);
    await (await start()).close();
    expect(await state()).toEqual(['pending', true]);

    await queued();
    await (await start()).close();
    expect(await state()).toEqual(['queued', true]);
  });

  it('ticks on after it was set three hours ahead and right again', async () => {
    const settings = { KEEP_DAYS: undefined, KEEP_ARTICLES: undefined };
    const start = () => startScheduleWorker({ store, queues, log: pino({ level: 'silent' }), settings });
    const waitMs = async () => Number((await queues.queue('schedule').getJobScheduler('tick'))?.next) - Date.now();

    await queues.queue('schedule').removeJobScheduler('tick');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3 * 3600_000 });
    await (await start()).close();
    vi.useRealTimers();
    expect(await waitMs()).toBeGreaterThan(3600_000);

    await (await start()).close();
    expect(await waitMs()).toBeLessThan(30_000);
  });

  it('forgets nothing and puts off no source for hours where a machine is years ahead', async () => {
    const { db } = store;
    await db.insertInto('events').values({ kind: 'published', article: randomUUID(), at: new Date() }).execute();
    await db.insertInto('sources').values({ id: 'quiet', settings: '{}', active: false }).execute();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2036-01-01') });
    try {
      const at = new Date();
      const health = { state: 'gives', cause: null, since: at, inARow: 1 } as const;
      const counts = { pages: 0, articles: 0, requests: 0, bytes: 0, listings: [], rejected: {} };
      const end = { at, nextAt: new Date(at.getTime() + 60_000), health, schedule: {} };
      await recordCrawl(db, 'quiet', end, { startedAt: at, tookMs: 1, state: 'gives', cause: null, ...counts });
      const settings = { KEEP_DAYS: 30, KEEP_ARTICLES: undefined };
      const worker = await startScheduleWorker({ store, queues, log: pino({ level: 'silent' }), settings });
      const lastTick = async () => (await queues.queue('schedule').getCompleted(0, 0))[0]?.finishedOn ?? 0;
      await vi.waitFor(async () => expect(await lastTick()).toBeGreaterThan(at.getTime()), 8000);
      await worker.close();
    } finally {
      vi.useRealTimers();
    }
    expect(await db.selectFrom('events').select('id').execute()).toHaveLength(1);
    const { next_crawl_at } = await db
      .selectFrom('sources')
      .select('next_crawl_at')
      .where('id', '=', 'quiet')
      .executeTakeFirstOrThrow();
    expect(next_crawl_at.getTime() - Date.now()).toBeLessThan(61_000);
  }, 20_000);

  it('crawls a source as long after the clock is set right as it would have after its last crawl', async () => {
    const { db } = store;
    const now = Date.now();
    const hours = (count: number) => new Date(now + count * 3_600_000);
    const times = { ahead: [hours(3), hours(3.5)], right: [hours(-1), hours(2)], soon: [hours(0.01), hours(0.5)] };
    for (const [id, [last, next]] of Object.entries(times))
      await db
        .insertInto('sources')
        .values({ id, settings: '{}', last_crawl_at: last ?? null, next_crawl_at: next ?? new Date() })
        .execute();
    await correctCrawlTimes(db, new Date(now));
    await correctCrawlTimes(db, new Date(now));
    const rows = await db
      .selectFrom('sources')
      .select(['id', 'next_crawl_at'])
      .where('id', 'in', Object.keys(times))
      .execute();
    const next = Object.fromEntries(rows.map((row) => [row.id, (row.next_crawl_at.getTime() - now) / 3_600_000]));
    expect(next).toEqual({ ahead: 0.5, right: 2, soon: 0.5 });
  });

  it.for([
    ['before', 'postgres'],
    ['while', 'postgres'],
    ['before', 'redis'],
    ['while', 'redis'],
  ] as const)(
    'tries again soon what failed on a machine whose clock went three hours ahead %s it ran (%s)',
    { timeout: 20_000 },
    async ([when, backend], { skip }) => {
      const missing = backend === 'redis' ? redisMissing() : undefined;
      skip(missing !== undefined, missing);
      await using redis = backend === 'redis' ? await openTestRedis() : undefined;
      const queues = await openQueues({ databaseUrl: database.url, redisUrl: redis?.url, prefix: 'hasty' });
      const setAhead = () => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3 * 3600_000 });
      const fail = async (job: Job) => {
        if (when === 'while' && job.data.source === 'ahead') setAhead();
        throw new Error('no');
      };
      const delayed = async () => (await queues.queue('crawl').getDelayed()).map(({ data }) => data.source).sort();
      const work = async (source: string) => {
        const worker = queues.work('crawl', fail, { log: pino({ level: 'silent' }) });
        await queues.add('crawl', source, { source });
        await vi.waitFor(async () => expect(await delayed()).toContain(source), 8000);
        await worker.close();
      };
      try {
        if (when === 'before') setAhead();
        await work('ahead');
      } finally {
        vi.useRealTimers();
      }
      await queues.queue('crawl').add('crawl', { source: 'in time' }, { delay: 5000 });
      await queues.hasten(new Date());
      expect(await delayed()).toEqual(['in time']);
      await queues.queue('crawl').drain(true);
      await queues.close();
    },
  );

  it('gives what a worker died with whose clock was three hours ahead to another one soon', async () => {
    const backend = await openPostgresBackend(database.url);
    const worker = backend.worker('publish', async () => undefined, 1);
    await worker.waitUntilReady();
    const stalled = (worker as unknown as { backend: Stalled }).backend;
    const look = () => stalled.moveStalledJobsToWait();
    await queues.add('publish', 'drain', {});
    const later = sql`(extract(epoch from now() + interval '3 hours') * 1000)::bigint`;
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3 * 3600_000 });
    expect(await look()).toEqual([]);
    vi.useRealTimers();
    const job = sql.table('courant_queue.job');
    await sql`update ${job} set state = 'active', lock_token = 'dead', locked_until_ms = ${later}`.execute(store.db);

    const pass = async (ms: number) => {
      const before = sql`(extract(epoch from now()) * 1000)::bigint - 11000`;
      await sql`update courant_queue.meta set value = ${before} where field = 'stalled-check' and value::bigint <= ${before} + 11000`.execute(
        store.db,
      );
      await sql`update ${job} set locked_until_ms = locked_until_ms - ${ms} where state = 'active'`.execute(store.db);
      return look();
    };
    expect(await pass(0)).toEqual([]);
    expect(await pass(31_000)).toHaveLength(1);
    await worker.close(true);
    await backend.close();
  });
});
