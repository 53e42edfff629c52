import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Link } from '../../src/domain/article.ts';
import type { IngestInput } from '../../src/ingest/ports.ts';
import { ingestStore } from '../../src/store/ingest.ts';
import {
  countOpen,
  countOutcomes,
  countTry,
  knownKeys,
  markQueued,
  openLinks,
  registerLinks,
  scheduleRevisit,
  storedLinks,
  writeOutcome,
  writeOutcomes,
} from '../../src/store/links.ts';
import { linksAt } from '../../src/store/read/operations.ts';
import { noticeChanges } from '../../src/store/revisits.ts';
import { syncSources } from '../../src/store/sources.ts';
import type { CanonicalUrl } from '../../src/text/canonical-url.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';
import { sourceWith } from '../support/source.ts';

const found = (key: string) => ({ key, link: { url: key, authors: [], categories: [] } });
const t0 = new Date('2026-11-22T08:00:00Z');
const later = (minutes: number) => new Date(t0.getTime() + minutes * 60_000);

describe('links', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openTestStore();
  });
  afterAll(() => store[Symbol.asyncDispose]());

  it('registers each link once, whoever finds it again', async () => {
    expect(await registerLinks(store.db, 'a', [found('u1'), found('u2'), found('u1')], t0)).toBe(2);
    expect(await registerLinks(store.db, 'b', [found('u2'), found('u3')], t0)).toBe(1);
    expect(await knownKeys(store.db, ['u1', 'u3', 'u4'])).toEqual(new Set(['u1', 'u3']));
  });

  it('gives open links to their source until they have an outcome', async () => {
    expect((await openLinks(store.db, 'a', { now: t0, limit: 10 })).map((link) => link.key)).toEqual(['u2', 'u1']);
    await writeOutcome(
      store.db,
      'u1',
      { kind: 'rejected', stage: 'extract', reason: 'too-short', detail: '12 words' },
      t0,
    );
    expect((await openLinks(store.db, 'a', { now: t0, limit: 10 })).map((link) => link.key)).toEqual(['u2']);
    expect(await countOpen(store.db, ['a', 'b'])).toBe(2);
    expect(await countOutcomes(store.db, ['a'], t0)).toEqual([{ outcome: 'rejected', reason: 'too-short', count: 1 }]);
  });

  it('keeps all that a listing says, and the address that was seen last', async () => {
    const said: Link = {
      url: 'https://www.a.example/1?x',
      title: 'T',
      authors: ['A'],
      categories: [],
      listing: 'https://a.example/feed',
    };
    await registerLinks(store.db, 'says', [{ key: 'says-1', link: said }, found('says-2')], t0);
    const links = async () =>
      new Map((await openLinks(store.db, 'says', { now: t0, limit: 9 })).map((one) => [one.key, one.link]));
    expect(await links()).toEqual(
      new Map<string, Link>([
        ['says-1', said],
        ['says-2', found('says-2').link],
      ]),
    );
    await sql`update links set listed = ${JSON.stringify({ ...said, url: 'https://a.example/before' })} where key = 'says-2'`.execute(
      store.db,
    );
    expect((await links()).get('says-2')?.url).toBe('https://a.example/before');
    await writeOutcome(store.db, 'says-1', { kind: 'updated', article: randomUUID() }, t0);
    const anew = { ...said, url: 'https://m.a.example/1', title: 'U', categories: ['C'] };
    expect(await noticeChanges(store.db, 'says', [{ key: 'says-1', link: anew }], later(1))).toBe(1);
    expect(
      (await openLinks(store.db, 'says', { now: later(2), limit: 9 })).find(({ key }) => key === 'says-1')?.link,
    ).toEqual(anew);
  });

  it('stores an address that is the key once, and gives it all the same', async () => {
    const key = 'https://a.example/as-it-is';
    const link = { url: key, authors: [], categories: [] };
    await registerLinks(store.db, 'plain', [{ key, link }], t0);
    expect((await store.pool.query('select url from links where key = $1', [key])).rows).toEqual([{ url: null }]);
    expect((await openLinks(store.db, 'plain', { now: t0, limit: 9 })).map((open) => open.link)).toEqual([link]);
    expect((await linksAt(store.db, key)).map(({ url }) => url)).toEqual([key]);
  });

  it('picks up what a dead worker left queued, and counts tries', async () => {
    await markQueued(store.db, [{ key: 'u2', at: t0, revisitAt: null }]);
    expect(await openLinks(store.db, 'a', { now: later(5), limit: 10 })).toEqual([]);
    expect((await openLinks(store.db, 'a', { now: later(31), limit: 10 })).map((link) => link.key)).toEqual(['u2']);
    expect(await countTry(store.db, 'u2', later(31))).toBe(1);
    expect(await countTry(store.db, 'u2', later(32))).toBe(2);
  });

  it('gives the newest first, and second looks beside them', async () => {
    const dated = (key: string, published?: string) => ({ key, link: { ...found(key).link, published } });
    await registerLinks(store.db, 'n', [found('old'), dated('older', '2026-11-01T00:00:00Z')], t0);
    await registerLinks(
      store.db,
      'n',
      [found('new'), dated('early', '2026-11-22T06:00:00Z'), dated('late', '2026-11-22T07:00:00Z')],
      later(5),
    );
    const keys = async (limit: number) =>
      (await openLinks(store.db, 'n', { now: later(10), limit })).map((link) => link.key);
    expect(await keys(10)).toEqual(['late', 'early', 'new', 'older', 'old']);
    await writeOutcome(store.db, 'old', { kind: 'updated', article: randomUUID() }, t0);
    await scheduleRevisit(store.db, 'old', later(9));
    expect(await keys(2)).toEqual(['late', 'early', 'old']);
    await writeOutcome(store.db, 'new', { kind: 'updated', article: randomUUID() }, t0);
    await scheduleRevisit(store.db, 'new', later(3));
    const changed = { ...found('new').link, updated: later(8).toISOString() };
    await noticeChanges(store.db, 'n', [{ key: 'new', link: changed }], later(10));
    expect(await keys(2)).toEqual(['late', 'early', 'new']);
    expect(await keys(9)).toEqual(['late', 'early', 'older', 'new', 'old']);
  });

  it('that wait for a source no longer crawled go to the one that finds them now', async () => {
    await syncSources(store.db, [sourceWith({ id: 'before' })]);
    await registerLinks(store.db, 'before', [found('shared'), found('done')], t0);
    await writeOutcome(store.db, 'done', { kind: 'rejected', stage: 'crawl', reason: 'gone' }, t0);
    expect(await registerLinks(store.db, 'after', [found('shared')], later(1))).toBe(0);
    await syncSources(store.db, [sourceWith({ id: 'after' })]);
    expect(await registerLinks(store.db, 'after', [found('shared'), found('done')], later(2))).toBe(1);
    expect((await openLinks(store.db, 'after', { now: later(2), limit: 10 })).map(({ key }) => key)).toEqual([
      'shared',
    ]);
  });

  it('are marked many at once, each with its own times, while their outcomes are written', async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `m${index}`);
    await registerLinks(store.db, 'many', keys.map(found), t0);
    const links = storedLinks(store.db);
    const outcome = { kind: 'rejected', stage: 'ingest', reason: 'store' } as const;
    const ended = keys.filter((_, index) => index % 2 === 0);
    await Promise.all([
      ...keys.map((key, index) => links.markQueued(key, later(index), index === 3 ? null : later(100 + index))),
      ...[ended, ended.toReversed()].map((some) =>
        writeOutcomes(
          store.db,
          some.map((key) => ({ key, outcome, at: later(500) })),
        ),
      ),
    ]);
    const rows = await store.db.selectFrom('links').selectAll().where('source', '=', 'many').execute();
    const byKey = new Map(rows.map((row) => [row.key, row]));
    keys.forEach((key, index) => {
      const isEnded = index % 2 === 0;
      expect(byKey.get(key)).toMatchObject({
        state: isEnded ? 'done' : 'queued',
        outcome: isEnded ? 'rejected' : null,
        changed_at: isEnded ? later(500) : later(index),
        revisit_at: index === 3 ? null : later(100 + index),
      });
    });
  });

  it('locks all links of a batch of articles together, so that batch and crawl never wait for each other', async () => {
    await registerLinks(store.db, 'batch', ['b1', 'b2'].map(found), t0);
    const outcome = { kind: 'rejected', stage: 'ingest', reason: 'store' } as const;
    const input = { now: later(1).toISOString() } as IngestInput;
    const marked = await ingestStore(store).batch(async (batch) => {
      batch.end('b2' as CanonicalUrl, outcome, input);
      // What is asked or written in between must find the articles so far.
      await batch.changedStories();
      const marking = markQueued(
        store.db,
        ['b1', 'b2'].map((key) => ({ key, at: later(2), revisitAt: null })),
      ).then(
        () => 'marked',
        (error: Error) => error.message,
      );
      await sleep(300);
      batch.end('b1' as CanonicalUrl, outcome, input);
      return { marking };
    });
    expect(await marked.marking).toBe('marked');
    const rows = await store.db.selectFrom('links').select('state').where('source', '=', 'batch').execute();
    expect(rows.map(({ state }) => state)).toEqual(['done', 'done']);
  });

  it('offers a published link again when its revisit is due, and does not take its outcome away', async () => {
    const isOffered = async () =>
      (await openLinks(store.db, 'a', { now: later(61), limit: 10 })).some((link) => link.key === 'u1' && link.revisit);
    await scheduleRevisit(store.db, 'u1', later(60));
    expect(await isOffered()).toBe(false);
    await writeOutcome(store.db, 'u1', { kind: 'updated', article: randomUUID() }, t0);
    expect(await isOffered()).toBe(true);
    await markQueued(store.db, [{ key: 'u1', at: later(61), revisitAt: later(90) }]);
    expect(await countOutcomes(store.db, ['a'], t0)).toEqual([{ outcome: 'updated', reason: null, count: 1 }]);
    await scheduleRevisit(store.db, 'u1', null);
    expect(await isOffered()).toBe(false);
  });
});
