import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPost } from '../../src/app/post.ts';
import { nextLook } from '../../src/domain/rule.ts';
import { readSettings } from '../../src/domain/settings.ts';
import { openQueues, type Queues } from '../../src/queue/queues.ts';
import { addUser } from '../../src/store/users.ts';
import { startDeliverWorker } from '../../workers/deliver.ts';
import { openTestMailServer, type TestMailServer } from '../support/mail.ts';
import { openReceiver, type Receiver } from '../support/receiver.ts';
import { label, openTestWire, type TestWire, writeArticle, writeSources } from './wire.ts';

let wire: TestWire;
let queues: Queues;
let mail: TestMailServer;
let receiver: Receiver;
let worker: { close(): Promise<void> };
const base = 'https://wire.example';

beforeAll(async () => {
  mail = await openTestMailServer();
  receiver = await openReceiver();
  const env = { SMTP_URL: mail.url, PRIVATE_TARGETS: '1', PUBLIC_URL: base, TITLE: 'Wire' };
  wire = await openTestWire(env);
  const { store } = wire;
  await writeSources(store.db, [
    { id: 'paper', name: 'Paper' },
    { id: 'gazette', name: 'Gazette' },
  ]);
  await addUser(store.db, 'anna', 'correct horse', 'reader', new Date());
  queues = await openQueues({ databaseUrl: store.url, prefix: `${store.schema}_q` });
  const settings = readSettings(env);
  worker = startDeliverWorker({ store, queues, settings, log: pino({ level: 'silent' }), reach: openPost(settings) });
});
afterAll(async () => {
  await worker.close();
  await queues.close();
  await mail[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  await wire[Symbol.asyncDispose]();
});

let cookie = '';
const ask = (path: string, fields?: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${wire.url}${path}`, {
    headers: { cookie, ...headers },
    redirect: 'manual',
    ...(fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}),
  });
const add = async (fields: Record<string, string>) => {
  const answer = await ask('/account/alerts', { every: 'now', hour: '6', ...fields });
  return { status: answer.status, text: await answer.text() };
};
/** Whether an event waits for a transaction that is older: files of tests that run beside this one share the server. */
const waits = async (): Promise<boolean> => {
  const young = sql`select from events where xact >= pg_snapshot_xmin(pg_current_snapshot()) limit 1`;
  return (await young.execute(wire.store.db)).rows.length > 0;
};
/** Looks as the clock would, until nothing is on its way. */
async function look(): Promise<void> {
  while (await waits()) await sleep(20);
  await queues.add('deliver', 'rules', { look: 'rules' });
  const open = () => queues.queue('deliver').getJobCountByTypes('waiting', 'active', 'delayed');
  while ((await open()) > 0) await sleep(50);
}
const plain = (raw = ''): string =>
  Buffer.from(
    raw.replace(/=\r\n/g, '').replace(/=([\dA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
const mailsTo = (address: string) => mail.mails.filter(({ to }) => to === address).map(({ raw }) => plain(raw));
const due = () =>
  wire.store.db
    .updateTable('rules')
    .set({ next_at: new Date(0) })
    .execute();

describe('alerts and digests', () => {
  it('belong to an account', async () => {
    expect((await ask('/account/alerts')).status).toBe(401);
    const answer = await ask('/account/in', { name: 'anna', password: 'correct horse' });
    cookie = (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
    const page = await (await ask('/account/alerts?address=/search?q=tram')).text();
    expect(page).toContain('value="/search?q=tram"');
    expect((await add({ address: '/', channel: 'ntfy', to: `${receiver.url}/t` })).status).toBe(200);
    expect((await ask('/account/alerts', { address: '/' }, { origin: 'https://evil.example' })).status).toBe(403);
    await wire.store.db.deleteFrom('rules').execute();
  });

  it.each([
    [{ address: '/region/atlantis', channel: 'ntfy', to: 'https://ntfy.example/t' }, 404, 'is not known here'],
    [{ address: '/story/none', channel: 'ntfy', to: 'https://ntfy.example/t' }, 404, 'no such story'],
    [{ address: '/', channel: 'pigeon', to: 'x' }, 400, 'is one of email, push, ntfy, webhook'],
    [{ address: '/', channel: 'email', to: 'anna' }, 400, 'a mail address such as'],
    [{ address: '/', channel: 'webhook', to: 'ftp://x.example' }, 400, 'an address such as'],
    [{ address: '/', channel: 'ntfy', to: 'https://ntfy.example/t', every: 'year' }, 400, 'is one of now, hour, day'],
  ])('refuse %j and say why', async (fields, status, words) => {
    const answer = await add(fields);
    expect([answer.status, answer.text.includes(words)]).toEqual([status, true]);
  });

  it('write to a mail address only when it was confirmed, then what is new in the filter, once', async () => {
    const { db } = wire.store;
    const added = await add({ address: '/region/RS', channel: 'email', to: 'anna@reader.example' });
    expect(added.text).toContain('Confirm the address by the link in the mail that goes there. Sent.');
    await writeArticle(db, { title: 'Before it was confirmed', source: 'paper', countries: [label('RS')] });
    await look();
    const [question = ''] = mailsTo('anna@reader.example');
    expect(question).toContain('Somebody with the account');
    const [, confirm = ''] = /https:\/\/wire\.example(\/confirm\/[\w-]+)/.exec(question) ?? [];
    // A program that looks at links confirms nothing.
    expect(await (await ask(confirm)).text()).toContain('Get messages on Serbia here?');
    await look();
    expect(mailsTo('anna@reader.example')).toHaveLength(1);
    expect((await ask(confirm, {}, { cookie: '' })).status).toBe(303);

    await writeArticle(db, { title: 'Elsewhere', source: 'paper', countries: [label('HR')] });
    const story = crypto.randomUUID();
    await writeArticle(db, {
      title: 'Мост је отворен',
      source: 'paper',
      countries: [label('RS')],
      lang: 'sr',
      id: story,
      story,
    });
    await writeArticle(db, { title: 'A bridge opens', source: 'gazette', countries: [label('RS')], story });
    await due();
    await look();
    await due();
    await look();
    const [, digest = '', ...more] = mailsTo('anna@reader.example');
    expect(more).toEqual([]);
    expect(digest).toContain('Before it was confirmed');
    expect(digest).toContain('Мост је отворен (Paper and 1 more)');
    expect(digest).not.toContain('Elsewhere');
    expect(digest).toContain(`${base}/article/${story}`);
    expect(await (await ask('/account/alerts')).text()).toContain('✓ last told');
  });

  it('end by one click of the mail program, without signing in', async () => {
    const [, digest = ''] = mailsTo('anna@reader.example');
    const [, path = ''] = /List-Unsubscribe:\s+<https:\/\/wire\.example(\/unsubscribe\/[\w-]+)>/.exec(digest) ?? [];
    const signedOut = { cookie: '' };
    expect(await (await ask(path, undefined, signedOut)).text()).toContain('No more messages on Serbia?');
    const click = await ask(
      path,
      { 'List-Unsubscribe': 'One-Click' },
      { ...signedOut, origin: 'https://mail.example' },
    );
    expect([click.status, await click.text()]).toEqual([200, 'Done: no more messages on Serbia.\n']);
    expect((await ask(path, {}, signedOut)).status).toBe(404);
    await writeArticle(wire.store.db, { title: 'Too late', source: 'paper', countries: [label('RS')] });
    await look();
    expect(mailsTo('anna@reader.example')).toHaveLength(2);
  });

  it('tell nothing that the account mutes', async () => {
    const { db } = wire.store;
    receiver.answer = () => ({ status: 200 });
    await add({ address: '/region/BG', channel: 'webhook', to: `${receiver.url}/muted` });
    await ask('/account/mute', { kind: 'source', value: 'gazette', muted: '1' });
    for (const source of ['gazette', 'paper'])
      await writeArticle(db, { title: `Told by the ${source}`, source, countries: [label('BG')] });
    await look();
    await due();
    await look();
    const told = receiver.received.filter(({ path }) => path === '/muted').map(({ body }) => JSON.parse(body));
    expect(told.flatMap(({ items }) => items.map(({ title }: { title: string }) => title))).toEqual([
      'Told by the paper',
    ]);
    await ask('/account/mute', { kind: 'source', value: 'gazette', muted: '0' });
    await db.deleteFrom('rules').execute();
  });

  it('can be tried; what the other side says is shown, and nothing is lost meanwhile', async () => {
    const { db } = wire.store;
    receiver.answer = ({ path }) => ({ status: path === '/hook' ? 503 : 200 });
    await add({ address: '/search?q=ferry', channel: 'webhook', to: `${receiver.url}/hook` });
    const id = (await db.selectFrom('rules').select('id').executeTakeFirstOrThrow()).id;
    const tried = await (await ask('/account/alerts/change', { id, do: 'test' })).text();
    expect(tried).toMatch(/Not sent yet; it is tried again: 127\.0\.0\.1:\d+ answered 503/);
    await writeArticle(db, { title: 'A ferry is late', text: 'The ferry left at noon.', source: 'paper' });
    while (await waits()) await sleep(20);
    await queues.add('deliver', 'rules', { look: 'rules' });
    receiver.answer = () => ({ status: 200 });
    await look();
    await due();
    await look();
    const told = receiver.received.filter(({ path }) => path === '/hook').map(({ body }) => JSON.parse(body));
    expect(told.at(-1)).toMatchObject({
      title: '“ferry”: A ferry is late',
      items: [{ title: 'A ferry is late', outlet: 'Paper' }],
    });
    expect(receiver.received.at(-1)?.headers['webhook-signature']).toMatch(/^v1,/);
    await ask('/account/alerts/change', { id, do: 'remove' });
    expect(await db.selectFrom('rules').select('id').execute()).toEqual([]);
  });
});

describe('a digest', () => {
  const now = new Date('2026-11-29T06:00:00Z');
  it.each([
    [{ every: 'now', hour: 0 }, false, '2026-11-29T06:00:00.000Z'],
    [{ every: 'now', hour: 0 }, true, '2026-11-29T06:01:00.000Z'],
    [{ every: 'hour', hour: 0 }, true, '2026-11-29T07:00:00.000Z'],
    [{ every: 'day', hour: 6 }, true, '2026-11-30T06:00:00.000Z'],
    [{ every: 'day', hour: 7 }, false, '2026-11-29T07:00:00.000Z'],
  ] as const)('%j, told %s, looks again at %s', (rule, told, at) =>
    expect(nextLook(rule, told, now).toISOString()).toBe(at),
  );
});
