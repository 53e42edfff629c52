import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createMemoryHttpCache,
  fullGetEvery,
  recallValidators,
  rememberAnswer,
} from '../../../src/crawl/fetch/http-cache.ts';
import type { HttpCache } from '../../../src/crawl/ports.ts';
import { storedHttpCache } from '../../../src/store/http-cache.ts';
import { openTestStore, type TestStore } from '../../support/postgres.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

describe.each([
  ['in memory', createMemoryHttpCache],
  ['in PostgreSQL', () => storedHttpCache(store.db)],
])('the HTTP cache %s', (_, open: () => HttpCache) => {
  let cache: HttpCache;
  beforeAll(() => {
    cache = open();
  });

  const url = 'https://news.example/rss.xml';
  const full = (headers: Record<string, string>) => ({ status: 200, headers, notModified: false });
  const same = { status: 304, headers: {}, notModified: true };

  it('gives back what the host gave, for that address', async () => {
    expect(await recallValidators(cache, url)).toBeUndefined();
    await rememberAnswer(cache, url, full({ etag: '"1"', 'last-modified': 'Sun, 22 Nov 2026 08:00:00 GMT' }));
    expect(await recallValidators(cache, url)).toEqual({ etag: '"1"', lastModified: 'Sun, 22 Nov 2026 08:00:00 GMT' });
    expect(await recallValidators(cache, `${url}?page=2`)).toBeUndefined();
  });

  it('asks for a full answer now and then, since some hosts say "not modified" for ever', async () => {
    for (let i = 1; i < fullGetEvery; i++) {
      expect(await recallValidators(cache, url)).toBeDefined();
      await rememberAnswer(cache, url, same);
    }
    expect(await recallValidators(cache, url)).toBeUndefined();
    await rememberAnswer(cache, url, full({ etag: '"2"' }));
    expect(await recallValidators(cache, url)).toEqual({ etag: '"2"', lastModified: undefined });
  });

  it('keeps the last of what is remembered at the same time', async () => {
    const pages = ['a', 'b', 'c'].map((name) => `https://news.example/${name}`);
    await Promise.all([
      ...pages.map((page) => rememberAnswer(cache, page, full({ etag: '"old"' }))),
      ...pages.map((page, index) => rememberAnswer(cache, page, full(index === 2 ? {} : { etag: `"${index}"` }))),
    ]);
    expect(await Promise.all(pages.map((page) => recallValidators(cache, page)))).toEqual([
      { etag: '"0"', lastModified: undefined },
      { etag: '"1"', lastModified: undefined },
      undefined,
    ]);
  });

  it('forgets an address whose answer comes without validators, or is none', async () => {
    await rememberAnswer(cache, url, full({}));
    expect(await recallValidators(cache, url)).toBeUndefined();
    await rememberAnswer(cache, url, full({ etag: '"3"' }));
    await rememberAnswer(cache, url, { status: 404, headers: { etag: '"404"' }, notModified: false });
    expect(await recallValidators(cache, url)).toBeUndefined();
  });

  it('takes the validators of an answer "not modified" for the new ones', async () => {
    await rememberAnswer(cache, url, full({ etag: '"4"', 'last-modified': 'Sun, 22 Nov 2026 08:00:00 GMT' }));
    await rememberAnswer(cache, url, { ...same, headers: { etag: '"5"' } });
    expect(await recallValidators(cache, url)).toEqual({
      etag: '"5"',
      lastModified: 'Sun, 22 Nov 2026 08:00:00 GMT',
    });
    await rememberAnswer(cache, 'https://news.example/never-seen', { ...same, headers: { etag: '"6"' } });
    expect(await recallValidators(cache, 'https://news.example/never-seen')).toBeUndefined();
  });
});
