import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOffMs, createGate, memoryTurns, siteOf } from '../../../src/crawl/fetch/rate-limiter.ts';

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

describe('a gate', () => {
  it('lets one request at a time pass, in the order of asking, with a gap after each end', async () => {
    const gate = createGate({ turns: memoryTurns(), gapMs: 50 });
    const log: string[] = [];
    const ends: number[] = [];
    await Promise.all(
      [1, 2, 3].map(async (n) => {
        const leave = await gate.enter(page);
        const last = ends.at(-1);
        if (last !== undefined) expect(performance.now() - last).toBeGreaterThanOrEqual(50);
        log.push(`in ${n}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
        log.push(`out ${n}`);
        ends.push(performance.now());
        await leave({ failed: false });
      }),
    );
    expect(log).toEqual(['in 1', 'out 1', 'in 2', 'out 2', 'in 3', 'out 3']);
  });

  it('keeps two processes apart by their shared turns, and sites do not wait for each other', async () => {
    const turns = memoryTurns();
    const gates = [createGate({ turns, gapMs: 1 }), createGate({ turns, gapMs: 1 })];
    let inside = 0;
    await Promise.all(
      gates.flatMap((gate) =>
        [1, 2, 3].map(async () => {
          const leave = await gate.enter(page);
          expect(++inside).toBe(1);
          const other = await gate.enter(new URL(`https://other-${Math.random()}.example/`));
          await other({ failed: false });
          inside--;
          await leave({ failed: false });
        }),
      ),
    );
  });

  it('leaves a site alone for as long as it asks, and does not wait for hours', async () => {
    const gate = createGate({ turns: memoryTurns(), gapMs: 0, random: () => 0 });
    await (await gate.enter(page))({ failed: true, retryAfterMs: 3600_000 });
    await expect(gate.enter(page)).rejects.toMatchObject({ reason: 'unreachable', retry: true });
    const error = await gate.enter(page).catch((thrown: unknown) => thrown);
    expect(error).toHaveProperty('retryAfterMs', expect.closeTo(3600_000, -4));
  });

  it('comes back after longer and longer pauses while a site fails, and forgets with the first success', async () => {
    let now = 0;
    const gate = createGate({ turns: memoryTurns(() => now), gapMs: 0, random: () => 0.5, patienceMs: 0 });
    const pauses: number[] = [];
    for (let i = 0; i < 4; i++) {
      await (await gate.enter(page))({ failed: true });
      const error = await gate.enter(page).then(
        () => undefined,
        (thrown: { retryAfterMs: number }) => thrown,
      );
      pauses.push(error?.retryAfterMs ?? 0);
      now += error?.retryAfterMs ?? 0;
    }
    expect(pauses).toEqual([2000, 4000, 8000, 16_000]);
    await (await gate.enter(page))({ failed: false });
    await (await gate.enter(page))({ failed: true });
    await expect(gate.enter(page)).rejects.toMatchObject({ retryAfterMs: 2000 });
  });

  it('goes on asking a site while one of its origins fails, at the site’s pace', async () => {
    let now = 0;
    const gate = createGate({ turns: memoryTurns(() => now), gapMs: 0, random: () => 0.5, patienceMs: 0 });
    const dead = new URL('https://dead.news.example/');
    for (let failures = 0; failures < 3; failures++) {
      await (await gate.enter(dead))({ failed: true });
      await expect(gate.enter(dead)).rejects.toMatchObject({
        message: /^https:\/\/dead\.news\.example is to be left alone/,
      });
      await (await gate.enter(page))({ failed: false });
      now += 60_000;
    }
    await (await gate.enter(page))({ failed: true, retryAfterMs: 60_000 });
    await expect(gate.enter(dead)).rejects.toMatchObject({ message: /^news\.example is to be left alone/ });
  });

  it('holds up nobody of the site while a request waits for its origin to be asked again', async () => {
    const gate = createGate({ turns: memoryTurns(), gapMs: 0, random: () => 0 });
    const slow = new URL('https://slow.news.example/');
    await (await gate.enter(slow))({ failed: true });
    const order: string[] = [];
    const waiting = gate.enter(slow).then((leave) => {
      order.push('slow');
      return leave({ failed: false });
    });
    await (await gate.enter(page))({ failed: false });
    order.push('page');
    await waiting;
    expect(order).toEqual(['page', 'slow']);
  });

  it('who gives up waiting holds up nobody', async () => {
    const gate = createGate({ turns: memoryTurns(), gapMs: 0 });
    const first = await gate.enter(page);
    const stop = new AbortController();
    const second = gate.enter(page, { signal: stop.signal });
    const third = gate.enter(page);
    stop.abort(new Error('stopping'));
    await expect(second).rejects.toThrow('stopping');
    await first({ failed: false });
    await (await third)({ failed: false });
    await (await gate.enter(page))({ failed: false });
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
