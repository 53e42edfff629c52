import { rm } from 'node:fs/promises';
import { type Browser, chromium } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumMissing, chromiumPath } from '../support/chromium.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { layoutShifts } from './layout-shifts.ts';
import { label, openTestWire, type TestWire, writeArticle, writeCopy, writeSources } from './wire.ts';

const missing = chromiumMissing();
const hour = 3_600_000;

/**
 * A hundredth of what browsers call good (Core Web Vitals: 0.1). Once in some hundred loads on a starved machine a single link moved by three
 * pixels (0.00001), and nobody found out why.
 */
const leastSeen = 0.001;

/** What a script writes anew, a picture that comes late, and news that come while one reads must not move what is being read. */
describe.skipIf(missing)(`under the reader's eyes${missing ? ` (${missing})` : ''}`, { timeout: 120_000 }, () => {
  let wire: TestWire;
  let browser: Browser;
  let folder: string;
  let id = '';
  const story = '0b0e0000-0000-4000-8000-000000000007';

  beforeAll(async () => {
    folder = temporaryFolder('shift');
    const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#369' } })
      .jpeg()
      .toBuffer();
    wire = await openTestWire({ DATA_DIR: folder }, { fetchPicture: async () => picture });
    const { db } = wire.store;
    await writeSources(db, [
      { id: 'danube', name: 'The Danube Post' },
      { id: 'sava', name: 'Savski dnevnik' },
    ]);
    for (let index = 0; index < 30; index++) {
      // No `1 min ago` becomes `2 min ago` meanwhile that would be of another width.
      const at = new Date(Date.now() - 0.2 * hour - index * hour);
      const one = await writeArticle(db, {
        ...{ source: index % 2 ? 'danube' : 'sava', title: `Headline ${index} ${'of some words '.repeat(index % 6)}` },
        ...{ summary: 'A summary of two lines. '.repeat(index % 7), seenAt: at, published: at },
        ...{
          image: { url: `https://danube.example/${index}.jpg` },
          countries: [label('RS')],
          topics: [label('11000000')],
        },
        ...(index === 3 && { story }),
      });
      if (index === 3) id = one;
    }
    await writeCopy(db, id, 'danube', 'https://danube.example/copy');
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    await wire?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([390, 820, 1440])('nothing moves at a width of %i', async (width) => {
    const context = await browser.newContext({
      ...{ viewport: { width, height: 800 }, locale: 'en-US', timezoneId: 'America/New_York' },
    });
    for (const address of ['/', '/topic/politics', `/story/${story}`, `/article/${id}`]) {
      const page = await context.newPage();
      // The script comes late, as over a slow line: the page was painted before.
      await page.route('**/app*.js*', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 400));
        await route.continue();
      });
      await page.goto(wire.url + address, { waitUntil: 'load' });
      if (address === '/') {
        await wire.store.pool.query(`select pg_notify('courant_changed', $1)`, [wire.store.schema]);
        await page.evaluate(
          `Object.assign(document.getElementById('live'), { textContent: '3 new items', hidden: false })`,
        );
      }
      const { sum, moved } = await layoutShifts(page);
      expect(sum, `${address}: ${moved.join(', ')}`).toBeLessThan(leastSeen);
      await page.close();
    }
    await context.close();
  });
});
