import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Recipient } from '../../src/domain/channel.ts';
import { type Alert, noteAlerts, openAlerts } from '../../src/store/alerts.ts';
import { publicationLag, sourceFacts, wireRhythm } from '../../src/store/read/alert-facts.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';
import { writeArticle, writeSources } from '../web/wire.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const at = (minutes: number): Date => new Date(Date.UTC(2026, 10, 29, 12, minutes));
const disk: Alert = { kind: 'disk', subject: '', message: 'The disk is full' };
const silent: Alert = { kind: 'silent', subject: 'paper', message: 'Paper is silent' };
const recipients: Recipient[] = [{ channel: 'email', address: 'ops@site.example' }];
const note = (found: readonly Alert[], now: Date, quiet = false) =>
  noteAlerts(store.db, found, {
    ...{ now, quiet, recipients },
    describe: (raised, resolved) => ({
      title: [...raised.map((one) => `+${one.kind}`), ...resolved.map((one) => `-${one.kind}`)].join(' '),
      lines: [],
      items: [],
    }),
  });
const told = async () =>
  (await store.db.selectFrom('messages').select('notice').orderBy('created_at').execute()).map(
    ({ notice }) => notice.title,
  );

describe('alerts in the store', () => {
  it('are told once, whoever looks, and once when they are over', async () => {
    const both = await Promise.all([note([disk], at(0)), note([disk], at(0)), note([disk], at(0))]);
    expect(both.flatMap(({ raised }) => raised)).toHaveLength(1);
    await note([{ ...disk, message: 'The disk is fuller' }, silent], at(1));
    expect(await openAlerts(store.db)).toMatchObject([
      { ...disk, message: 'The disk is fuller', since: at(0) },
      silent,
    ]);
    await note([silent], at(2));
    // It came back before anybody was told that it was over.
    await note([disk, silent], at(4));
    await note([silent], at(5));
    await note([silent], at(9));
    expect(await told()).toEqual(['+disk', '+silent']);
    await note([silent], at(10));
    expect(await told()).toEqual(['+disk', '+silent', '-disk']);
    expect((await openAlerts(store.db)).map(({ kind }) => kind)).toEqual(['silent']);
  });

  it('wait in quiet hours: what is over by then is not told at all', async () => {
    await note([disk], at(20), true);
    await note([disk], at(30), true);
    expect(await told()).toHaveLength(3);
    await note([], at(40), true);
    await note([], at(46), true);
    // The one that was told before stays open until somebody may be told that it is over.
    expect((await openAlerts(store.db)).map(({ kind }) => kind)).toEqual(['silent']);
    await note([], at(50));
    expect((await told()).at(-1)).toBe('-silent');
    await note([disk], at(51), true);
    await note([disk], at(52));
    expect((await told()).at(-1)).toBe('+disk');
    expect(await told()).toHaveLength(5);
  });

  it('rest on the rhythm, the texts and the rejections of each source', async () => {
    const { db } = store;
    const now = new Date();
    const ago = (hours: number): Date => new Date(now.getTime() - hours * 3600_000);
    await writeSources(db, [{ id: 'paper', name: 'Paper' }]);
    const words = (count: number): string =>
      Array.from({ length: count }, (_, index) => `word${index * 7919}`).join(' ');
    for (const hours of [100, 99, 98, 72, 71])
      await writeArticle(db, { source: 'paper', seenAt: ago(hours), text: `${hours} ${words(400)}` });
    await writeArticle(db, { source: 'paper', seenAt: ago(2), published: ago(4), text: words(80) });
    const [paper] = await sourceFacts(db, now);
    expect(paper).toMatchObject({ id: 'paper', state: null, texts: 1, textsBefore: 5 });
    expect(paper?.size ?? 0).toBeLessThan((paper?.sizeBefore ?? 0) / 2);
    const wire = await wireRhythm(db, now);
    expect([wire.hours, wire.pauses.map(Math.round)]).toEqual([6, [69, 26]]);
    expect(await publicationLag(db, now)).toEqual({ articles: 1, minutes: 120 });
  });
});
