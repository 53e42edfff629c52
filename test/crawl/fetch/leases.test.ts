import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryTurns, type Turns } from '../../../src/crawl/fetch/rate-limiter.ts';
import { storedTurns } from '../../../src/store/hosts.ts';
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
  ['in memory', () => memoryTurns()],
  ['in PostgreSQL', () => storedTurns(store.db)],
])('turns %s', (_, open: () => Turns) => {
  it('are held by one at a time', async () => {
    const turns = open();
    const takes = await Promise.all(
      [a, b].map((holder) => turns.take(at('one.example'), holder, { gapMs: 0, leaseMs: 9000 })),
    );
    expect(takes.filter((turn) => turn.taken).length).toBe(1);
    expect(takes.find((turn) => !turn.taken)).toMatchObject({ why: 'held' });
    expect(await turns.take(at('other.example'), b, { gapMs: 0, leaseMs: 9000 })).toEqual({ taken: true, failures: 0 });
  });

  it('come after the gap, which the next taker names', async () => {
    const turns = open();
    await turns.take(at('gap.example'), a, { gapMs: 60_000, leaseMs: 9000 });
    await turns.give(at('gap.example'), a, { failures: 2, restMs: 0, awayMs: 0 });
    const refused = await turns.take(at('gap.example'), b, { gapMs: 60_000, leaseMs: 9000 });
    expect(refused).toMatchObject({ taken: false, why: 'away' });
    expect(refused.taken ? 0 : refused.waitMs).toBeGreaterThan(50_000);
    expect(await turns.take(at('gap.example'), b, { gapMs: 0, leaseMs: 9000 })).toEqual({ taken: true, failures: 2 });
  });

  it('are not given while a site is to be left alone', async () => {
    const turns = open();
    await turns.take(at('away.example'), a, { gapMs: 0, leaseMs: 9000 });
    await turns.give(at('away.example'), a, { failures: 0, restMs: 0, awayMs: 60_000 });
    expect(await turns.take(at('away.example'), a, { gapMs: 0, leaseMs: 9000 })).toMatchObject({
      taken: false,
      why: 'away',
    });
  });

  it('are not given for an origin that failed and rests, while its site is asked for others', async () => {
    const turns = open();
    const now = { gapMs: 0, leaseMs: 9000 };
    const dead = at('rest.example', 'dead.rest.example');
    const well = at('rest.example');
    await turns.take(dead, a, now);
    await turns.give(dead, a, { failures: 1, restMs: 60_000, awayMs: 0 });
    const refused = await turns.take(dead, a, now);
    expect(refused).toMatchObject({ taken: false, why: 'rests' });
    expect(refused.taken ? 0 : refused.waitMs).toBeGreaterThan(50_000);
    expect(await turns.take(well, a, now)).toEqual({ taken: true, failures: 0 });
    await turns.give(well, a, { failures: 0, restMs: 0, awayMs: 0 });
    expect(await turns.take(dead, a, now)).toMatchObject({ taken: false, why: 'rests' });
  });

  it('tell how often an origin failed in a row, until it answers', async () => {
    const turns = open();
    const now = { gapMs: 0, leaseMs: 9000 };
    const place = at('fails.example');
    for (const failures of [1, 2, 0, 0]) {
      await turns.take(place, a, now);
      await turns.give(place, a, { failures, restMs: 0, awayMs: 0 });
      expect(await turns.take(place, b, now)).toEqual({ taken: true, failures });
      await turns.give(place, b, { failures, restMs: 0, awayMs: 0 });
    }
  });

  it('of a dead holder come free, and he cannot give them back any more', async () => {
    const turns = open();
    await turns.take(at('dead.example'), a, { gapMs: 0, leaseMs: 1 });
    await sleep(5);
    expect(await turns.take(at('dead.example'), b, { gapMs: 0, leaseMs: 9000 })).toMatchObject({ taken: true });
    await turns.give(at('dead.example'), a, { failures: 0, restMs: 0, awayMs: 0 });
    expect(await turns.take(at('dead.example'), a, { gapMs: 0, leaseMs: 9000 })).toMatchObject({
      taken: false,
      why: 'held',
    });
  });
});
