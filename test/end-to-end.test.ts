import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import RssParser from 'rss-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { openPress, type Press } from '../src/demo/press.ts';
import { openStore, type Store } from '../src/store/db.ts';
import { canonicalUrl } from '../src/text/canonical-url.ts';
import { openTestDatabase, type TestDatabase } from './support/postgres.ts';
import { type Running, startCourant } from './support/process.ts';
import { openTestRedis, redisMissing, type TestRedis } from './support/redis.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const key = (url: string): string => canonicalUrl(url) ?? url;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The whole line as it runs on many machines: every role a real process, on the example press. */
describe.each(['postgres', 'redis'] as const)('the wire with its queues on %s', (backend) => {
  const missing = backend === 'redis' ? redisMissing() : undefined;
  describe.skipIf(missing)(missing ?? 'from sources to the feed', () => {
    let folder: string;
    let press: Press;
    let database: TestDatabase;
    let redis: TestRedis | undefined;
    let store: Store;
    let env: Record<string, string>;
    let url: string;
    const requests: string[] = [];
    const running = new Map<string, Running>();
    const start = (name: string, words: string[]) => running.set(name, startCourant(words, env)).get(name) as Running;

    beforeAll(async () => {
      folder = temporaryFolder('wire');
      press = await openPress({ onRequest: ({ host, path }) => requests.push(`${host}${path}`) });
      database = await openTestDatabase();
      redis = backend === 'redis' ? await openTestRedis() : undefined;
      const catalogue = path.join(folder, 'sources.yaml');
      await writeFile(catalogue, stringify({ sources: press.sources }));
      env = {
        DATABASE_URL: database.url,
        ...(redis ? { REDIS_URL: redis.url } : {}),
        HTTP_PROXY: press.proxy,
        SOURCES: catalogue,
        // The press is ours: no need to be as slow as on other people's sites.
        RATE: '20',
        LOG_LEVEL: 'info',
        PORT: '0',
      };
      start('schedule', ['work', 'schedule']);
      start('crawl', ['work', 'crawl']);
      start('ingest', ['work', 'ingest']);
      start('publish', ['work', 'publish']);
      const web = start('web', ['serve']);
      url = (await web.until(/http:\/\/127\.0\.0\.1:\d+/))[0];
      store = await openStore(database.url, { connections: 2 });
    });

    afterAll(async () => {
      await store?.close();
      for (const process of running.values()) await process[Symbol.asyncDispose]();
      await press?.close();
      await redis?.[Symbol.asyncDispose]();
      await database?.[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    });

    const link = (address: string) =>
      store.db.selectFrom('links').selectAll().where('key', '=', key(address)).executeTakeFirst();
    const article = (address: string) =>
      store.db.selectFrom('articles').selectAll().where('key', '=', key(address)).executeTakeFirst();
    const everyLinkDone = async () => {
      for (;;) {
        const links = await Promise.all(press.truth().links.map((expected) => link(expected.url)));
        if (links.every((one) => one?.state === 'done')) return;
        for (const [name, one] of running)
          if (one.child.exitCode !== null) throw new Error(`${name} ended:\n${one.output.stderr}`);
        await pause(200);
      }
    };
    /** The feed as a subscriber reads it. */
    const subscribe = async () => (await new RssParser().parseURL(`${url}/feed.xml?limit=200`)).items;

    it('gives every link of every site its outcome', { timeout: 90_000 }, async () => {
      await everyLinkDone();
      for (const expected of press.truth().links) {
        const found = await link(expected.url);
        if (expected.kind === 'rejected')
          expect([expected.url, found?.outcome, found?.reason]).toEqual([expected.url, 'rejected', expected.reason]);
        else
          expect([expected.url, found?.outcome]).toEqual([
            expected.url,
            expect.stringMatching(/published|duplicate|updated/),
          ]);
      }
    });

    it('publishes each article once, complete and clean', async () => {
      const truth = press.truth().articles;
      const origins = new Map<string, string[]>();
      for (const one of truth) {
        const origin = one.copyOf ?? one.url;
        origins.set(origin, [...(origins.get(origin) ?? []), one.url]);
      }
      for (const [origin, addresses] of origins) {
        const kept = (await Promise.all(addresses.map(article))).filter((row) => row !== undefined);
        expect([origin, kept.length]).toEqual([origin, 1]);
        const expected = truth.find((one) => key(one.url) === kept[0]?.key);
        const lines = kept[0]?.text.split('\n') ?? [];
        if (lines[0] === expected?.standfirst) lines.shift();
        expect(lines).toEqual(expected?.paragraphs);
        expect([kept[0]?.title, kept[0]?.byline, kept[0]?.lang]).toEqual([
          expected?.title,
          expected?.authors,
          expected?.lang.split('-')[0],
        ]);
      }
    });

    it('publishes the headlines of the ticker once each, with a link, a time and labels, and requests none of their pages', async () => {
      const { headlines } = press.truth();
      for (const { url, title, published, versionOf } of headlines) {
        const row = await article(url);
        if (headlines.some((other) => other.versionOf === url)) expect([url, row]).toEqual([url, undefined]);
        else {
          expect(row).toMatchObject({ url, title, text: '', html: '', lang: 'en' });
          expect(row?.published?.toISOString()).toBe(published);
        }
        if (versionOf) expect((await link(versionOf))?.article).toBe((await link(url))?.article);
      }
      expect(headlines.some(({ versionOf }) => versionOf)).toBe(true);
      const paths = headlines.map(({ url }) => `${new URL(url).host}${new URL(url).pathname}`);
      expect(requests.filter((one) => paths.includes(one))).toEqual([]);
    });

    it('keeps what the outlets tell of one event together as a story', async () => {
      const events = new Map<string, string[]>();
      const { articles, headlines } = press.truth();
      for (const one of [...articles, ...headlines]) {
        const row = await article(one.url);
        if (one.event && row) events.set(one.event, [...(events.get(one.event) ?? []), row.story]);
      }
      expect(events.size).toBeGreaterThan(0);
      for (const [event, stories] of events) expect([event, new Set(stories).size]).toEqual([event, 1]);
    });

    it('serves a feed that a reader can subscribe to, and its cuts', async () => {
      const items = await subscribe();
      const { articles, headlines } = press.truth();
      const published = new Set([
        ...articles.map((one) => one.copyOf ?? one.url),
        ...headlines.map((one) => one.versionOf ?? one.url),
      ]);
      expect(items.length).toBe(published.size);
      expect(new Set(items.map((item) => item.guid)).size).toBe(items.length);
      const first = await fetch(`${url}/feed.xml`);
      const again = await fetch(`${url}/feed.xml`, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
      expect([first.status, again.status]).toEqual([200, 304]);
      const serbia = await new RssParser().parseURL(`${url}/region/RS/feed.xml`);
      expect(serbia.items.length).toBeGreaterThan(0);
      expect(serbia.items.length).toBeLessThan(items.length);
    });

    it('updates the same item when an article changes, and adds what is new', { timeout: 60_000 }, async () => {
      const before = new Map((await subscribe()).map((item) => [item.guid, item]));
      press.advance();
      await store.db.updateTable('links').set({ revisit_at: new Date() }).where('outcome', '=', 'published').execute();
      await store.db.updateTable('sources').set({ next_crawl_at: new Date() }).execute();
      const revised = press.truth().articles.filter((one) => one.revised && !one.copyOf);
      expect(revised.length).toBeGreaterThan(0);
      const outcomes = async () => Promise.all(revised.map(async (one) => (await link(one.url))?.outcome));
      while ((await outcomes()).some((outcome) => outcome !== 'updated')) await pause(200);
      for (const one of revised) {
        const lines = (await article(one.url))?.text.split('\n') ?? [];
        expect(lines.slice(-one.paragraphs.length)).toEqual(one.paragraphs);
      }
      await everyLinkDone();
      const after = await subscribe();
      expect(after.length).toBeGreaterThan(before.size);
      for (const guid of before.keys()) expect(after.some((item) => item.guid === guid)).toBe(true);
    });

    it('stops in order on Ctrl-C, every process', async () => {
      for (const [name, process] of running) {
        const { code, seconds } = await process.stop('SIGINT');
        expect([name, code]).toEqual([name, 0]);
        expect(seconds).toBeLessThan(10);
      }
    });
  });
});

/** kill -9 takes whatever a process was doing; what it had taken on must be done by the next one, once. */
describe('the wire when its processes are killed', () => {
  it('loses nothing and publishes nothing twice', { timeout: 180_000 }, async () => {
    const folder = temporaryFolder('kill');
    await using press = await openPress();
    await using database = await openTestDatabase();
    const catalogue = path.join(folder, 'sources.yaml');
    await writeFile(catalogue, stringify({ sources: press.sources }));
    const env = { DATABASE_URL: database.url, HTTP_PROXY: press.proxy, SOURCES: catalogue, RATE: '20' };
    await using _schedule = startCourant(['work', 'schedule'], env);
    const store = await openStore(database.url, { connections: 2 });
    const wanted = press.truth().links.map((expected) => key(expected.url));
    const done = async () => {
      const rows = await store.db.selectFrom('links').select('key').where('state', '=', 'done').execute();
      const keys = new Set(rows.map((row) => row.key));
      return wanted.filter((one) => keys.has(one)).length;
    };

    for (const killAfter of [3, 12]) {
      await using crawl = startCourant(['work', 'crawl'], env);
      await using ingest = startCourant(['work', 'ingest'], env);
      while ((await done()) < killAfter) await pause(20);
      await Promise.all([crawl.stop('SIGKILL'), ingest.stop('SIGKILL')]);
    }
    await using _crawl = startCourant(['work', 'crawl'], env);
    await using _ingest = startCourant(['work', 'ingest'], env);
    while ((await done()) < wanted.length) await pause(200);

    const truth = press.truth();
    const origins = [
      ...truth.articles.map((one) => key(one.copyOf ?? one.url)),
      ...truth.headlines.map((one) => key(one.versionOf ?? one.url)),
    ];
    const articles = await store.db.selectFrom('articles').select(['key', 'title']).execute();
    const events = await store.db.selectFrom('events').select('article').where('kind', '=', 'published').execute();
    expect(articles.length).toBe(new Set(origins).size);
    expect(events.length).toBe(articles.length);
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
});
