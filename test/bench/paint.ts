/**
 * npm run bench:paint [-- --url ADDRESS --times N --json]
 *
 * What a reader waits for on a first visit and what moves under the eyes, in a real Chromium: first and largest contentful paint and the
 * sum of layout shifts (scrolled to the end, so that pictures further down are loaded), at three widths, light and dark. Without `--url` it
 * starts the example press and opens its front page and the story most outlets tell.
 */
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { chromiumPath } from '../support/chromium.ts';
import { startCourant } from '../support/process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { layoutShifts } from '../web/layout-shifts.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    times: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
if (chromiumPath === undefined) throw new Error('There is no Chromium; install it or set CHROMIUM to its path.');

const median = (numbers: readonly number[]): number =>
  Math.round(numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0);

/** Each visit has a cache of its own. */
async function visit(browser: Browser, url: string, width: number, colorScheme: 'light' | 'dark') {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'load' });
  const paint = await page.evaluate<{ first: number; largest: number }>(`new Promise((resolve) => {
    const first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    new PerformanceObserver((list) => resolve({ first, largest: list.getEntries().at(-1).startTime }))
      .observe({ type: 'largest-contentful-paint', buffered: true });
  })`);
  const { sum, moved } = await layoutShifts(page);
  const pictures = await page.evaluate<number>(`[...document.images].filter((image) => image.naturalWidth > 0).length`);
  await context.close();
  return { ...paint, sum, moved, pictures };
}

async function measure(browser: Browser, url: string): Promise<object[]> {
  const rows = [];
  for (const width of [390, 820, 1440])
    for (const scheme of ['light', 'dark'] as const) {
      const visits = [];
      for (let times = Number(values.times); times > 0; times--) visits.push(await visit(browser, url, width, scheme));
      rows.push({
        ...{ path: new URL(url).pathname.slice(0, 12), width, scheme },
        'first paint ms': median(visits.map(({ first }) => first)),
        'largest paint ms': median(visits.map(({ largest }) => largest)),
        'layout shift': Math.max(...visits.map(({ sum }) => sum)),
        moved: [...new Set(visits.flatMap(({ moved }) => moved))].join(' '),
        pictures: visits[0]?.pictures,
      });
    }
  return rows;
}

const folder = temporaryFolder('paint');
const demo = values.url === undefined ? startCourant(['demo', '--port', '0', '--data', folder]) : undefined;
const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  await demo?.until(/^Reader /m);
  const url = values.url ?? (await demo?.until(/http:\/\/127\.0\.0\.1:\d+/))?.[0] ?? '';
  const { stories } = (await (await fetch(new URL('/api/stories?limit=1', url))).json()) as {
    stories: { id: string }[];
  };
  // The first visit makes the pictures small.
  await visit(browser, url, 1440, 'light');
  const rows = [...(await measure(browser, url)), ...(await measure(browser, `${url}/story/${stories[0]?.id}`))];
  if (values.json) console.log(JSON.stringify(rows));
  else console.table(rows);
} finally {
  await browser.close();
  await demo?.stop();
  await rm(folder, { recursive: true, force: true });
}
