import { describe, expect, it, vi } from 'vitest';
import { type BatcherOptions, createBatcher } from '../../src/domain/batcher.ts';

/** Serves when it is told to, and notes who was served with whom. */
function openCounter(options: BatcherOptions = {}) {
  const groups: (readonly number[])[] = [];
  const ends: PromiseWithResolvers<void>[] = [];
  const ask = createBatcher(async (jobs: readonly number[]) => {
    groups.push(jobs);
    const end = Promise.withResolvers<void>();
    ends.push(end);
    await end.promise;
    return jobs.map((job) => job * 2);
  }, options);
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { groups, ask, settle, end: (index: number) => ends[index] as PromiseWithResolvers<void> };
}

describe('batcher', () => {
  it('serves at once who comes to an idle one, and together all who come meanwhile', async () => {
    const { groups, ask, settle, end } = openCounter();
    const results = [1, 2, 3].map(ask);
    expect(groups).toEqual([[1]]);
    end(0).resolve();
    await settle();
    expect(groups).toEqual([[1], [2, 3]]);
    end(1).resolve();
    expect(await Promise.all(results)).toEqual([2, 4, 6]);
    const later = ask(4);
    expect(groups).toEqual([[1], [2, 3], [4]]);
    end(2).resolve();
    expect(await later).toBe(8);
  });

  it('lets those over the limit wait for the one after', async () => {
    const { groups, ask, settle, end } = openCounter({ most: 2 });
    const results = [1, 2, 3, 4].map(ask);
    for (const index of [0, 1, 2]) {
      end(index).resolve();
      await settle();
    }
    expect(groups).toEqual([[1], [2, 3], [4]]);
    expect(await Promise.all(results)).toEqual([2, 4, 6, 8]);
  });

  it('fails those who were served together, and goes on with the next', async () => {
    const { ask, settle, end } = openCounter();
    const [first, ...second] = [1, 2, 3].map(ask);
    const failed = Promise.allSettled(second);
    end(0).resolve();
    await settle();
    end(1).reject(new Error('no'));
    expect(await first).toBe(2);
    expect((await failed).map((one) => one.status)).toEqual(['rejected', 'rejected']);
    const next = ask(5);
    end(2).resolve();
    expect(await next).toBe(10);
  });

  it('waits for company, but no longer than it is told, nor once there are enough', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { groups, ask, settle, end } = openCounter({ most: 3, waitMs: 100 });
      const results = [1, 2].map(ask);
      await settle();
      expect(groups).toEqual([]);
      vi.advanceTimersByTime(100);
      await settle();
      expect(groups).toEqual([[1, 2]]);
      results.push(...[3, 4, 5, 6].map(ask));
      end(0).resolve();
      await settle();
      expect(groups).toEqual([
        [1, 2],
        [3, 4, 5],
      ]);
      end(1).resolve();
      await settle();
      expect(groups).toHaveLength(2);
      results.push(...[7, 8].map(ask));
      await settle();
      expect(groups.at(-1)).toEqual([6, 7, 8]);
      end(2).resolve();
      expect(await Promise.all(results)).toEqual([2, 4, 6, 8, 10, 12, 14, 16]);
    } finally {
      vi.useRealTimers();
    }
  });
});
