import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryTurns, type Turns } from '../../src/crawl/gate.ts';
import { storedTurns } from '../../src/store/hosts.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
});

const a = '00000000-0000-4000-8000-00000000000a';
const b = '00000000-0000-4000-8000-00000000000b';

describe.each([
  ['in memory', () => memoryTurns()],
  ['in PostgreSQL', () => storedTurns(store.db)],
])('turns %s', (_, open: () => Turns) => {
  it('are held by one at a time', async () => {
    const turns = open();
    const takes = await Promise.all(
      [a, b].map((holder) => turns.take('one.example', holder, { gapMs: 0, leaseMs: 9000 })),
    );
    expect(takes.filter((turn) => turn.taken).length).toBe(1);
    expect(takes.find((turn) => !turn.taken)).toMatchObject({ held: true });
    expect(await turns.take('other.example', b, { gapMs: 0, leaseMs: 9000 })).toEqual({ taken: true, failures: 0 });
  });

  it('come after the gap, which the next taker names', async () => {
    const turns = open();
    await turns.take('gap.example', a, { gapMs: 60_000, leaseMs: 9000 });
    await turns.give('gap.example', a, { failures: 2, awayMs: 0 });
    const refused = await turns.take('gap.example', b, { gapMs: 60_000, leaseMs: 9000 });
    expect(refused).toMatchObject({ taken: false, held: false });
    expect(refused.taken ? 0 : refused.waitMs).toBeGreaterThan(50_000);
    expect(await turns.take('gap.example', b, { gapMs: 0, leaseMs: 9000 })).toEqual({ taken: true, failures: 2 });
  });

  it('are not given while a site is to be left alone', async () => {
    const turns = open();
    await turns.take('away.example', a, { gapMs: 0, leaseMs: 9000 });
    await turns.give('away.example', a, { failures: 1, awayMs: 60_000 });
    expect(await turns.take('away.example', a, { gapMs: 0, leaseMs: 9000 })).toMatchObject({
      taken: false,
      held: false,
    });
  });

  it('of a dead holder come free, and he cannot give them back any more', async () => {
    const turns = open();
    await turns.take('dead.example', a, { gapMs: 0, leaseMs: 1 });
    await sleep(5);
    expect(await turns.take('dead.example', b, { gapMs: 0, leaseMs: 9000 })).toMatchObject({ taken: true });
    await turns.give('dead.example', a, { failures: 0, awayMs: 0 });
    expect(await turns.take('dead.example', a, { gapMs: 0, leaseMs: 9000 })).toMatchObject({
      taken: false,
      held: true,
    });
  });
});
