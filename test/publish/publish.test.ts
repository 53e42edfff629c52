import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPost } from '../../src/app/post.ts';
import { readSettings } from '../../src/domain/settings.ts';
import { openQueues, type Queues } from '../../src/queue/queues.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { deliveryStates } from '../../src/store/read/operations.ts';
import { startPublishWorker } from '../../workers/publish.ts';
import { ingestTestArticle } from '../support/articles.ts';
import { openTestDatabase, type TestDatabase } from '../support/postgres.ts';

interface Told {
  readonly path: string;
  readonly type: string | undefined;
  readonly body: string;
  readonly id: string | undefined;
  readonly time: string | undefined;
  readonly signature: string | undefined;
  readonly agent: string | undefined;
}

/** A real receiver on loopback that can be told to refuse. */
async function openReceiver(): Promise<{
  url: string;
  told: Told[];
  refuse(status: number | undefined): void;
  server: Server;
}> {
  const told: Told[] = [];
  let refused: number | undefined;
  const server = createServer(async (request, response) => {
    const body = (await Array.fromAsync(request)).join('');
    const header = (name: string) => request.headers[name]?.toString();
    if (refused === undefined)
      told.push({
        path: request.url ?? '',
        type: header('content-type'),
        body,
        id: header('webhook-id'),
        time: header('webhook-timestamp'),
        signature: header('webhook-signature'),
        agent: header('user-agent'),
      });
    response.writeHead(refused ?? 204, refused === 307 ? { location: '/elsewhere' } : {}).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    told,
    server,
    refuse(status) {
      refused = status;
    },
  };
}

describe('publish', () => {
  let database: TestDatabase;
  let store: Store;
  let queues: Queues;
  let receiver: Awaited<ReturnType<typeof openReceiver>>;
  const log = pino({ level: 'silent' });

  beforeAll(async () => {
    database = await openTestDatabase();
    store = await openStore(database.url);
    queues = await openQueues({ databaseUrl: database.url });
    receiver = await openReceiver();
  });
  afterAll(async () => {
    receiver.server.close();
    await queues.close();
    await store.close();
    await database[Symbol.asyncDispose]();
  });

  it('tells webhooks and the hub each article once, in order, also after a refusal', async () => {
    const settings = readSettings({
      WEBHOOKS: `${receiver.url}/hook`,
      HUB_URL: `${receiver.url}/hub`,
      PUBLIC_URL: 'https://wire.example',
      PRIVATE_TARGETS: '1',
    });
    const post = openPost(settings);
    let worker = await startPublishWorker({ store, queues, settings, log, post: post.send });
    // As the tick does: what an open transaction of somebody else holds back is told by a later round.
    const drainUntil = async (done: () => boolean | Promise<boolean>) => {
      while (!(await done())) {
        await queues.add('publish', 'drain', {}, { again: true });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    const hooks = () => receiver.told.filter((one) => one.path === '/hook').map((one) => JSON.parse(one.body));

    await ingestTestArticle(store, {
      url: 'https://a.example/1',
      title: 'Bridge opens',
      text: 'The bridge opened at noon.',
      countries: ['RS'],
    });
    await drainUntil(() => receiver.told.length >= 2);
    expect(hooks()[0]).toMatchObject({
      event: 'published',
      article: { url: 'https://a.example/1', title: 'Bridge opens' },
    });
    expect(hooks()[0].article.text).toBeUndefined();
    const hub = new URLSearchParams(receiver.told.find((one) => one.path === '/hub')?.body);
    expect(hub.get('hub.mode')).toBe('publish');
    expect(hub.getAll('hub.url')).toContain('https://wire.example/feed.xml');
    expect(hub.getAll('hub.url')).toContain('https://wire.example/region/RS/feed.json');

    // A receiver that refuses keeps its place; a new worker goes on where the last one stopped.
    receiver.refuse(503);
    await ingestTestArticle(store, {
      url: 'https://a.example/2',
      title: 'Second',
      text: 'A second report about the harvest of plums.',
    });
    const failures = async () =>
      (await store.db.selectFrom('deliveries').select('failures').execute()).map((row) => row.failures);
    await drainUntil(async () => (await failures()).every((count) => count > 0));
    await worker.close();
    receiver.refuse(undefined);
    await store.db
      .updateTable('deliveries')
      .set({ next_try_at: new Date(0) })
      .execute();
    worker = await startPublishWorker({ store, queues, settings, log, post: post.send });
    await drainUntil(() => hooks().length === 2);
    await worker.close();
    expect(hooks().map((one) => one.article.title)).toEqual(['Bridge opens', 'Second']);
  });

  it('tells one by one, so that a target which fails now and then is not told everything again', async () => {
    const settings = readSettings({
      WEBHOOKS: `${receiver.url}/now-and-then`,
      PRIVATE_TARGETS: '1',
      WEBHOOK_SECRET: 'whsec_c2VjcmV0',
    });
    const post = openPost(settings);
    let asked = 0;
    const worker = await startPublishWorker({
      store,
      queues,
      settings,
      log,
      async post(url, headers, body, signal) {
        // Every fourth answer is lost on the way back: the receiver has the event, and hears it again.
        await post.send(url, headers, body, signal);
        if (++asked % 4 === 0) throw new Error('the connection broke');
      },
    });
    const wanted = Array.from({ length: 8 }, (_, index) => `Catch-up ${index}`);
    for (const [index, title] of wanted.entries())
      await ingestTestArticle(store, {
        url: `https://c.example/${index}`,
        title,
        text: `Catch-up ${index * 7919} of ${index * 104729} barges.`,
      });
    const heard = () => receiver.told.filter((one) => one.path === '/now-and-then');
    while (new Set(heard().map((one) => one.id)).size < wanted.length) {
      await queues.add('publish', 'drain', {}, { again: true });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await worker.close();
    await post.close();
    const first = heard().filter((one, index, all) => all.findIndex((other) => other.id === one.id) === index);
    expect(first.map((one) => JSON.parse(one.body).article.title)).toEqual(wanted);
    expect(heard().length - wanted.length).toBeLessThanOrEqual(Math.ceil(asked / 4));
    for (const { id, time, body, signature, agent } of heard()) {
      const hmac = createHmac('sha256', 'secret').update(`${id}.${time}.${body}`).digest('base64');
      expect([signature, agent]).toEqual([`v1,${hmac}`, settings.USER_AGENT]);
    }
  });

  it('sets aside what a target alone refuses, and keeps its place where the target takes nothing', {
    timeout: 90_000,
  }, async () => {
    const target = `webhook ${receiver.url}/picky`;
    const settings = readSettings({ WEBHOOKS: `${receiver.url}/picky`, PRIVATE_TARGETS: '1' });
    const post = openPost(settings);
    let refused = /Poisoned|Healthy/;
    const worker = await startPublishWorker({
      store,
      queues,
      settings,
      log,
      async post(url, headers, body, signal) {
        if (refused.test(String(body))) throw new Error('picky answered 422');
        await post.send(url, headers, body, signal);
      },
    });
    const state = async () => (await deliveryStates(store.db)).find((one) => one.target === target);
    const drainUntil = async (done: () => Promise<boolean>) => {
      while (!(await done())) {
        await queues.add('publish', 'drain', {}, { again: true });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    /** As after an hour and a half of tries. */
    const tire = (failures = 9) =>
      store.db
        .updateTable('deliveries')
        .set({ failures, next_try_at: new Date(0) })
        .where('target', '=', target)
        .execute();
    for (const [index, title] of ['Early bird', 'Poisoned well', 'Healthy harvest'].entries())
      await ingestTestArticle(store, {
        url: `https://d.example/${index}`,
        title,
        text: `A report of ${index * 7919 + 11} apples and ${index * 104729 + 13} pears.`,
      });
    const heard = () =>
      receiver.told.filter((one) => one.path === '/picky').map((one) => JSON.parse(one.body).article.title);
    await drainUntil(async () => heard().length > 0 && (await state())?.failures === 1);
    await tire();
    await drainUntil(async () => (await state())?.failures === 10);
    expect(await state()).toMatchObject({ setAside: 0, lastError: 'picky answered 422' });

    // Until it was tried often enough, nothing overtakes it.
    refused = /Poisoned/;
    await tire(0);
    await drainUntil(async () => (await state())?.failures === 1);
    expect(heard()).toEqual(['Early bird']);
    await tire();
    await drainUntil(async () => heard().length >= 2);
    await drainUntil(async () => (await state())?.setAside === 1);
    expect([heard(), await state()]).toMatchObject([
      ['Early bird', 'Healthy harvest'],
      { failures: 0, setAside: 1, setAsideError: 'picky answered 422' },
    ]);

    refused = /never/;
    await store.db
      .updateTable('set_aside')
      .set({ next_try_at: new Date(0) })
      .execute();
    await drainUntil(async () => (await state())?.setAside === 0);
    expect(heard()).toEqual(['Early bird', 'Healthy harvest', 'Poisoned well']);
    await worker.close();
    await post.close();
  });

  it('follows no redirect and reaches no private address unless that is allowed', async () => {
    const signal = AbortSignal.timeout(20_000);
    const open = openPost(readSettings({ PRIVATE_TARGETS: '1' }));
    receiver.refuse(307);
    await expect(open.send(`${receiver.url}/moved`, {}, '{}', signal)).rejects.toThrow(
      /307: redirects are not followed/,
    );
    receiver.refuse(undefined);
    await open.send(`${receiver.url}/here`, {}, '{}', signal);
    await open.close();
    const closed = openPost(readSettings({}));
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '169.254.169.254', '10.0.0.1'])
      await expect(closed.send(`http://${host}:9/`, {}, '{}', signal)).rejects.toThrow(
        /private address.*PRIVATE_TARGETS=1/,
      );
    await closed.close();
  });
});
