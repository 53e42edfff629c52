import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryLeases } from '../../../src/crawl/fetch/memory-leases.ts';
import type { HostLeases } from '../../../src/crawl/ports.ts';
import { storedLeases } from '../../../src/store/hosts.ts';
import { openTestStore, type TestStore } from '../../support/postgres.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
});

/** A request to one of a site's origins. */
const at = (site: string, host = `www.${site}`) => ({ site, origin: `https://${host}` });
const a = '00000000-0000-4000-8000-00000000000a';
const b = '00000000-0000-4000-8000-00000000000b';

describe.each([
  ['in memory', () => createMemoryLeases()],
  ['in PostgreSQL', () => storedLeases(store.db)],
])('leases %s', (_, open: () => HostLeases) => {
  it('are held by one at a time', async () => {
    const leases = open();
    const takes = await Promise.all(
      [a, b].map((holder) => leases.take(at('one.example'), holder, { gapMs: 0, leaseMs: 9000 })),
    );
    expect(takes.filter((lease) => lease.taken).length).toBe(1);
    expect(takes.find((lease) => !lease.taken)).toMatchObject({ heldMs: expect.closeTo(9000, -3) });
    expect(await leases.take(at('other.example'), b, { gapMs: 0, leaseMs: 9000 })).toEqual({
      taken: true,
      failures: 0,
    });
  });

  it('come after the gap, which the next taker names', async () => {
    const leases = open();
    await leases.take(at('gap.example'), a, { gapMs: 60_000, leaseMs: 9000 });
    await leases.giveBack(at('gap.example'), a, { failures: 2, restMs: 0, awayMs: 0 });
    const refused = await leases.take(at('gap.example'), b, { gapMs: 60_000, leaseMs: 9000 });
    expect(refused).toMatchObject({ taken: false, restMs: expect.any(Number) });
    expect(refused.taken ? 0 : refused.awayMs).toBeGreaterThan(50_000);
    expect(await leases.take(at('gap.example'), b, { gapMs: 0, leaseMs: 9000 })).toEqual({ taken: true, failures: 2 });
  });

  it('are not given while a site is to be left alone', async () => {
    const leases = open();
    await leases.take(at('away.example'), a, { gapMs: 0, leaseMs: 9000 });
    await leases.giveBack(at('away.example'), a, { failures: 0, restMs: 0, awayMs: 60_000 });
    expect(await leases.take(at('away.example'), a, { gapMs: 0, leaseMs: 9000 })).toMatchObject({
      taken: false,
      awayMs: expect.closeTo(60_000, -4),
    });
  });

  it('are not given for an origin that failed and rests, while its site is asked for others', async () => {
    const leases = open();
    const now = { gapMs: 0, leaseMs: 9000 };
    const dead = at('rest.example', 'dead.rest.example');
    const well = at('rest.example');
    await leases.take(dead, a, now);
    await leases.giveBack(dead, a, { failures: 1, restMs: 60_000, awayMs: 0 });
    const refused = await leases.take(dead, a, now);
    expect(refused).toMatchObject({ taken: false });
    expect(refused.taken ? 0 : refused.restMs).toBeGreaterThan(50_000);
    expect(await leases.take(well, a, now)).toEqual({ taken: true, failures: 0 });
    await leases.giveBack(well, a, { failures: 0, restMs: 0, awayMs: 0 });
    expect(await leases.take(dead, a, now)).toMatchObject({ taken: false, restMs: expect.closeTo(60_000, -4) });
  });

  it('tell how often an origin failed in a row, until it answers', async () => {
    const leases = open();
    const now = { gapMs: 0, leaseMs: 9000 };
    const host = at('fails.example');
    for (const failures of [1, 2, 0, 0]) {
      await leases.take(host, a, now);
      await leases.giveBack(host, a, { failures, restMs: 0, awayMs: 0 });
      expect(await leases.take(host, b, now)).toEqual({ taken: true, failures });
      await leases.giveBack(host, b, { failures, restMs: 0, awayMs: 0 });
    }
  });

  it('of a dead holder come free, and he cannot give them back any more', async () => {
    const leases = open();
    await leases.take(at('dead.example'), a, { gapMs: 0, leaseMs: 1 });
    await sleep(5);
    expect(await leases.take(at('dead.example'), b, { gapMs: 0, leaseMs: 9000 })).toMatchObject({ taken: true });
    await leases.giveBack(at('dead.example'), a, { failures: 0, restMs: 0, awayMs: 0 });
    expect(await leases.take(at('dead.example'), a, { gapMs: 0, leaseMs: 9000 })).toMatchObject({
      taken: false,
      heldMs: expect.closeTo(9000, -3),
    });
  });
});
