import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPost } from '../../src/app/post.ts';
import { readSettings } from '../../src/domain/settings.ts';
import { openQueues, type Queues } from '../../src/queue/queues.ts';
import { forgetHub } from '../../src/store/hub.ts';
import { startDeliverWorker } from '../../workers/deliver.ts';
import { startPublishWorker } from '../../workers/publish.ts';
import { openReceiver, type Receiver } from '../support/receiver.ts';
import { label, openTestWire, type TestWire, writeArticle, writeSources } from './wire.ts';

let wire: TestWire;
let queues: Queues;
let subscriber: Receiver;
const close: (() => Promise<unknown>)[] = [];
const port = 20_000 + Math.floor(Math.random() * 20_000);
const base = `http://127.0.0.1:${port}/wire`;
const topic = `${base}/region/RS/feed.xml`;
const log = pino({ level: 'silent' });

/** A subscriber that wants what it is asked, and is told how it answers news. */
let answerNews = 200;
const wants = ({ method, path }: { method: string; path: string }) => {
  if (method === 'POST') return { status: answerNews };
  return { status: 200, body: new URL(path, 'http://x').searchParams.get('hub.challenge') ?? '' };
};

beforeAll(async () => {
  subscriber = await openReceiver();
  subscriber.answer = wants;
  const env = { PORT: String(port), PUBLIC_URL: base, PRIVATE_TARGETS: '1' };
  wire = await openTestWire(env);
  const { store } = wire;
  await writeSources(store.db, [{ id: 'paper', name: 'Paper' }]);
  queues = await openQueues({ databaseUrl: store.url, prefix: `${store.schema}_q` });
  const settings = readSettings(env);
  const reach = openPost(settings);
  const deliver = startDeliverWorker({ store, queues, settings, log, reach });
  const publish = await startPublishWorker({ store, queues, settings, log, post: reach.send });
  close.push(
    () => publish.close(),
    () => deliver.close(),
    () => reach.close(),
  );
});
afterAll(async () => {
  for (const end of close) await end();
  await queues.close();
  await subscriber[Symbol.asyncDispose]();
  await wire[Symbol.asyncDispose]();
});

const ask = async (fields: Record<string, string>) => {
  const hub = { mode: 'subscribe', topic, callback: `${subscriber.url}/callback?mine=1`, ...fields };
  const body = new URLSearchParams(
    Object.entries(hub).map(([name, value]): [string, string] => [`hub.${name}`, value]),
  );
  const answer = await fetch(`${base}/hub`, { method: 'POST', body });
  return { status: answer.status, text: await answer.text() };
};
const got = (method: string, path = '/callback') =>
  subscriber.received.filter((one) => one.method === method && one.path.startsWith(path));
const questions = (path?: string) => got('GET', path).map((one) => new URL(one.path, 'http://x').searchParams);
const until = async (done: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await done())) await sleep(50);
};
const publish = () => queues.add('publish', 'drain', {}, { again: true });
const subscriptions = () => wire.store.pool.query(`select * from ${wire.store.schema}.hub_subscriptions`);

describe('the wire’s own hub', () => {
  it('stands in the feeds only when it was reached at its public address', async () => {
    const links = async () => (await fetch(`${base}/feed.xml`)).headers.get('link');
    expect(await links()).not.toContain('rel="hub"');
    await queues.add('deliver', 'check', { look: 'check' });
    const state = async () => (await wire.store.pool.query(`select error from ${wire.store.schema}.hub_state`)).rows;
    await until(async () => (await state()).length > 0);
    expect(await state()).toEqual([{ error: null }]);
    expect(await (await fetch(`${base}/hub`)).text()).toMatch(/^WebSub hub/);
  });

  it('asks the callback whether it wants that, and sends the signed feed when something is new in it', async () => {
    expect(await ask({ secret: 'geheim', lease_seconds: '600' })).toMatchObject({ status: 202 });
    await until(async () => (await subscriptions()).rowCount === 1);
    const [question] = questions();
    expect(Object.fromEntries(question ?? [])).toMatchObject({
      mine: '1',
      'hub.mode': 'subscribe',
      'hub.topic': topic,
      'hub.lease_seconds': '600',
    });
    expect(question?.get('hub.challenge')).toMatch(/^[\w-]{32}$/);

    await writeArticle(wire.store.db, { title: 'Elsewhere', countries: [label('HR')] });
    await writeArticle(wire.store.db, { title: 'A bridge opens', countries: [label('RS')] });
    await until(async () => {
      await publish();
      return got('POST').length > 0;
    });
    const [news] = got('POST');
    expect(news?.headers['content-type']).toBe('application/rss+xml; charset=utf-8');
    expect(news?.headers.link).toBe(`<${base}/hub>; rel="hub", <${topic}>; rel="self"`);
    expect(news?.body).toContain('A bridge opens');
    expect(news?.body).not.toContain('Elsewhere');
    expect(news?.headers['x-hub-signature']).toBe(
      `sha256=${createHmac('sha256', 'geheim')
        .update(news?.body ?? '')
        .digest('hex')}`,
    );
  });

  it('tries again when the subscriber does not take it, once for all that is new by then', async () => {
    const before = got('POST').length;
    answerNews = 503;
    await writeArticle(wire.store.db, { title: 'A second bridge', countries: [label('RS')] });
    await until(async () => {
      await publish();
      return got('POST').length > before;
    });
    await writeArticle(wire.store.db, { title: 'A third bridge', countries: [label('RS')] });
    answerNews = 200;
    await until(async () => {
      await publish();
      await sleep(200);
      return got('POST').at(-1)?.body.includes('A third bridge') === true;
    });
    expect(got('POST').at(-1)?.body).toContain('A second bridge');
  });

  it('ends a subscription that the callback wants ended, or that answers 410, or whose lease is over', async () => {
    await ask({ mode: 'unsubscribe' });
    await until(async () => (await subscriptions()).rowCount === 0);
    await ask({});
    await until(async () => (await subscriptions()).rowCount === 1);
    answerNews = 410;
    await writeArticle(wire.store.db, { title: 'Gone', countries: [label('RS')] });
    await until(async () => {
      await publish();
      return (await subscriptions()).rowCount === 0;
    });
    answerNews = 200;
    await ask({ lease_seconds: '300' });
    await until(async () => (await subscriptions()).rowCount === 1);
    await forgetHub(wire.store.db, new Date(Date.now() + 299_000));
    expect((await subscriptions()).rowCount).toBe(1);
    await forgetHub(wire.store.db, new Date(Date.now() + 301_000));
    expect((await subscriptions()).rowCount).toBe(0);
  });

  it('subscribes nobody who did not ask: another’s callback does not give the challenge back', async () => {
    const asked = questions('/victim').length;
    subscriber.answer = (one) => (one.path.startsWith('/victim') ? { status: 200, body: 'hello' } : wants(one));
    await ask({ callback: `${subscriber.url}/victim` });
    await until(() => questions('/victim').length > asked);
    await sleep(200);
    expect((await subscriptions()).rowCount).toBe(0);
    subscriber.answer = wants;
  });

  it('denies what is no feed of the wire, and says why', async () => {
    expect(
      (await ask({ topic: `${base}/region/atlantis/feed.xml`, callback: `${subscriber.url}/denied` })).status,
    ).toBe(202);
    await until(() => questions('/denied').length > 0);
    const [denied] = questions('/denied');
    expect([denied?.get('hub.mode'), denied?.get('hub.topic')]).toEqual(['denied', `${base}/region/atlantis/feed.xml`]);
    expect(denied?.get('hub.reason')).toContain("'atlantis' is not known here");
  });

  it.each([
    [{ mode: 'publish' }, "'hub.mode' is subscribe or unsubscribe"],
    [{ topic: 'https://elsewhere.example/feed.xml' }, "'hub.topic' is the address of a feed of this wire"],
    [{ callback: 'javascript:alert(1)' }, "'hub.callback' is an http(s) address"],
    [{ callback: 'https://name:secret@site.example/' }, 'without name, password'],
    [{ secret: 'x'.repeat(200) }, "'hub.secret' has 199 bytes at most"],
    [{ lease_seconds: 'ever' }, "'hub.lease_seconds' is a whole number"],
  ])('refuses %j in words', async (fields, words) => {
    const { status, text } = await ask(fields);
    expect([status, text.includes(words)]).toEqual([400, true]);
  });

  it('lets no host be asked more than 60 times an hour', async () => {
    const results = await Promise.all(Array.from({ length: 70 }, () => ask({ callback: 'http://flood.example/' })));
    const statuses = new Set(results.map(({ status }) => status));
    expect([...statuses].sort()).toEqual([202, 429]);
    expect(results.find(({ status }) => status === 429)?.text).toContain('asked too often');
    const { rows } = await wire.store.pool.query(
      `select count(*)::int as count from ${wire.store.schema}.hub_requests where host = 'flood.example'`,
    );
    expect(rows[0].count).toBeLessThan(70);
    await wire.store.pool.query(
      `update ${wire.store.schema}.hub_requests set done_at = now() where host = 'flood.example'`,
    );
  });
});

describe('another hub, or none', () => {
  it.each([
    ['HUB_URL without PUBLIC_URL', { HUB_URL: 'https://hub.example/' }, null],
    [
      'HUB_URL and PUBLIC_URL',
      { HUB_URL: 'https://hub.example/', PUBLIC_URL: 'https://wire.example' },
      '<https://hub.example/>; rel="hub"',
    ],
    ['neither', {}, null],
  ])('%s', async (_name, env, hub) => {
    await using other = await openTestWire(env);
    const link = (await fetch(`${other.url}/feed.xml`)).headers.get('link') ?? '';
    expect(hub === null ? link.includes('rel="hub"') : link.includes(hub)).toBe(hub !== null);
    expect((await fetch(`${other.url}/hub`, { method: 'POST' })).status).toBe(404);
  });
});
