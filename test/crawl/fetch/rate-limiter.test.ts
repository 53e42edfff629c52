import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOffMs } from '../../../src/crawl/fetch/back-off.ts';
import { createMemoryLeases } from '../../../src/crawl/fetch/memory-leases.ts';
import { createRateLimiter } from '../../../src/crawl/fetch/rate-limiter.ts';
import { siteOf } from '../../../src/crawl/fetch/site.ts';

const page = new URL('https://www.news.example/a');

describe('siteOf', () => {
  it.each([
    ['https://www.news.example/a', 'news.example'],
    ['http://m.news.example:8080/', 'news.example'],
    ['https://www.bbc.co.uk/', 'bbc.co.uk'],
    ['https://alice.blogspot.com/', 'alice.blogspot.com'],
    ['http://127.0.0.1:8080/', '127.0.0.1:8080'],
    ['http://[::1]:99/', '[::1]:99'],
    ['http://localhost/', 'localhost'],
  ])('%s → %s', (url, site) => {
    expect(siteOf(new URL(url))).toBe(site);
  });
});

describe('a rate limiter', () => {
  it('lets one request at a time pass, in the order of asking, with a gap after each end', async () => {
    const limiter = createRateLimiter({ leases: createMemoryLeases(), gapMs: 50 });
    const log: string[] = [];
    const ends: number[] = [];
    await Promise.all(
      [1, 2, 3].map(async (n) => {
        const end = await limiter.enter(page);
        const last = ends.at(-1);
        if (last !== undefined) expect(performance.now() - last).toBeGreaterThanOrEqual(50);
        log.push(`in ${n}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
        log.push(`out ${n}`);
        ends.push(performance.now());
        await end({ failed: false });
      }),
    );
    expect(log).toEqual(['in 1', 'out 1', 'in 2', 'out 2', 'in 3', 'out 3']);
  });

  it('asks the shared leases for the first in line alone: the others take their turns behind it', async () => {
    const leases = createMemoryLeases();
    const holders = new Set<string>();
    let asking = 0;
    const limiter = createRateLimiter({
      gapMs: 0,
      // Who came first would wait the longest between two tries, and the last would go before it.
      random: () => 1 / ++asking,
      leases: {
        take: (host, holder, how) => {
          holders.add(holder);
          return leases.take(host, holder, how);
        },
        giveBack: (host, holder, how) => leases.giveBack(host, holder, how),
      },
    });
    const order: number[] = [];
    const ends = [1, 2, 3, 4].map(async (turn) => {
      const end = await limiter.enter(page);
      order.push(turn);
      expect(holders.size).toBe(turn);
      await new Promise((resolve) => setTimeout(resolve, 20));
      await end({ failed: false });
    });
    await Promise.all(ends);
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it('pauses a second unless told otherwise, and is locked out for no more than a day', async () => {
    const leases = createMemoryLeases();
    const asked: unknown[] = [];
    const limiter = createRateLimiter({
      random: () => 0,
      leases: {
        take: (host, holder, how) => {
          asked.push(how.gapMs);
          return leases.take(host, holder, how);
        },
        giveBack: (host, holder, how) => {
          asked.push(how.awayMs);
          return leases.giveBack(host, holder, how);
        },
      },
    });
    const end = await limiter.enter(page);
    await end({ failed: true, retryAfterMs: 1e12 });
    expect(asked).toEqual([1000, 24 * 3600_000]);
  });

  it('keeps two processes apart by their shared leases, and sites do not wait for each other', async () => {
    const leases = createMemoryLeases();
    const limiters = [createRateLimiter({ leases, gapMs: 1 }), createRateLimiter({ leases, gapMs: 1 })];
    let inside = 0;
    await Promise.all(
      limiters.flatMap((limiter) =>
        [1, 2, 3].map(async () => {
          const end = await limiter.enter(page);
          expect(++inside).toBe(1);
          const other = await limiter.enter(new URL(`https://other-${Math.random()}.example/`));
          await other({ failed: false });
          inside--;
          await end({ failed: false });
        }),
      ),
    );
  });

  it('leaves a site alone for as long as it asks, and does not wait for hours', async () => {
    const limiter = createRateLimiter({ leases: createMemoryLeases(), gapMs: 0, random: () => 0 });
    await (await limiter.enter(page))({ failed: true, retryAfterMs: 3600_000 });
    await expect(limiter.enter(page)).rejects.toMatchObject({ reason: 'unreachable', retry: true });
    const error = await limiter.enter(page).catch((thrown: unknown) => thrown);
    expect(error).toHaveProperty('retryAfterMs', expect.closeTo(3600_000, -4));
  });

  it('comes back after longer and longer pauses while a site fails, and forgets with the first success', async () => {
    let now = 0;
    const limiter = createRateLimiter({
      leases: createMemoryLeases(() => now),
      gapMs: 0,
      random: () => 0.5,
      patienceMs: 0,
    });
    const pauses: number[] = [];
    for (let i = 0; i < 4; i++) {
      await (await limiter.enter(page))({ failed: true });
      const error = await limiter.enter(page).then(
        () => undefined,
        (thrown: { retryAfterMs: number }) => thrown,
      );
      pauses.push(error?.retryAfterMs ?? 0);
      now += error?.retryAfterMs ?? 0;
    }
    expect(pauses).toEqual([2000, 4000, 8000, 16_000]);
    await (await limiter.enter(page))({ failed: false });
    await (await limiter.enter(page))({ failed: true });
    await expect(limiter.enter(page)).rejects.toMatchObject({ retryAfterMs: 2000 });
  });

  it('goes on asking a site while one of its origins fails, at the site’s pace', async () => {
    let now = 0;
    const limiter = createRateLimiter({
      leases: createMemoryLeases(() => now),
      gapMs: 0,
      random: () => 0.5,
      patienceMs: 0,
    });
    const dead = new URL('https://dead.news.example/');
    for (let failures = 0; failures < 3; failures++) {
      await (await limiter.enter(dead))({ failed: true });
      await expect(limiter.enter(dead)).rejects.toMatchObject({
        message: /^https:\/\/dead\.news\.example is to be left alone/,
      });
      await (await limiter.enter(page))({ failed: false });
      now += 60_000;
    }
    await (await limiter.enter(page))({ failed: true, retryAfterMs: 60_000 });
    await expect(limiter.enter(dead)).rejects.toMatchObject({ message: /^news\.example is to be left alone/ });
  });

  it('holds up nobody of the site while a request waits for its origin to be asked again', async () => {
    const limiter = createRateLimiter({ leases: createMemoryLeases(), gapMs: 0, random: () => 0 });
    const slow = new URL('https://slow.news.example/');
    await (await limiter.enter(slow))({ failed: true });
    const order: string[] = [];
    const waiting = limiter.enter(slow).then((end) => {
      order.push('slow');
      return end({ failed: false });
    });
    await (await limiter.enter(page))({ failed: false });
    order.push('page');
    await waiting;
    expect(order).toEqual(['page', 'slow']);
  });

  it('who gives up waiting holds up nobody', async () => {
    const limiter = createRateLimiter({ leases: createMemoryLeases(), gapMs: 0 });
    const first = await limiter.enter(page);
    const stop = new AbortController();
    const second = limiter.enter(page, { signal: stop.signal });
    const third = limiter.enter(page);
    stop.abort(new Error('stopping'));
    await expect(second).rejects.toThrow('stopping');
    await first({ failed: false });
    await (await third)({ failed: false });
    await (await limiter.enter(page))({ failed: false });
  });
});

it('the back-off grows with the failures and stays within its bounds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const pause = backOffMs(failures, random);
      expect(pause).toBeGreaterThanOrEqual(1000);
      expect(pause).toBeLessThanOrEqual(9 * 3600_000);
      expect(backOffMs(failures + 1, random)).toBeGreaterThanOrEqual(pause);
    }),
  );
});
