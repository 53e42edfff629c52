import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPost } from '../../src/app/post.ts';
import { readSettings } from '../../src/domain/settings.ts';
import { openQueues, type Queues } from '../../src/queue/queues.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { startPublishWorker } from '../../workers/publish.ts';
import { ingestTestArticle } from '../support/articles.ts';
import { openTestDatabase, type TestDatabase } from '../support/postgres.ts';

interface Told {
  readonly path: string;
  readonly type: string | undefined;
  readonly body: string;
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
    if (refused === undefined) told.push({ path: request.url ?? '', type: request.headers['content-type'], body });
    response.writeHead(refused ?? 204).end();
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
    await drainUntil(() => receiver.told.length === 2);
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
});
