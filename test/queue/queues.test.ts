import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endAsFailed, openQueues, type Queues } from '../../src/queue/queues.ts';
import { waitingTimes } from '../../src/queue/waiting-times.ts';
import { type CanonicalUrl, canonicalUrl } from '../../src/text/canonical-url.ts';
import { openTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { openTestRedis, redisMissing, type TestRedis } from '../support/redis.ts';

const log = pino({ level: 'silent' });
const link = { url: 'https://example.org/a', authors: [], categories: [] };
const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe.each(['postgres', 'redis'] as const)('queues on %s', (backend) => {
  const missing = backend === 'redis' ? redisMissing() : undefined;
  describe.skipIf(missing)(missing ?? 'behave the same', () => {
    let database: TestDatabase;
    let redis: TestRedis | undefined;
    let queues: Queues;

    beforeAll(async () => {
      database = await openTestDatabase();
      redis = backend === 'redis' ? await openTestRedis() : undefined;
      queues = await openQueues({ databaseUrl: database.url, redisUrl: redis?.url });
    });
    afterAll(async () => {
      await queues.close();
      await redis?.[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    });

    it('says which backend it is and answers', async () => {
      expect(queues.backend).toBe(backend);
      await queues.ping();
    });

    it('hands a job over once, however often it was added while it waited', async () => {
      for (let i = 0; i < 3; i++) await queues.add('crawl', 'one', { source: 'one' });
      await queues.add('crawl', 'two', { source: 'two' });
      const done: string[] = [];
      const worker = queues.work(
        'crawl',
        async (job) => {
          done.push(job.data.source);
        },
        { log },
      );
      await until(() => done.length === 2);
      await worker.close();
      expect(done.sort()).toEqual(['one', 'two']);
    });

    it('knows how long the oldest job waits, also in a paused queue', async () => {
      const later = new Date(Date.now() + 600_000);
      const crawl = async () => (await waitingTimes(queues, later)).find(({ name }) => name === 'crawl');
      expect(await crawl()).toEqual({ name: 'crawl', paused: false, waitingMinutes: 0 });
      await queues.add('crawl', 'waits', { source: 'waits' });
      const { waitingMinutes = 0 } = (await crawl()) ?? {};
      expect(waitingMinutes).toBeGreaterThan(9);
      await queues.queue('crawl').pause();
      expect(await crawl()).toMatchObject({ paused: true });
      expect((await crawl())?.waitingMinutes).toBeCloseTo(waitingMinutes);
      await queues.queue('crawl').resume();
      await queues.queue('crawl').drain();
    });

    it('takes the same identity again once its job is done', async () => {
      const done: string[] = [];
      const worker = queues.work(
        'crawl',
        async (job) => {
          done.push(job.data.source);
        },
        { log },
      );
      for (let round = 1; round <= 2; round++) {
        await queues.add('crawl', 'again', { source: 'again' });
        await until(() => done.length === round);
        while ((await queues.queue('crawl').getActiveCount()) > 0) await new Promise((r) => setTimeout(r, 10));
      }
      await worker.close();
      expect(done).toEqual(['again', 'again']);
    });

    it('runs once more when something was added while it ran', async () => {
      let runs = 0;
      let release: () => void = () => undefined;
      const first = new Promise<void>((resolve) => {
        release = resolve;
      });
      const worker = queues.work(
        'publish',
        async () => {
          runs++;
          if (runs === 1) await first;
        },
        { log },
      );
      await queues.add('publish', 'drain', {}, { again: true });
      await until(() => runs === 1);
      await queues.add('publish', 'drain', {}, { again: true });
      release();
      await until(() => runs === 2);
      await worker.close();
      expect(runs).toBe(2);
    });

    it('keeps what was done for the dashboard, trims it, and counts it for the charts', async () => {
      const queue = queues.queue('crawl');
      const worker = queues.work('crawl', async (job) => void (await job.log('first step')), { log });
      for (let index = 0; index < 3; index++) await queues.add('crawl', `kept ${index}`, { source: `kept ${index}` });
      while ((await queue.getJobCountByTypes('waiting', 'active')) > 0) await new Promise((r) => setTimeout(r, 20));
      const [last] = await queue.getCompleted(0, 0);
      expect(last?.data).toEqual({ source: expect.stringMatching(/^kept/) });
      expect((await queue.getJobLogs(last?.id ?? '')).logs).toEqual(['first step']);
      while ((await queue.getMetrics('completed')).meta.count < 3) await new Promise((r) => setTimeout(r, 50));
      await worker.close();
      const publish = queues.queue('publish');
      const done = queues.work('publish', async () => undefined, { log, concurrency: 8 });
      await publish.addBulk(Array.from({ length: 120 }, () => ({ name: 'publish', data: {} })));
      while ((await publish.getCompletedCount()) < 120) await new Promise((r) => setTimeout(r, 20));
      await done.close();
      await queues.trim();
      expect(await publish.getCompletedCount()).toBe(100);
    });

    it('ends a job as failed with its cause, without another try, and takes its identity again', async () => {
      let tries = 0;
      const given: string[] = [];
      const worker = queues.work(
        'crawl',
        async () => {
          tries++;
          throw endAsFailed('answered 500');
        },
        { log, onGivenUp: ({ source }) => given.push(source) },
      );
      const failed = () => queues.queue('crawl').getFailed();
      for (let round = 1; round <= 2; round++) {
        await queues.add('crawl', 'dead', { source: 'dead' });
        while ((await failed()).length < round) await new Promise((r) => setTimeout(r, 20));
      }
      await worker.close();
      expect([tries, given]).toEqual([2, []]);
      expect((await failed()).map(({ failedReason, attemptsMade }) => [failedReason, attemptsMade])).toEqual([
        ['answered 500', 1],
        ['answered 500', 1],
      ]);
    });

    it('retries what fails', async () => {
      let tries = 0;
      const worker = queues.work(
        'article',
        async () => {
          tries++;
          if (tries === 1) throw new Error('the database is away');
        },
        { log },
      );
      await queues.add('article', 'k', {
        source: 's',
        urlKey: canonicalUrl(link.url) as CanonicalUrl,
        link,
        pageUrl: link.url,
        extracted: {
          title: 'T',
          byline: [],
          tags: [],
          paywalled: false,
          liveBlog: false,
          opinion: false,
          text: 'text',
          html: '<p>text</p>',
        },
      });
      await until(() => tries === 2);
      await worker.close();
      expect(tries).toBe(2);
    });
  });
});
