import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Classifier, loadClassifier } from '../../src/classify/classify.ts';
import type { CrawledArticle } from '../../src/domain/article.ts';
import { type ArticleJob, articlesOf } from '../../src/queue/article-jobs.ts';
import { openArticleSender } from '../../src/queue/article-sender.ts';
import { openQueues, type Queues } from '../../src/queue/queues.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { registerLinks } from '../../src/store/links.ts';
import { type CanonicalUrl, canonicalUrl } from '../../src/text/canonical-url.ts';
import { startIngestWorker } from '../../workers/ingest.ts';
import { writing } from '../dedupe/writing.ts';
import { openTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { openTestRedis, redisMissing, type TestRedis } from '../support/redis.ts';

const log = pino({ level: 'silent' });

const crawled = (name: string, published?: string): CrawledArticle => {
  const url = `https://outlet.example/${name}`;
  const text = writing(name, 140);
  return {
    source: 'outlet',
    urlKey: canonicalUrl(url) as CanonicalUrl,
    link: { url, authors: [], categories: [] },
    pageUrl: url,
    extracted: {
      ...{ title: `Report ${name} ${writing(`title ${name}`, 5)}`, text, html: `<p>${text}</p>`, published },
      ...{ byline: [], tags: [], paywalled: false, liveBlog: false, opinion: false },
    },
  };
};
/** No store takes this time, on any try. */
const poisoned = (name: string): CrawledArticle => crawled(name, 'the day after');

describe.each(['postgres', 'redis'] as const)('jobs of several articles, queued on %s', (backend) => {
  const missing = backend === 'redis' ? redisMissing() : undefined;
  describe.skipIf(missing)(missing ?? 'from the crawl to the store', () => {
    let database: TestDatabase;
    let redis: TestRedis | undefined;
    let queues: Queues;
    let store: Store;
    let classifier: Classifier;

    beforeAll(async () => {
      database = await openTestDatabase();
      redis = backend === 'redis' ? await openTestRedis() : undefined;
      queues = await openQueues({ databaseUrl: database.url, redisUrl: redis?.url });
      store = await openStore(database.url, { connections: 4 });
      classifier = await loadClassifier();
    });
    afterAll(async () => {
      await queues?.close();
      await store?.close();
      await redis?.[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    });
    beforeEach(async () => {
      await queues.queue('article').obliterate({ force: true });
      await store.pool.query('truncate links, articles, events restart identity cascade');
    });

    const register = (articles: readonly CrawledArticle[]) =>
      registerLinks(
        store.db,
        'outlet',
        articles.map(({ urlKey: key, link }) => ({ key, link })),
        new Date(),
      );
    const works = () => startIngestWorker({ store, queues, classifier, log, concurrency: 16 });
    const jobs = async (): Promise<ArticleJob[]> =>
      (await queues.queue('article').getJobs(['waiting', 'active', 'delayed'])).map((job) => job.data);
    /** Names of the articles that are published, each as often as readers were told of it. */
    const told = async () => {
      const { rows } = await store.pool.query<{ url: string }>(
        `select url from events join articles on articles.id = events.article where kind = 'published' order by url`,
      );
      return rows.map((row) => row.url.slice(row.url.lastIndexOf('/') + 1));
    };
    /** The articles are published and nothing is left to do; a job is in no list for an instant while it goes from one to another. */
    const published = (count: number) =>
      until(async () => (await told()).length >= count && (await jobs()).length === 0);
    const until = async (done: () => Promise<boolean>): Promise<void> => {
      while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 20));
    };

    it('travel together when they come together, and each of them is stored once', async () => {
      const articles = Array.from({ length: 20 }, (_, index) => crawled(`a${String(index).padStart(2, '0')}`));
      await register(articles);
      const send = openArticleSender(queues);
      await Promise.all(articles.map(send));
      expect((await jobs()).map((job) => articlesOf(job).length).sort((a, b) => a - b)).toEqual([4, 16]);
      const worker = works();
      await published(20);
      await worker.close();
      expect(await told()).toEqual(articles.map((_, index) => `a${String(index).padStart(2, '0')}`));
    });

    it('are one job however often the same articles are sent while they wait', async () => {
      const articles = [crawled('a'), crawled('b')];
      for (let time = 0; time < 2; time++) await Promise.all(articles.map(openArticleSender(queues)));
      expect(await jobs()).toHaveLength(1);
    });

    it('lose nobody to one that cannot be stored: it goes on alone, and the others are done, once', async () => {
      const articles = [crawled('a'), poisoned('poison'), crawled('b'), crawled('c')];
      await register(articles);
      await queues.add('article', 'several', { articles });
      const worker = works();
      await until(async () => {
        const [job, ...others] = await jobs();
        return (await told()).length === 3 && others.length === 0 && job !== undefined && articlesOf(job).length === 1;
      });
      await worker.close();
      expect(await told()).toEqual(['a', 'b', 'c']);
      expect((await jobs()).map((job) => articlesOf(job).map((article) => article.urlKey))).toEqual([
        [poisoned('poison').urlKey],
      ]);
      const { rows } = await store.pool.query('select state, count(*)::int from links group by 1 order by 1');
      expect(rows).toEqual([
        { state: 'done', count: 3 },
        { state: 'pending', count: 1 },
      ]);
    });

    it('go on one by one when the process died that had them', async () => {
      const articles = [crawled('a'), crawled('b')];
      await register(articles);
      await queues.add('article', 'several', { articles });
      let tries = 0;
      const dying = queues.work(
        'article',
        async () => {
          tries++;
          throw new Error('the process is dying');
        },
        { log },
      );
      await until(async () => tries > 0 && (await queues.queue('article').getDelayedCount()) === 1);
      await dying.close();
      const worker = works();
      await published(2);
      await worker.close();
      expect(await told()).toEqual(['a', 'b']);
    });

    it('may still be of the kind that an older process queued, which had one article', async () => {
      const article = crawled('old');
      await register([article]);
      await queues.add('article', article.urlKey, article);
      const worker = works();
      await published(1);
      await worker.close();
      expect(await told()).toEqual(['old']);
    });
  });
});
