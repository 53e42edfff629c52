import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CatalogueFile, openCatalogueFile } from '../../src/app/catalogue-file.ts';
import { openLog } from '../../src/domain/log.ts';
import { follow } from '../../src/store/subscriptions.ts';
import { addUser } from '../../src/store/users.ts';
import { chromiumMissing, chromiumPath } from '../support/chromium.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { label, openTestWire, type TestWire, writeArticle, writeCopy, writeRejection, writeSources } from './wire.ts';

const missing = chromiumMissing();
const look = readFileSync(new URL('look.js', import.meta.url), 'utf8');
const story = '0b0e0000-0000-4000-8000-000000000002';
const arabicStory = '0b0e0000-0000-4000-8000-000000000003';

/** All rules for the narrow page and the wide one; between them what depends on width; by night what depends on colours. */
const rules = {
  all: { rules: { 'target-size': { enabled: true } } },
  layout: { runOnly: { type: 'rule', values: ['color-contrast', 'target-size', 'scrollable-region-focusable'] } },
  colours: { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } },
};
const screens = [390, 820, 1440].flatMap((width) => [
  { width, colorScheme: 'light' as const, asked: width === 820 ? rules.layout : rules.all },
  { width, colorScheme: 'dark' as const, asked: rules.colours },
]);

/** What axe-core finds wrong, the sizes of targets included (WCAG 2.2, 2.5.8), each with the elements. */
const violations = (page: Page, asked: object): Promise<string[]> =>
  page.evaluate(`axe.run(${JSON.stringify({ ...asked, resultTypes: ['violations'] })}).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', ')))`);

describe.skipIf(missing)(`every page in a real browser${missing ? ` (${missing})` : ''}`, { timeout: 240_000 }, () => {
  let wire: TestWire;
  let browser: Browser;
  let page: Page;
  let folder: string;
  let catalogue: CatalogueFile;
  let article: string;
  let arabic: string;
  let chinese: string;

  beforeAll(async () => {
    folder = temporaryFolder('looks');
    const file = path.join(folder, 'sources.yaml');
    await writeFile(file, 'sources:\n  - id: danube\n    name: The Danube Post\n    home: https://danube.example/\n');
    catalogue = await openCatalogueFile(file, async () => undefined, openLog('silent'));
    wire = await openTestWire({}, { catalogue });
    await fill(wire);
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage();
    await page.goto(`${wire.url}/account`);
    await page.getByLabel('Name').fill('anna');
    await page.getByLabel('Password').fill('correct horse');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/account');
  });
  afterAll(async () => {
    await browser?.close();
    await wire?.[Symbol.asyncDispose]();
    await catalogue?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function fill({ store: { db } }: TestWire): Promise<void> {
    await writeSources(db, [
      { id: 'danube', name: 'The Danube Post', content: 'full' },
      { id: 'nile', name: 'صحيفة النيل', content: 'full' },
      { id: 'evil', name: '<img src=x onerror="window.hacked = 1">' },
    ]);
    const attack = `<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1">"'>`;
    const long = 'Schwimmbadsanierungsausschusssitzungsprotokoll'.repeat(4);
    const labels = {
      countries: [label('RS', ['Belgrade']), label('EG', ['القاهرة'])],
      topics: [label('11000000', ['council', 'vote'])],
      regions: [label('balkans', ['RS'])],
    };
    article = await writeArticle(db, {
      ...labels,
      source: 'danube',
      title: 'Council votes for the tram',
      summary: 'The line opens in 2029.',
      html: '<p>The whole text.</p><table><tr><td>a</td><td>b</td></tr></table>',
      story,
    });
    await writeArticle(db, { source: 'evil', title: `${attack} ${long}`, summary: attack, byline: [attack], story });
    await writeCopy(db, article, 'evil', `https://evil.example/${long}`, 0.5);
    await writeRejection(db, `https://evil.example/${long}?x=${long}`, 'evil', 'form', attack);
    const sentences = [
      'وافق المجلس على خط الترام الجديد.',
      'يفتتح الخط في عام 2029.',
      'وقال المهندس إن العمل يبدأ في الربيع.',
    ];
    const told = (count: number) => ({
      text: sentences.slice(0, count).join('\n\n'),
      html: sentences
        .slice(0, count)
        .map((sentence) => `<p>${sentence}</p>`)
        .join(''),
    });
    arabic = await writeArticle(db, {
      ...{ ...labels, ...told(3), source: 'nile', lang: 'ar', story: arabicStory },
      ...{ title: 'المجلس يوافق على الترام', summary: 'يفتتح الخط في عام 2029.', byline: ['ليلى حسن'] },
    });
    await writeArticle(db, { ...told(2), source: 'danube', lang: 'ar', title: 'الترام الجديد', story: arabicStory });
    await writeCopy(db, arabic, 'danube', 'https://danube.example/ar');
    chinese = await writeArticle(db, {
      ...{
        ...labels,
        source: 'danube',
        lang: 'zh',
        title: '议会投票支持有轨电车',
        summary: '新线路将于二〇二九年开通。',
      },
      ...{ text: '新线路将于二〇二九年开通。', html: '<p>新线路将于二〇二九年开通。</p>' },
    });
    await addUser(db, 'anna', 'correct horse', 'operator', new Date());
    const { rows } = await wire.store.pool.query<{ id: string }>("select id from users where name = 'anna'");
    await follow(db, rows[0]?.id ?? '', { region: 'RS' }, 'Serbia', 'A folder');
  }

  /** Looks at each page at three widths, by day and by night, with all that opens open. */
  async function lookAt(paths: readonly string[]): Promise<void> {
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    for (const one of paths) {
      await page.goto(`${wire.url}${one}`, { waitUntil: 'load' });
      await page.evaluate(axe.source);
      await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
      for (const { width, colorScheme, asked } of screens) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        const name = `${one} at ${width}, ${colorScheme}`;
        // Contrast as WCAG 2.2 asks for in 1.4.3: 4.5 to 1.
        expect(await page.evaluate(look), name).toEqual({
          ...{
            hacked: false,
            overflow: 0,
            marginOfBody: '0px',
            missingLandmarks: [],
            headings: 1,
            unnamed: 0,
            faint: [],
          },
        });
        expect(await violations(page, asked), name).toEqual([]);
      }
      // A page that asks to sign in answers 401, which the browser notes.
      expect(
        complaints.filter((said) => !said.includes('status of 401')),
        one,
      ).toEqual([]);
    }
  }

  it('readers', () =>
    lookAt([
      ...[
        '/',
        '/region/RS',
        '/lang/ar',
        '/lang/zh',
        '/search?q=tram',
        '/search?q=nothing+at+all',
        '/feeds',
        '/crawler',
      ],
      ...[
        `/story/${story}`,
        `/article/${article}`,
        `/story/${arabicStory}`,
        `/article/${arabic}`,
        `/article/${chinese}`,
      ],
    ]));

  it('accounts', async () => {
    await page.request.post(`${wire.url}/account/star`, {
      ...{ form: { article: arabic, starred: '1' }, headers: { origin: wire.url } },
    });
    await page.request.post(`${wire.url}/account/mute`, {
      ...{ form: { kind: 'word', value: 'football', muted: '1' }, headers: { origin: wire.url } },
    });
    await lookAt(['/account', '/account/apps', '/account/alerts?address=/region/RS', '/preferences', '/starred']);
  });

  it('operators', () =>
    lookAt([
      ...[
        '/admin',
        '/admin/sources',
        '/admin/sources/evil',
        '/admin/sources/danube/edit',
        '/admin/add',
        '/admin/links',
      ],
      ...['/admin/try', '/admin/trail?url=https://evil.example/', '/admin/log', '/status', '/links?url=x'],
    ]));

  it('who is not signed in', async () => {
    await page.context().clearCookies();
    await lookAt(['/account', '/starred', '/preferences']);
  });
});
