import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPost } from '../../src/app/post.ts';
import { readRecipient, shownAddress } from '../../src/domain/channel.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { readSettings } from '../../src/domain/settings.ts';
import { openQueues, type Queues } from '../../src/queue/queues.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { channelStates, dueMessages, writeMessages } from '../../src/store/messages.ts';
import { startDeliverWorker } from '../../workers/deliver.ts';
import { openTestMailServer, type TestMailServer } from '../support/mail.ts';
import { openTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { openReceiver, type Receiver } from '../support/receiver.ts';
import { writeSources } from '../web/wire.ts';

const notice: Notice = {
  title: 'Voda na Dunavu <raste> & pada\r\nBcc: x@evil.example',
  lines: ['Two articles since noon.'],
  items: [
    {
      title: 'Мост је отворен "данас"',
      url: 'https://wire.example/article/1',
      outlet: 'Paper & Co',
      at: '2026-11-28T08:00:00.000Z',
      lang: 'sr',
      summary: 'Прва кола су прешла.',
    },
  ],
  link: { text: 'See all of it', url: 'https://wire.example/search?q=most' },
  unsubscribe: 'https://wire.example/unsubscribe/token',
};

let database: TestDatabase;
let store: Store;
let queues: Queues;
let mail: TestMailServer;
let receiver: Receiver;
const log = pino({ level: 'silent' });

beforeAll(async () => {
  database = await openTestDatabase();
  store = await openStore(database.url);
  queues = await openQueues({ databaseUrl: database.url });
  mail = await openTestMailServer();
  receiver = await openReceiver();
});
afterAll(async () => {
  await mail[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  await queues.close();
  await store.close();
  await database[Symbol.asyncDispose]();
});

/** A worker that delivers what is written while it runs. */
async function openWorker(env: Record<string, string> = {}) {
  const settings = readSettings({
    SMTP_URL: mail.url,
    MAIL_FROM: 'Wire <wire@wire.example>',
    PRIVATE_TARGETS: '1',
    ...env,
  });
  const post = openPost(settings);
  const worker = startDeliverWorker({ store, queues, settings, log, reach: post });
  return {
    async [Symbol.asyncDispose]() {
      await worker.close();
      await post.close();
    },
  };
}

async function send(messages: Parameters<typeof writeMessages>[1]): Promise<string[]> {
  const ids = await writeMessages(store.db, messages, new Date());
  for (const message of ids) await queues.add('deliver', message, { message });
  return ids;
}

const stateOf = async (id = '') =>
  store.db
    .selectFrom('messages')
    .select(['state', 'tries', 'last_error'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) await sleep(50);
}

describe('a recipient', () => {
  it.each([
    ['ops@site.example', 'email', 'ops@site.example'],
    ['ntfy:https://ntfy.example/wire', 'ntfy', 'https://ntfy.example/wire'],
    ['https://hooks.example/T0/secret', 'webhook', 'https://hooks.example/T0/secret'],
  ])('is read from %s', (text, channel, address) => expect(readRecipient(text)).toEqual({ channel, address }));

  it.each([
    'ops',
    'ntfy:ops@site.example',
    'ntfy:https://ntfy.example/',
    'ftp://x.example/',
    'a@b@c.example',
    'a@x.example\r\nBcc: b@x.example',
  ])('is not read from %j', (text) => expect(readRecipient(text)).toBeUndefined());

  it('is shown without what opens it', () => {
    expect(shownAddress('https://name:secret@hooks.example/T0/secret?key=1')).toBe('https://hooks.example/…');
    expect(shownAddress('ops@site.example')).toBe('ops@site.example');
  });
});

describe('delivery', () => {
  it('tells mail, ntfy and a webhook, once', async () => {
    await using _worker = await openWorker({ WEBHOOK_SECRET: 'whsec_c2VjcmV0' });
    const to = (key: string, channel: 'email' | 'ntfy' | 'webhook', address: string) => ({
      key,
      channel,
      address,
      notice,
    });
    const topic = receiver.url.replace('http://', 'http://:tk_token@');
    const all = [
      to('1', 'email', 'anna@reader.example'),
      to('2', 'ntfy', `${topic}/below/wire-news`),
      to('3', 'webhook', `${receiver.url}/hook`),
    ] as const;
    const ids = await send(all);
    expect(await send(all)).toEqual([]);
    await until(async () => (await dueMessages(store.db, new Date())).length === 0);
    for (const id of ids) expect(await stateOf(id)).toMatchObject({ state: 'sent', tries: 1, last_error: null });

    const [received] = mail.mails;
    expect([mail.mails.length, received?.to]).toEqual([1, 'anna@reader.example']);
    const raw = received?.raw ?? '';
    expect(raw).toContain('From: Wire <wire@wire.example>');
    expect(raw).toMatch(/^Message-ID: <[\w-]{36}@wire\.example>/m);
    expect(raw).toContain('List-Unsubscribe: <https://wire.example/unsubscribe/token>');
    expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(raw).toMatch(/Content-Type: text\/plain[\s\S]*Content-Type: text\/html/);
    expect(raw.split('\r\n\r\n', 1)[0]).not.toMatch(/^Bcc:/im);
    expect(raw).toContain('&lt;raste&gt; &amp;');

    const ntfy = receiver.received.find(({ path }) => path === '/below/');
    expect(ntfy?.headers.authorization).toBe(`Basic ${Buffer.from(':tk_token').toString('base64')}`);
    expect(JSON.parse(ntfy?.body ?? '')).toMatchObject({
      topic: 'wire-news',
      click: notice.link?.url,
      title: notice.title,
    });
    expect(JSON.parse(ntfy?.body ?? '').message).toContain('Мост је отворен');

    const hook = receiver.received.find(({ path }) => path === '/hook');
    const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = hook?.headers ?? {};
    const hmac = createHmac('sha256', 'secret').update(`${id}.${time}.${hook?.body}`).digest('base64');
    expect([id, signature]).toEqual([ids[2], `v1,${hmac}`]);
    expect(JSON.parse(hook?.body ?? '')).toMatchObject({ id: ids[2], title: notice.title, items: notice.items });
  });

  it('tries again when the mail server is down, says so meanwhile, and loses nothing', async () => {
    await using _worker = await openWorker();
    const { port } = mail;
    await mail[Symbol.asyncDispose]();
    const [id] = await send([{ key: 'down', channel: 'email', address: 'anna@reader.example', notice }]);
    await until(async () => (await stateOf(id)).tries > 0);
    expect(await stateOf(id)).toMatchObject({ state: 'waiting' });
    const [email] = await channelStates(store.db, new Date());
    expect(email).toMatchObject({ channel: 'email', waiting: 1, failed: 0 });
    expect(email?.lastError).toMatch(/The mail server 127\.0\.0\.1:\d+ cannot be reached: .*ECONNREFUSED/);
    mail = await openTestMailServer(port);
    await until(async () => (await stateOf(id)).state === 'sent');
    expect(mail.mails.map(({ to }) => to)).toEqual(['anna@reader.example']);
  });

  it('does not ask again what was refused for good, and says why', async () => {
    await using _worker = await openWorker({ PRIVATE_TARGETS: '' });
    mail.refused.add('gone@reader.example');
    const [mailed, hooked] = await send([
      { key: 'gone', channel: 'email', address: 'gone@reader.example', notice },
      { key: 'private', channel: 'webhook', address: `${receiver.url}/hook`, notice },
    ]);
    await until(async () => (await stateOf(mailed)).state === 'failed' && (await stateOf(hooked)).tries > 0);
    expect((await stateOf(mailed)).last_error).toMatch(/refuses the address: .*550 no such mailbox/);
    expect((await stateOf(hooked)).last_error).toMatch(/private address; PRIVATE_TARGETS=1 allows it/);
  });

  it('tells the operator of a source that fails, once', async () => {
    const env = { ALERTS: 'ops@site.example', ALERT_LIMITS: 'disk=0', TITLE: 'Wire' };
    await using _worker = await openWorker(env);
    await writeSources(store.db, [{ id: 'paper', name: 'Paper' }]);
    const look = async () => {
      await queues.add('deliver', 'alerts', { look: 'alerts' });
      await until(async () => (await queues.queue('deliver').getJobCountByTypes('waiting', 'active', 'delayed')) === 0);
    };
    const subjects = () =>
      mail.mails
        .filter(({ to }) => to === 'ops@site.example')
        .map(({ raw }) => /^Subject: (.*)/m.exec(raw)?.[1]?.slice(0, 50));
    const failing = { state: 'fails' as const, state_count: 3, last_error: 'answered 500' };
    await store.db.updateTable('sources').set(failing).execute();
    await look();
    await look();
    expect(subjects()).toEqual(['Wire: Paper fails, 3 times in a row (never before)']);
  });

  it('lets wait what is more than 30 messages an hour to one recipient', async () => {
    await using _worker = await openWorker();
    const at = receiver.received.length;
    const address = `${receiver.url}/flood`;
    const ids = await send(
      Array.from({ length: 45 }, (_, index) => ({ key: `f${index}`, channel: 'webhook' as const, address, notice })),
    );
    await until(async () =>
      (await Promise.all(ids.map(stateOf))).every((one) => one.state === 'sent' || one.last_error !== null),
    );
    const told = receiver.received.length - at;
    expect(told).toBeGreaterThanOrEqual(30);
    // What is sent side by side does not see each other.
    expect(told).toBeLessThan(38);
    const late = await store.db
      .selectFrom('messages')
      .select(['not_before', 'last_error'])
      .where('state', '=', 'waiting')
      .where('address', '=', address)
      .execute();
    for (const { not_before, last_error } of late) {
      expect(not_before.getTime()).toBeGreaterThan(Date.now() + 3000_000);
      expect(last_error).toBe('more than 30 messages an hour to one recipient');
    }
  });
});
