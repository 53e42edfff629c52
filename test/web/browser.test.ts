import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser } from '../../src/store/users.ts';
import { chromiumMissing, chromiumPath } from '../support/chromium.ts';
import { label, openTestWire, type TestWire, writeArticle, writeCopy, writeRejection, writeSources } from './wire.ts';

const missing = chromiumMissing();

/** What axe-core finds wrong, the sizes of targets included (WCAG 2.2, 2.5.8), each with the elements. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(`axe.run({ rules: { 'target-size': { enabled: true } } }).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', ')))`);
}

const operatorPages = [
  '/admin',
  '/admin/sources',
  '/admin/sources/evil',
  '/admin/links',
  '/admin/try',
  '/admin/trail?url=x',
  '/admin/log',
];

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

  it('no page complains, runs a headline, is wider than the screen or too faint to read, large or small, by day or night', async () => {
    const look = readFileSync(new URL('look.js', import.meta.url), 'utf8');
    for (const path of [
      '/',
      `/story/${story}`,
      `/article/${article}`,
      '/feeds',
      '/status',
      '/links?url=x',
      '/admin',
      '/admin/sources',
      '/admin/sources/evil',
      '/admin/links',
      '/admin/try',
      '/region/RS',
    ]) {
      const { page, complaints } = await open(path);
      for (const [width, colorScheme] of [
        [1200, 'light'],
        [360, 'dark'],
      ] as const) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        // Contrast as WCAG 2.2 asks for in 1.4.3: 4.5 to 1.
        expect(await page.evaluate(look), `${path} at ${width}, ${colorScheme}`).toEqual({
          hacked: false,
          overflow: 0,
          marginOfBody: '0px',
          missingLandmarks: [],
          headings: 1,
          unnamed: 0,
          faint: [],
        });
      }
      expect(complaints, path).toEqual([]);
      await page.close();
    }
  }, 240_000);

  it('every page is accessible, also with all that opens open', async () => {
    for (const path of [
      '/',
      `/story/${story}`,
      `/article/${article}`,
      '/feeds',
      '/status',
      '/search?q=tram',
      ...operatorPages,
    ]) {
      const { page } = await open(path);
      await page.setViewportSize({ width: 390, height: 800 });
      await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
      expect(await violations(page), path).toEqual([]);
      await page.close();
    }
  }, 360_000);

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

  it('a reader signs in, stars an article, and an app sees the star', async () => {
    await addUser(wire.store.db, 'anna', 'correct horse', 'reader', new Date());
    const { page, complaints } = await open('/');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Name').fill('anna');
    await page.getByLabel('Password').fill('correct horse');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/account');
    await page.goto(`${wire.url}/article/${article}`);
    await page.getByRole('button', { name: 'Star' }).click();
    await page.getByRole('button', { name: 'Starred' }).waitFor();
    expect(await violations(page)).toEqual([]);
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

  it('the dashboard of the queues works under its policy', async () => {
    const { page, complaints } = await open('/queues');
    await page.getByRole('link', { name: 'crawl' }).first().waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });
});
