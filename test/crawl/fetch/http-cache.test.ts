import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fullGetEvery, type HttpMemory } from '../../../src/crawl/fetch/http-cache.ts';
import { storedHttpMemory } from '../../../src/store/http-cache.ts';
import { openTestStore, type TestStore } from '../../support/postgres.ts';

describe('the HTTP memory', () => {
  let store: TestStore;
  let memory: HttpMemory;
  beforeAll(async () => {
    store = await openTestStore();
    memory = storedHttpMemory(store.db);
  });
  afterAll(() => store[Symbol.asyncDispose]());

  const url = 'https://news.example/rss.xml';
  const full = (headers: Record<string, string>) => ({ status: 200, headers, notModified: false });
  const same = { status: 304, headers: {}, notModified: true };

  it('gives back what the host gave, for that address', async () => {
    expect(await memory.recall(url)).toBeUndefined();
    await memory.remember(url, full({ etag: '"1"', 'last-modified': 'Sun, 22 Nov 2026 08:00:00 GMT' }));
    expect(await memory.recall(url)).toEqual({ etag: '"1"', lastModified: 'Sun, 22 Nov 2026 08:00:00 GMT' });
    expect(await memory.recall(`${url}?page=2`)).toBeUndefined();
  });

  it('asks for a full answer now and then, since some hosts say "not modified" for ever', async () => {
    for (let i = 1; i < fullGetEvery; i++) {
      expect(await memory.recall(url)).toBeDefined();
      await memory.remember(url, same);
    }
    expect(await memory.recall(url)).toBeUndefined();
    await memory.remember(url, full({ etag: '"2"' }));
    expect(await memory.recall(url)).toEqual({ etag: '"2"', lastModified: undefined });
  });

  it('forgets an address whose answer comes without validators, or is none', async () => {
    await memory.remember(url, full({}));
    expect(await memory.recall(url)).toBeUndefined();
    await memory.remember(url, full({ etag: '"3"' }));
    await memory.remember(url, { status: 404, headers: { etag: '"404"' }, notModified: false });
    expect(await memory.recall(url)).toBeUndefined();
  });
});
