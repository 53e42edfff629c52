import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giveUpLink, markQueued, registerLinks, releaseQueued, writeOutcomes } from '../../src/store/links.ts';
import { endsSince } from '../../src/store/outcome-counts.ts';
import { countLinks, countWaiting } from '../../src/store/read/operations.ts';
import { foldRowCounts } from '../../src/store/row-counts.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

const now = new Date('2026-11-22T08:00:00Z');
const keys = Array.from({ length: 12 }, (_, index) => `https://a.example/${index}`);
const published = () => ({ kind: 'published' as const, article: randomUUID(), story: randomUUID() });
const rejected = { kind: 'rejected', stage: 'extract', reason: 'too-short', detail: '' } as const;

describe('counts of rows', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openTestStore();
  });
  afterAll(() => store[Symbol.asyncDispose]());

  const counted = async () => {
    const { rows } = await sql<object>`
      select state, outcome, stage, reason, count(*)::float8 as count from links group by 1, 2, 3, 4`.execute(store.db);
    return rows;
  };

  it('are what a count gives, whatever is written and however often they are folded', async () => {
    const some = fc.uniqueArray(fc.constantFrom(...keys), { minLength: 1, maxLength: 8 });
    const step = fc.record({
      of: some,
      do: fc.constantFrom('find', 'queue', 'publish', 'reject', 'give up', 'release', 'delete', 'roll back', 'fold'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
        for (const one of steps) await take(one.do, one.of);
        expect(new Set(await countLinks(store.db))).toEqual(new Set(await counted()));
        const { rows } = await sql<{ pending: number; queued: number }>`
          select count(*) filter (where state = 'pending')::int as pending, count(*) filter (where state = 'queued')::int as queued
          from links`.execute(store.db);
        expect(await countWaiting(store.db)).toEqual(rows[0]);
      }),
      { numRuns: 25 },
    );
  });

  async function take(what: string, of: readonly string[]): Promise<void> {
    const { db } = store;
    const find = () =>
      registerLinks(
        db,
        'a',
        of.map((key) => ({ key, link: { url: key, authors: [], categories: [] } })),
        now,
      );
    const end = (make: () => ReturnType<typeof published> | typeof rejected) =>
      writeOutcomes(
        db,
        of.map((key) => ({ key, outcome: make(), at: now })),
      );
    if (what === 'find') await find();
    if (what === 'queue')
      await markQueued(
        db,
        of.map((key) => ({ key, at: now, revisitAt: null })),
      );
    if (what === 'publish') await end(published);
    if (what === 'reject') await end(() => rejected);
    if (what === 'give up') for (const key of of) await giveUpLink(db, key, rejected, now);
    if (what === 'release') await releaseQueued(db, now);
    if (what === 'delete') await sql`delete from links where key = any(${[...of]}::text[])`.execute(db);
    if (what === 'roll back')
      await db
        .transaction()
        .execute(async (trx) => {
          await sql`delete from links`.execute(trx);
          throw new Error('no');
        })
        .catch(() => undefined);
    if (what === 'fold') await foldRowCounts(db, 0);
  }

  it('begin at zero after a truncation', async () => {
    await registerLinks(store.db, 'a', [{ key: 'k', link: { url: 'k', authors: [], categories: [] } }], now);
    await sql`truncate links`.execute(store.db);
    expect(await countLinks(store.db)).toEqual([]);
  });

  it('of outcomes count a link that was given up, and none that had an outcome', async () => {
    const at = new Date('2026-11-25T08:00:00Z');
    await registerLinks(store.db, 'g', [{ key: 'g', link: { url: 'g', authors: [], categories: [] } }], at);
    for (const _ of [1, 2]) await giveUpLink(store.db, 'g', { ...rejected, stage: 'ingest', reason: 'no-text' }, at);
    expect(await endsSince(store.db, new Date('2026-11-24T00:00:00Z'))).toEqual([
      { stage: 'ingest', outcome: 'rejected', reason: 'no-text', count: 1 },
    ]);
  });
});
