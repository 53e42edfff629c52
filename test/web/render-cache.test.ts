import { describe, expect, it } from 'vitest';
import { RenderCache } from '../../src/web/render-cache.ts';

describe('RenderCache', () => {
  it('makes once for a version, however many ask at the same time', async () => {
    const cache = new RenderCache<number>(10, 1000);
    let made = 0;
    const make = async () => ++made;
    const all = await Promise.all(Array.from({ length: 5 }, () => cache.get('a', 'v1', 0, make)));
    expect(all).toEqual([1, 1, 1, 1, 1]);
    expect(await cache.get('a', 'v2', 0, make)).toBe(2);
    expect(await cache.get('a', 'v2', 999, make)).toBe(2);
    expect(await cache.get('a', 'v2', 1000, make)).toBe(3);
  });

  it('hands over what it made for the version before', async () => {
    const cache = new RenderCache<string>(10, 1000);
    await cache.get('a', 'v1', 0, async () => 'first');
    expect(await cache.get('a', 'v2', 0, async (earlier) => `after ${earlier}`)).toBe('after first');
  });

  it('does not keep a failure', async () => {
    const cache = new RenderCache<string>(10, 1000);
    await expect(cache.get('a', 'v1', 0, () => Promise.reject(new Error('no database')))).rejects.toThrow(
      'no database',
    );
    expect(await cache.get('a', 'v1', 0, async (earlier) => `now ${earlier}`)).toBe('now undefined');
  });

  it('forgets what was not asked for the longest', async () => {
    const cache = new RenderCache<string>(2, 1000);
    const ask = (key: string) => cache.get(key, 'v', 0, async (earlier) => (earlier === undefined ? 'made' : 'again'));
    let made = 0;
    const count = (key: string) => cache.get(key, 'v', 0, async () => `${++made}`);
    await ask('a');
    await ask('b');
    await ask('a');
    await ask('c');
    await count('a');
    await count('c');
    expect(made).toBe(0);
    await count('b');
    expect(made).toBe(1);
  });
});
