import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openQueues, type Queues } from '../../src/queue/queues.ts';
import { chromiumMissing, chromiumPath } from '../support/chromium.ts';
import { openTestWire, type TestWire } from './wire.ts';

let wire: TestWire;
let queues: Queues;
beforeAll(async () => {
  wire = await openTestWire();
  queues = await openQueues({ databaseUrl: wire.store.url, prefix: `${wire.store.schema}_q` });
});
afterAll(async () => {
  await queues.close();
  await wire[Symbol.asyncDispose]();
});

const get = async (path: string) => (await fetch(wire.url + path)).text();

describe('the queues', () => {
  it('are paused in sight: on the status page, in /health and in the metrics; what waits is still counted', async () => {
    await queues.queue('crawl').pause();
    await queues.add('crawl', 'one', { source: 'one' });
    expect(await get('/status')).toMatch(/<a href="\/queues\/queue\/crawl">crawl<\/a> <strong class="warn">paused/);
    expect(JSON.parse(await get('/health'))).toMatchObject({ status: 'ok', queues: { paused: ['crawl'] } });
    const metrics = await get('/metrics');
    expect(metrics).toContain('courant_queue_paused{queue="crawl"} 1');
    expect(metrics).toContain('courant_queue_paused{queue="article"} 0');
    expect(metrics).toContain('courant_queue_jobs{queue="crawl",state="waiting"} 1');
    await queues.queue('crawl').resume();
    expect(JSON.parse(await get('/health')).queues.paused).toEqual([]);
  });

  it('lead from a job back to its source', async () => {
    const board = JSON.parse(await get('/queues/api/queues?activeQueue=crawl&status=waiting&page=1&jobsPerPage=5'));
    const crawl = board.queues.find((queue: { name: string }) => queue.name === 'crawl');
    expect(crawl.jobs[0].externalUrl).toEqual({ displayText: 'The source', href: '/admin/sources/one' });
    expect(await get('/queues')).toContain('Status');
  });

  it.skipIf(chromiumMissing())('are watched by all: names, contrast and headings, light and dark', async () => {
    await queues.add('crawl', 'one', { source: 'one' });
    const browser = await chromium.launch({
      executablePath: chromiumPath ?? '',
      args: ['--no-sandbox', '--disable-gpu'],
    });
    const found: string[] = [];
    for (const [width, colorScheme] of [
      [390, 'light'],
      [1440, 'dark'],
    ] as const) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      for (const address of ['/queues', '/queues/queue/crawl?status=waiting']) {
        await page.goto(wire.url + address, { waitUntil: 'networkidle' });
        await page.getByRole('button', { name: 'Settings' }).waitFor();
        await page.evaluate(axe.source);
        const faults = await page.evaluate<
          string[]
        >(`axe.run({ rules: { 'target-size': { enabled: true } } }).then(({ violations }) =>
          violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, any }) => html.slice(0, 120) + any.map(({ message }) => message)).join(' | ')))`);
        found.push(...faults.map((fault) => `${address} ${width} ${fault}`));
      }
    }
    await browser.close();
    expect(found).toEqual([]);
  });
});
