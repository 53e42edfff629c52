import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  markFailed,
  markTold,
  nextEvents,
  openTarget,
  pruneEvents,
  type StoreEvent,
  storeVersion,
  writeEvent,
} from '../../src/store/events.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

/** Later than the clock: a target is told from the moment on at which it is first named. */
const now = new Date('2126-11-22T08:00:00Z');
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe('events', () => {
  let store: TestStore;
  const published = async () => {
    const article = randomUUID();
    await writeEvent(store.db, 'published', article, now);
    return article;
  };
  // Transactions of other test files on the same server hold the horizon back for a moment.
  const told = async (target: string, at: Date, count: number): Promise<StoreEvent[]> => {
    for (;;) {
      const events = await nextEvents(store.db, target, at);
      if (events.length >= count) return events;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  beforeAll(async () => {
    store = await openTestStore();
  });
  afterAll(() => store[Symbol.asyncDispose]());

  it('tells a target what happens after it was first named, in order, until it is told', async () => {
    await published();
    await openTarget(store.db, 'hook');
    const articles = [await published(), await published()];
    const events = await told('hook', now, 2);
    expect(events.map((event) => event.article)).toEqual(articles);
    await markTold(store.db, 'hook', events[0] as StoreEvent, new Date());
    expect((await told('hook', now, 1)).map((event) => event.article)).toEqual(articles.slice(1));
    await openTarget(store.db, 'hook');
    expect((await told('hook', now, 1)).map((event) => event.article)).toEqual(articles.slice(1));
  });

  it('never lets an event slip in behind one that was given out', async () => {
    await openTarget(store.db, 'strict');
    const client = await store.pool.connect();
    try {
      await client.query('begin');
      const early = randomUUID();
      await client.query(`insert into events (at, kind, article) values ($1, 'published', $2)`, [now, early]);
      const late = await published();
      expect(await nextEvents(store.db, 'strict', now)).toEqual([]);
      await client.query('commit');
      expect((await told('strict', now, 2)).map((event) => event.article)).toEqual([early, late]);
    } finally {
      client.release();
    }
  });

  it('leaves a failing target alone for longer and longer, and others in peace', async () => {
    await openTarget(store.db, 'dead');
    await openTarget(store.db, 'alive');
    await published();
    await told('dead', now, 1);
    await markFailed(store.db, 'dead', 'connection refused', now);
    expect(await nextEvents(store.db, 'dead', inSeconds(9))).toEqual([]);
    await told('dead', inSeconds(10), 1);
    await markFailed(store.db, 'dead', 'connection refused', now);
    expect(await nextEvents(store.db, 'dead', inSeconds(19))).toEqual([]);
    await told('dead', inSeconds(20), 1);
    await told('alive', now, 1);
  });

  it('gives a new version with every event, also with one that commits late', async () => {
    const versions = [await storeVersion(store.db)];
    const client = await store.pool.connect();
    try {
      await client.query('begin');
      await client.query(`insert into events (at, kind, article) values ($1, 'updated', $2)`, [now, randomUUID()]);
      versions.push(await storeVersion(store.db));
      expect(versions[1]).toBe(versions[0]);
      await published();
      versions.push(await storeVersion(store.db));
      await client.query('commit');
      versions.push(await storeVersion(store.db));
    } finally {
      client.release();
    }
    expect(new Set(versions).size).toBe(3);
  });

  it('forgets old events', async () => {
    expect(await pruneEvents(store.db, inSeconds(-1))).toBe(0);
    expect(await pruneEvents(store.db, inSeconds(1))).toBeGreaterThan(0);
  });
});
