import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Client, createClient } from '../../../src/crawl/fetch/client.ts';
import { createMemoryRobots, createRobotsCache } from '../../../src/crawl/fetch/robots-cache.ts';
import { type LocalServer, startServer } from '../local-server.ts';

let answers: { status: number; body?: string | Buffer; headers?: Record<string, string> }[] = [];
let server: LocalServer;
let client: Client;
let now = Date.UTC(2026, 10, 22);
beforeEach(async () => {
  server = await startServer((_, response) => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    response.writeHead(answer?.status ?? 404, answer?.headers ?? {}).end(answer?.body);
  });
  client = createClient({ userAgent: 'Courant/0.1', allowPrivate: true });
});
afterEach(async () => {
  await client.close();
  await server[Symbol.asyncDispose]();
});

const open = (store = createMemoryRobots()) =>
  createRobotsCache({
    client,
    store,
    userAgent: 'Courant/0.1',
    enter: async () => async () => {},
    now: () => now,
  });
const page = () => new URL('/a', server.origin);
const deny = 'User-agent: *\nDisallow: /\n';

describe('what a site answers for robots.txt', () => {
  it.each([
    [200, deny, false],
    [200, '', true],
    [200, '<html>Not here</html>', true],
    [404, deny, true],
    [401, deny, true],
    [403, deny, true],
    [410, deny, true],
  ])('%i %j: allowed %s', async (status, body, allowed) => {
    answers = [{ status, body }];
    expect((await open().rules(page(), undefined)).isAllowed(page())).toBe(allowed);
  });

  it.each([500, 503, 429])('%i: not now', async (status) => {
    answers = [{ status }];
    await expect(open().rules(page(), undefined)).rejects.toMatchObject({ reason: 'unreachable', retry: true });
  });

  it('redirects without end: none', async () => {
    answers = [{ status: 302, headers: { location: '/robots.txt' } }];
    expect((await open().rules(page(), undefined)).isAllowed(page())).toBe(true);
  });

  it('of 2 MB counts as far as 500 KiB go', async () => {
    answers = [
      { status: 200, body: `User-agent: *\nDisallow: /private/\n${'# filler\n'.repeat(230_000)}Disallow: /\n` },
    ];
    const rules = await open().rules(page(), undefined);
    expect(rules.isAllowed(page())).toBe(true);
    expect(rules.isAllowed(new URL('/private/x', server.origin))).toBe(false);
  });

  it('of 11 MB counts as far as 500 KiB go, compressed or not, whatever its label', async () => {
    const body = `User-agent: *\nDisallow: /private/\n${'# filler\n'.repeat(1_250_000)}Disallow: /\n`;
    for (const [coding, bytes] of [
      ['', body],
      ['gzip', gzipSync(body)],
      ['utf-8', body],
    ] as const) {
      answers = [{ status: 200, body: bytes, headers: { 'content-encoding': coding } }];
      const rules = await open().rules(page(), undefined);
      expect(rules.isAllowed(page())).toBe(true);
      expect(rules.isAllowed(new URL('/private/x', server.origin))).toBe(false);
    }
  });

  it('crawl-delay and sitemaps come with it', async () => {
    answers = [{ status: 200, body: 'User-agent: *\nCrawl-delay: 3\nSitemap: https://news.example/s.xml' }];
    expect(await open().rules(page(), undefined)).toMatchObject({
      crawlDelayMs: 3000,
      sitemaps: ['https://news.example/s.xml'],
    });
  });
});

describe('a cached robots.txt', () => {
  it('is asked for once by all who wait, and lives as long as the host says, within bounds', async () => {
    answers = [{ status: 200, body: deny, headers: { 'cache-control': 'max-age=7200' } }];
    const cache = open();
    await Promise.all([1, 2, 3].map(() => cache.rules(page(), undefined)));
    now += 7_100_000;
    await cache.rules(page(), undefined);
    expect(server.requests.length).toBe(1);
    now += 200_000;
    await cache.rules(page(), undefined);
    expect(server.requests.length).toBe(2);
  });

  it('is asked for again with its validators, and "not modified" keeps the rules', async () => {
    answers = [{ status: 200, body: deny, headers: { etag: '"1"' } }, { status: 304 }];
    const store = createMemoryRobots();
    await open(store).rules(page(), undefined);
    now += 25 * 3600_000;
    const rules = await open(store).rules(page(), undefined);
    expect(server.requests[1]?.headers['if-none-match']).toBe('"1"');
    expect(rules.isAllowed(page())).toBe(false);
  });

  it('is used on while the site does not answer', async () => {
    answers = [{ status: 200, body: deny }, { status: 503 }];
    const cache = open();
    await cache.rules(page(), undefined);
    now += 25 * 3600_000;
    expect((await cache.rules(page(), undefined)).isAllowed(page())).toBe(false);
  });

  it('is not asked for again at once after a failure, but soon', async () => {
    answers = [{ status: 503 }, { status: 200, body: 'User-agent: *\nDisallow: /private/' }];
    const cache = open();
    await expect(cache.rules(page(), undefined)).rejects.toMatchObject({ retry: true });
    await expect(cache.rules(page(), undefined)).rejects.toMatchObject({ retry: true });
    expect(server.requests.length).toBe(1);
    now += 1000;
    expect((await cache.rules(page(), undefined)).isAllowed(page())).toBe(true);
  });
});
