import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openCrawler } from '../../../src/app/open-crawler.ts';
import { parseSource } from '../../../src/catalogue/catalogue.ts';
import type { Crawler, CrawlReport } from '../../../src/crawl/run/crawl-source.ts';
import type { CrawledArticle } from '../../../src/domain/article.ts';
import { addressOf } from '../../../src/store/listed.ts';
import { crawlSettings } from '../../support/crawling.ts';
import { openTestStore, type TestStore } from '../../support/postgres.ts';
import { type LocalServer, startServer } from '../local-server.ts';

let store: TestStore;
let server: LocalServer;
let crawler: Crawler;
let pages: Record<string, string>;
let jobs: CrawledArticle[];

beforeAll(async () => {
  store = await openTestStore();
  crawler = openCrawler({ db: store.db, settings: crawlSettings, emit: async (job) => void jobs.push(job) });
});
afterAll(async () => {
  await crawler.close();
  await store[Symbol.asyncDispose]();
});
// Each test has a site of its own: another port is another site.
beforeEach(async () => {
  jobs = [];
  pages = {};
  server = await startServer((request, response) => {
    const page = pages[request.url ?? ''];
    if (page === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': page.startsWith('<rss') ? 'text/xml' : 'text/html' }).end(page);
  });
});
afterEach(() => server[Symbol.asyncDispose]());

let count = 0;
const source = (rest: object) =>
  parseSource({ id: `ticker-${++count}`, name: 'Ticker', home: `${server.origin}/`, take: 'headlines', ...rest });
const crawl = (of: ReturnType<typeof source>): Promise<CrawlReport> => crawler.crawl(of, new AbortController().signal);
const asked = (): (string | undefined)[] => server.requests.map(({ url }) => url);
const linkAt = (path: string) =>
  store.db.selectFrom('links').selectAll().where(addressOf, '=', `${server.origin}${path}`).executeTakeFirst();

const item = (path: string, title: string | undefined, rest = ''): string =>
  `<item>${title === undefined ? '' : `<title>${title}</title>`}<link>${server.origin}${path}</link>${rest}</item>`;
const rss = (...items: string[]): string =>
  `<rss version="2.0"><channel><title>T</title>${items.join('')}</channel></rss>`;

describe('a source of which the headlines alone are taken', () => {
  it('is read by its list; no article page is asked for', async () => {
    pages = {
      '/rss.xml': rss(
        item(
          '/1',
          'Quay opens &amp; ferries return',
          '<pubDate>Sun, 22 Nov 2026 06:30:00 GMT</pubDate><description>&lt;p&gt;The first ship of the year berthed at dawn.&lt;/p&gt;</description>',
        ),
        item('/2', 'Council votes on the tram line'),
      ),
      '/1': '<article><h1>Quay opens</h1></article>',
    };
    const report = await crawl(source({ feeds: [`${server.origin}/rss.xml`] }));
    expect(asked()).toEqual(['/robots.txt', '/rss.xml']);
    expect(report).toMatchObject({ listed: 2, found: 2, pages: 0, articles: 2, rejected: {}, backlog: false });
    const quay = jobs.find(({ pageUrl }) => pageUrl.endsWith('/1'));
    expect(quay).toMatchObject({
      link: { published: '2026-11-22T06:30:00.000Z' },
      extracted: {
        title: 'Quay opens & ferries return',
        summary: 'The first ship of the year berthed at dawn.',
        text: '',
        html: '',
      },
    });
    expect(await linkAt('/1')).toMatchObject({ state: 'queued', revisit_at: null });
  });

  it('gives a section page’s headlines, but no links of a word or three', async () => {
    const line = (path: string, text: string) => `<li><a href="${path}">${text}</a></li>`;
    pages = {
      '/latest/': `<nav><a href="/login">Log in</a></nav><ul class="ticker">
        ${line('/2026/11/22/all-about-harbours-20310', 'All about harbours')}
        ${line('/2026/11/22/quay-opens-and-ferries-return', 'Quay opens and the ferries return')}
        ${line('/2026/11/22/council-votes-on-the-tram-line', 'Council votes on the tram line')}
        ${line('/2026/11/22/a-mule-on-the-high-street-again', 'A mule on the high street, again')}</ul>`,
    };
    await crawl(source({ sections: [`${server.origin}/latest/`] }));
    expect(jobs.map(({ extracted }) => extracted.title).sort()).toEqual([
      'A mule on the high street, again',
      'Council votes on the tram line',
      'Quay opens and the ferries return',
    ]);
    expect(asked()).toEqual(['/robots.txt', '/latest/']);
  });

  it('ends every link: those that are not wanted, too old or without a headline too', async () => {
    pages = {
      '/rss.xml': rss(
        item('/video/1', 'See the quay from above'),
        item('/old', 'The quay as it was', '<pubDate>Sun, 22 Nov 2020 06:30:00 GMT</pubDate>'),
        item('/blank', undefined),
        item('/dots', '…'),
      ),
    };
    const one = source({ feeds: [`${server.origin}/rss.xml`], exclude: ['/video/'], limits: { maxAgeDays: 7 } });
    expect((await crawl(one)).rejected).toEqual({ excluded: 1, 'too-old': 1, 'no-headline': 2 });
    expect(jobs).toEqual([]);
    pages['/rss.xml'] = rss(item('/blank', 'A headline after all for the quay'));
    await crawl(one);
    expect(jobs.map(({ extracted }) => extracted.title)).toEqual(['A headline after all for the quay']);
    expect(asked().filter((url) => url !== '/rss.xml')).toEqual(['/robots.txt']);
  });

  it('hands a published headline on again when its list words it anew, and else never', async () => {
    pages = { '/rss.xml': rss(item('/1', 'Quay opens')) };
    const one = source({ feeds: [`${server.origin}/rss.xml`] });
    await crawl(one);
    const done = { state: 'done', outcome: 'published' } as const;
    await store.db.updateTable('links').set(done).where('source', '=', one.id).execute();
    await crawl(one);
    expect(jobs).toHaveLength(1);
    pages['/rss.xml'] = rss(item('/1', 'Quay opens at last'));
    await crawl(one);
    await crawl(one);
    expect(jobs.map(({ extracted }) => extracted.title)).toEqual(['Quay opens', 'Quay opens at last']);
    expect(await linkAt('/1')).toMatchObject({ ...done, revisit_at: null });
  });
});
