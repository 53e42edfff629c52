import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Outcome } from '../../src/domain/article.ts';
import { forgetOldCrawls } from '../../src/store/forget.ts';
import { storedLeases } from '../../src/store/hosts.ts';
import { storedHttpCache } from '../../src/store/http-cache.ts';
import { countOpen, countOutcomes, knownKeys, registerLinks, writeOutcome } from '../../src/store/links.ts';
import { storedRobots } from '../../src/store/robots.ts';
import { storedSiteMemory } from '../../src/store/site-memory.ts';
import { syncSources } from '../../src/store/sources.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';
import { sourceWith } from '../support/source.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const now = new Date();
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const rejected: Outcome = { kind: 'rejected', stage: 'crawl', reason: 'gone' };

it('forgets links that came to nothing half a year ago, and never those of articles', async () => {
  await syncSources(store.db, [sourceWith({ id: 'a' })]);
  const keys = ['gone', 'copy', 'article', 'pending'];
  await registerLinks(
    store.db,
    'a',
    keys.map((key) => ({ key, link: { url: key, authors: [], categories: [] } })),
    now,
  );
  await writeOutcome(store.db, 'gone', rejected, now);
  await writeOutcome(store.db, 'copy', { kind: 'duplicate', of: randomUUID(), match: 'near' }, now);
  await writeOutcome(store.db, 'article', { kind: 'published', article: randomUUID(), story: randomUUID() }, now);
  expect((await forgetOldCrawls(store.db, inDays(179))).links).toBe(0);
  expect((await forgetOldCrawls(store.db, inDays(181))).links).toBe(2);
  expect(await knownKeys(store.db, keys)).toEqual(new Set(['article', 'pending']));
});

it('gives up what waits for a source that left the catalogue a month ago, and says so', async () => {
  await syncSources(store.db, []);
  await forgetOldCrawls(store.db, inDays(29));
  expect(await countOpen(store.db, ['a'])).toBe(1);
  await forgetOldCrawls(store.db, inDays(31));
  expect(await countOpen(store.db, ['a'])).toBe(0);
  expect(await countOutcomes(store.db, ['a'], inDays(31))).toEqual([
    { outcome: 'rejected', reason: 'excluded', count: 1 },
  ]);
});

it('forgets validators, robots.txt, leases and memories of hosts that are no longer asked', async () => {
  const { db } = store;
  const leases = storedLeases(db);
  const lease = { gapMs: 0, leaseMs: 1000 };
  await storedHttpCache(db).save('https://a.example/', { etag: '"1"' });
  await storedRobots(db).save('https://a.example', { text: '', validators: {}, expiresAt: now.getTime() });
  await storedSiteMemory(db).write('a.example', { shapes: {} });
  for (const site of ['a.example', 'away.example']) {
    const holder = randomUUID();
    const host = { site, origin: `https://${site}` };
    await leases.take(host, holder, lease);
    const pauseMs = site === 'a.example' ? 0 : 60 * 86_400_000;
    await leases.giveBack(host, holder, { failures: 1, restMs: pauseMs, awayMs: pauseMs });
  }
  const none = { links: 0, http_cache: 0, robots: 0, hosts: 0, crawls: 0, fetches: 0, site_memory: 0 };
  expect(await forgetOldCrawls(db, inDays(29))).toEqual(none);
  expect(await forgetOldCrawls(db, inDays(31))).toEqual({ ...none, http_cache: 1, robots: 1, hosts: 2 });
  expect(await forgetOldCrawls(db, inDays(181))).toEqual({ ...none, hosts: 2, site_memory: 1 });
  const { rows } = await sql`select from hosts`.execute(db);
  expect(rows).toEqual([]);
});
