import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser } from '../../src/store/users.ts';
import { openCable } from '../support/cable.ts';
import { chromiumMissing, chromiumPath } from '../support/chromium.ts';
import { label, openTestWire, type TestWire, writeArticle, writeCopy, writeRejection, writeSources } from './wire.ts';

const missing = chromiumMissing();

describe.skipIf(missing)(`in a real browser${missing ? ` (${missing})` : ''}`, () => {
  const story = '0b0e0000-0000-4000-8000-000000000002';
  let wire: TestWire;
  let browser: Browser;
  let article: string;
  beforeAll(async () => {
    wire = await openTestWire();
    const { db } = wire.store;
    await writeSources(db, [
      { id: 'danube', name: 'The Danube Post' },
      { id: 'evil', name: '<img src=x onerror="window.hacked = 1">' },
    ]);
    const long = 'Schwimmbadsanierungsausschusssitzungsprotokoll'.repeat(4);
    const attack = `<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1">"'>`;
    article = await writeArticle(db, {
      source: 'danube',
      title: 'Council votes for the tram',
      summary: 'The line opens in 2029.',
      countries: [label('RS', ['Belgrade'])],
      topics: [label('11000000', ['council', 'vote'])],
      html: '<p>The whole text.</p><table><tr><td>a</td><td>b</td></tr></table>',
      story,
    });
    await writeArticle(db, { source: 'evil', title: `${attack} ${long}`, summary: attack, byline: [attack], story });
    await writeArticle(db, { source: 'danube', title: 'حكومة جديدة', lang: 'ar', summary: 'خبر قصير' });
    await writeCopy(db, article, 'evil', `https://evil.example/${long}`, 0.5);
    await writeRejection(db, `https://evil.example/${long}?x=${long}`, 'evil', 'form', attack);
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    await wire?.[Symbol.asyncDispose]();
  });

  /** Opens a page; what the browser complains of is collected. */
  const open = async (path: string): Promise<{ page: Page; complaints: string[] }> => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${wire.url}${path}`, { waitUntil: 'load' });
    return { page, complaints };
  };

  it('readers filter, search and read on by keyboard alone', async () => {
    const { page } = await open('/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('main');
    await page.getByRole('searchbox').fill('tram');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=tram');
    await page.getByRole('link', { name: 'Council votes for the tram' }).press('Enter');
    await page.waitForURL(`**/story/${story}`);
    await page.getByRole('heading', { name: 'Council votes for the tram' }).getByRole('link').press('Enter');
    await page.waitForURL(`**/article/${article}`);
    const evidence = page.getByText('council', { exact: true });
    expect(await evidence.isVisible()).toBe(false);
    await page.getByText('Why these labels?').press('Enter');
    expect(await evidence.isVisible()).toBe(true);
    await page.close();
  });

  it('a reader signs in, follows a story, stars its article, and an app sees the star', async () => {
    await addUser(wire.store.db, 'anna', 'correct horse', 'reader', new Date());
    const { page, complaints } = await open('/');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Name').fill('anna');
    await page.getByLabel('Password').fill('correct horse');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/account');
    await page.getByRole('link', { name: 'Latest' }).click();
    await page.getByRole('link', { name: 'Council votes for the tram' }).click();
    await page.getByRole('button', { name: 'Follow' }).click();
    await page.waitForURL('**/account');
    await page.getByRole('link', { name: 'Council votes for the tram' }).click();
    await page.getByRole('heading', { name: 'Council votes for the tram' }).getByRole('link').click();
    await page.getByRole('button', { name: 'Star' }).click();
    await page.getByRole('button', { name: 'Starred' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();

    const login = await fetch(`${wire.url}/accounts/ClientLogin`, {
      method: 'POST',
      body: new URLSearchParams({ Email: 'anna', Passwd: 'correct horse' }),
    });
    const [, auth] = /^Auth=(.+)$/m.exec(await login.text()) ?? [];
    const starred = await fetch(`${wire.url}/reader/api/0/stream/contents/user/-/state/com.google/starred`, {
      headers: { authorization: `GoogleLogin auth=${auth}` },
    });
    const { items } = (await starred.json()) as { items: { title: string }[] };
    expect(items.map(({ title }) => title)).toEqual(['Council votes for the tram']);
  }, 120_000);

  it('keys lead through a list and its articles; links are copied; what is starred is read without a network', async () => {
    const cable = await openCable(new URL(wire.url));
    const there = cable.url.replace(/\/$/, '');
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    await addUser(wire.store.db, 'mira', 'correct horse', 'reader', new Date());
    await page.goto(`${there}/account`);
    await page.getByLabel('Name').fill('mira');
    await page.getByLabel('Password').fill('correct horse');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/account');

    await page.goto(there);
    const focused = () => page.evaluate<string>('document.activeElement.textContent');
    const titles = await page.locator('.list .story h3').allTextContents();
    expect(titles.length).toBeGreaterThan(1);
    for (const [key, index] of [
      ['j', 0],
      ['j', 1],
      ['j', titles.length - 1],
      ['k', titles.length - 2],
    ] as const) {
      await page.keyboard.press(key);
      if (index !== titles.length - 1 || titles.length === 2)
        expect(await focused(), `${key} to ${index}`).toBe(titles[index]);
    }
    await page.getByRole('link', { name: 'Council votes for the tram' }).focus();
    const story = page.locator('.list .story', { hasText: 'Council votes for the tram' }).first();
    await page.keyboard.press('s');
    await story.getByRole('button', { name: '★ Starred' }).waitFor();
    const isRead = () => story.evaluate((one) => (one as unknown as { className: string }).className.includes('read'));
    // Older than the account, and unread all the same.
    expect(await isRead()).toBe(false);
    await page.getByRole('link', { name: 'Council votes for the tram' }).focus();
    for (const expected of [true, false]) {
      await page.keyboard.press('m');
      await expect.poll(isRead).toBe(expected);
    }
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('q');
    await page.keyboard.type('jk');
    expect(await page.getByRole('searchbox').inputValue()).toBe('jk');

    const order = await page.evaluate<string[]>("JSON.parse(sessionStorage.getItem('list'))");
    await page
      .getByRole('link', { name: titles[0] ?? '' })
      .first()
      .focus();
    await page.keyboard.press('o');
    await page.waitForURL(`**${order[0]}`);
    await page.getByRole('link', { name: 'Next →' }).waitFor();
    await page.keyboard.press('j');
    await page.waitForURL(`**${order[1]}`);
    await page.keyboard.press('k');
    await page.waitForURL(`**${order[0]}`);

    await page.goto(`${there}/article/${article}`);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(`https://paper.example/${article}`);
    await context.route('https://paper.example/**', (route) => route.fulfill({ body: 'The outlet.' }));
    await page.keyboard.press('v');
    await page.getByText('The outlet.').waitFor();

    await page.goto(`${there}/starred`);
    const kept =
      "caches.open('starred').then((cache) => cache.keys()).then((all) => all.map(({ url }) => new URL(url).pathname))";
    await expect
      .poll(() => page.evaluate<string[]>(kept), { timeout: 20_000 })
      .toEqual(expect.arrayContaining([`/article/${article}`, '/starred']));
    cable.cut();
    await page.goto(`${there}/article/${article}`);
    await page.getByRole('heading', { name: 'Council votes for the tram' }).waitFor();
    await page.goto(`${there}/feeds`);
    await page.getByRole('heading', { name: 'Starred' }).waitFor();
    // Signing out takes it away.
    cable.mend();
    await page.goto(`${there}/account`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL((url) => url.pathname !== '/account/out');
    await expect.poll(() => page.evaluate<string[]>(kept)).toEqual([]);
    await context.close();
    await cable.close();
  }, 120_000);

  it('a list goes on by key, an article is shared, and a picture that is gone leaves no broken frame', async () => {
    const { db } = wire.store;
    const image = { url: 'https://paper.example/gone.jpg', caption: 'Gone' };
    for (let index = 0; index < 42; index++)
      await writeArticle(db, { source: 'danube', title: `No. ${index}`, ...(index > 39 ? { image } : {}) });
    const page = await browser.newPage();
    await page.addInitScript('navigator.share = async (what) => { window.shared = what; }');
    await page.goto(wire.url);
    await page.keyboard.press('n');
    await page.waitForURL('**/?before=*');
    await page.goto(`${wire.url}/search?q=No`);
    await page.locator('.thumbnail img.missing').first().waitFor({ state: 'attached' });
    await page.getByRole('link', { name: 'No. 41' }).click();
    await page.waitForURL(/\/(?:article|story)\//);
    await page.getByRole('button', { name: 'Share' }).click();
    expect(await page.evaluate('window.shared')).toMatchObject({ title: expect.stringContaining('No. 41') });
    expect(await page.locator('.lead-picture').isVisible()).toBe(false);
    await page.close();
  });

  it('the dashboard of the queues works under its policy', async () => {
    const { page, complaints } = await open('/queues');
    await page.getByRole('link', { name: 'crawl' }).first().waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });
});
