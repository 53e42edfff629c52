import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPost } from '../../src/app/post.ts';
import { readSettings } from '../../src/domain/settings.ts';
import { openQueues, type Queues } from '../../src/queue/queues.ts';
import { pushKeys } from '../../src/store/push-keys.ts';
import { addUser } from '../../src/store/users.ts';
import { startDeliverWorker } from '../../workers/deliver.ts';
import { chromiumMissing, chromiumPath } from '../support/chromium.ts';
import { createPushBrowser, readVapid } from '../support/push-browser.ts';
import { openReceiver, type Receiver } from '../support/receiver.ts';
import { openTestWire, type TestWire, writeArticle, writeSources } from './wire.ts';

const missing = chromiumMissing();
let wire: TestWire;
let queues: Queues;
let service: Receiver;
let worker: { close(): Promise<void> };
let cookie: string;
const settings = readSettings({ PRIVATE_TARGETS: '1', CONTACT: 'desk@wire.example' });

beforeAll(async () => {
  service = await openReceiver();
  wire = await openTestWire({ PRIVATE_TARGETS: '1' });
  const { store } = wire;
  await writeSources(store.db, [{ id: 'paper', name: 'Paper' }]);
  await addUser(store.db, 'anna', 'correct horse', 'reader', new Date());
  queues = await openQueues({ databaseUrl: store.url, prefix: `${store.schema}_q` });
  worker = startDeliverWorker({ store, queues, settings, log: pino({ level: 'silent' }), reach: openPost(settings) });
  const fields = new URLSearchParams({ name: 'anna', password: 'correct horse' });
  const answer = await fetch(`${wire.url}/account/in`, { method: 'POST', body: fields, redirect: 'manual' });
  cookie = answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
});
afterAll(async () => {
  await worker.close();
  await queues.close();
  await service[Symbol.asyncDispose]();
  await wire[Symbol.asyncDispose]();
});

async function post(path: string, fields: Record<string, string>): Promise<string> {
  const answer = await fetch(`${wire.url}${path}`, {
    method: 'POST',
    headers: { cookie },
    body: new URLSearchParams(fields),
  });
  return answer.text();
}
const rule = (to: string, address = '/') =>
  post('/account/alerts', { every: 'now', hour: '6', channel: 'push', to, address });
const rules = () => wire.store.db.selectFrom('rules').select(['id', 'channel', 'address']).orderBy('id').execute();
const lastRule = async (): Promise<string> => (await rules()).at(-1)?.id ?? '';
async function told(count: number): Promise<void> {
  for (let tries = 0; service.received.length < count && tries < 200; tries++) await sleep(50);
}

describe('messages to a browser', () => {
  it('are closed for it alone, signed by the wire, small enough, and tell what is new', async () => {
    service.received.length = 0;
    service.answer = () => ({ status: 201 });
    const browser = createPushBrowser();
    expect(await rule(browser.addressAt(`${service.url}/push/one`))).toContain('Added.');
    const id = await writeArticle(wire.store.db, { source: 'paper', title: 'Мост отворен', summary: 'ш'.repeat(5000) });
    for (let tries = 0; service.received.length === 0 && tries < 40; tries++) {
      await queues.add('deliver', `rules ${tries}`, { look: 'rules' });
      await sleep(200);
    }
    const [message] = service.received;
    if (!message) throw new Error('nothing came');
    expect(message.path).toBe('/push/one');
    expect(message.headers).toMatchObject({ ttl: '86400', urgency: 'normal' });
    expect(message.bytes.length).toBeLessThanOrEqual(4096);
    expect(message.bytes.includes('Мост')).toBe(false);
    expect(browser.open(message)).toMatchObject({
      title: 'All news: Мост отворен',
      text: expect.stringMatching(/^Paper\nш+/),
      url: expect.stringMatching(new RegExp(`/article/${id}$`)),
    });
    expect(() => createPushBrowser().open(message)).toThrow();
    const { publicKey } = await pushKeys(wire.store.db);
    const { aud, sub, exp } = readVapid(message, publicKey);
    expect([aud, sub]).toEqual([service.url, 'mailto:desk@wire.example']);
    expect(exp - Date.now() / 1000).toBeLessThanOrEqual(24 * 3600);
    await post('/account/alerts/change', { id: await lastRule(), do: 'remove' });
  });

  it('a browser that is gone is asked no more; what it may not have is said; the test button says how it went', async () => {
    const browser = createPushBrowser();
    const to = browser.addressAt(`${service.url}/push/two`);
    await rule(to, '/lang/en');
    await rule(to, '/lang/sr');
    service.answer = () => ({ status: 201 });
    expect(await post('/account/alerts/change', { id: await lastRule(), do: 'test' })).toContain('Sent.');
    await wire.store.db.deleteFrom('messages').execute();
    service.answer = () => ({ status: 403 });
    expect(await post('/account/alerts/change', { id: await lastRule(), do: 'test' })).toMatch(
      /Not sent: \S+ answered 403/,
    );
    expect(await rules()).toHaveLength(2);
    await wire.store.db.deleteFrom('messages').execute();
    service.answer = () => ({ status: 410 });
    expect(await post('/account/alerts/change', { id: await lastRule(), do: 'test' })).toContain(
      'That browser takes no messages any more',
    );
    expect(await rules()).toEqual([]);
  });

  it('an address without sound keys is refused, with what to do', async () => {
    const { p256dh, auth } = createPushBrowser().keys;
    for (const to of [
      'https://push.example/x',
      `https://push.example/x#p256dh=${p256dh}`,
      `https://push.example/x#p256dh=${p256dh.slice(4)}&auth=${auth}`,
      `ftp://push.example/x#p256dh=${p256dh}&auth=${auth}`,
    ])
      expect(await rule(to)).toContain('one that a browser gives when push is chosen in it');
    // Sixty-five bytes, but no point on the curve: found out when it is to be used.
    const noPoint = Buffer.concat([Buffer.of(4), Buffer.alloc(64, 1)]).toString('base64url');
    await rule(`${service.url}/x#p256dh=${noPoint}&auth=${auth}`);
    expect(await post('/account/alerts/change', { id: await lastRule(), do: 'test' })).toMatch(
      /Not sent: the keys of that browser are no keys/,
    );
    await post('/account/alerts/change', { id: await lastRule(), do: 'remove' });
  });

  it('are not offered where browsers do not trust the wire', async () => {
    await using far = await openTestWire({ PUBLIC_URL: 'http://wire.example' });
    await addUser(far.store.db, 'anna', 'correct horse', 'reader', new Date());
    const fields = new URLSearchParams({ name: 'anna', password: 'correct horse' });
    const answer = await fetch(`${far.url}/account/in`, { method: 'POST', body: fields, redirect: 'manual' });
    const own = answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    const page = await (await fetch(`${far.url}/account/alerts`, { headers: { cookie: own } })).text();
    expect(page).toContain('<option value="ntfy">');
    expect(page).not.toContain('value="push"');
  });
});

describe.skipIf(missing)(`a real browser${missing ? ` (${missing})` : ''}`, () => {
  let browser: Browser;
  let context: BrowserContext;
  const keys = createPushBrowser();
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox', '--disable-gpu'] });
    context = await browser.newContext();
    await context.grantPermissions(['notifications'], { origin: wire.url });
    const [name = '', value = ''] = cookie.split('=', 2);
    await context.addCookies([{ name, value, url: wire.url }]);
  });
  afterAll(() => browser?.close());

  it('subscribes by the page, is told by the test button, and shows what came', async () => {
    service.received.length = 0;
    service.answer = () => ({ status: 201 });
    await wire.store.db.deleteFrom('messages').execute();
    const page = await context.newPage();
    // The push services of browsers stand in the internet: ours on loopback takes their place.
    await page.addInitScript(`PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
      window.askedWith = applicationServerKey;
      return { toJSON: () => (${JSON.stringify({ endpoint: `${service.url}/push/real`, keys: keys.keys })}) };
    }`);
    await page.goto(`${wire.url}/account/alerts?address=/lang/en`);
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await page.getByLabel('By', { exact: true }).selectOption('Push, to this browser');
    expect(await page.getByLabel('To:').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('Added.').waitFor();
    await page.getByText('as push to a browser').first().waitFor();
    await page.getByRole('button', { name: 'Test English' }).click();
    await page.getByText('Sent.').waitFor();
    await told(1);
    const [message] = service.received;
    if (!message) throw new Error('nothing came');
    const opened = keys.open(message);

    const devtools = await context.newCDPSession(page);
    const registered = new Promise<string>((resolve) =>
      devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const [first] = registrations;
        if (first) resolve(first.registrationId);
      }),
    );
    await devtools.send('ServiceWorker.enable');
    const data = JSON.stringify(opened);
    const registrationId = await registered;
    await devtools.send('ServiceWorker.deliverPushMessage', { origin: wire.url, registrationId, data });
    const shown = `navigator.serviceWorker.ready.then((one) => one.getNotifications()).then((all) => all.map(({ title, body }) => title + ': ' + body))`;
    for (let tries = 0; tries < 50 && (await page.evaluate<string[]>(shown)).length === 0; tries++) await sleep(50);
    expect(await page.evaluate<string[]>(shown)).toEqual([
      'Courant: English: This is a test: what is new will come this way.',
    ]);
    await page.close();
  });
});
