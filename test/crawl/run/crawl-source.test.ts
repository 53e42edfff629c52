import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openCrawler } from '../../../src/app/open-crawler.ts';
import type { Crawler, CrawlReport } from '../../../src/crawl/run/crawl-source.ts';
import type { CrawledArticle } from '../../../src/domain/article.ts';
import type { Source } from '../../../src/domain/source.ts';
import { fetchesOf } from '../../../src/store/fetches.ts';
import { addressOf } from '../../../src/store/listed.ts';
import { canonicalUrl } from '../../../src/text/canonical-url.ts';
import { crawlSettings } from '../../support/crawling.ts';
import { openTestStore, type TestStore } from '../../support/postgres.ts';
import { sourceWith } from '../../support/source.ts';
import { type Handler, type LocalServer, startServer } from '../local-server.ts';

let store: TestStore;
let server: LocalServer;
let crawler: Crawler;
let pages: Record<string, Handler>;
let articles: CrawledArticle[];

beforeAll(async () => {
  store = await openTestStore();
  const emit = async (job: CrawledArticle) => void articles.push(job);
  crawler = openCrawler({ db: store.db, settings: crawlSettings, emit });
});
afterAll(async () => {
  await crawler.close();
  await store[Symbol.asyncDispose]();
});
// Each test has a site of its own: another port is another site.
beforeEach(async () => {
  articles = [];
  pages = {};
  server = await startServer((request, response) => {
    const page = pages[request.url ?? ''];
    if (page) return page(request, response);
    response.writeHead(404).end('<h1>Not found</h1>');
  });
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
});

const html =
  (body: string, headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
const status =
  (code: number, headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    response.writeHead(code, headers).end();

const sentences = [
  'The harbour council met on Tuesday evening in the old customs house and heard nine speakers.',
  'After a long debate about costs and traffic it approved the new quay by nine votes to four.',
  'Work is to begin in spring, the mayor said, and ferries will keep running throughout.',
  'Fishermen had asked for a smaller basin, but withdrew their objection last week.',
  'The first ships are expected to berth there in two years, weather and money permitting.',
];
const article = (title: string): string =>
  `<html lang="en"><head><title>${title}</title><meta property="og:type" content="article"></head><body><nav><a href="/">Home</a></nav>
  <article><h1>${title}</h1>${sentences.map((sentence) => `<p>${title}: ${sentence} ${sentence}</p>`).join('')}</article></body></html>`;
const feed =
  (...paths: string[]): Handler =>
  (_, response) => {
    const items = paths.map(
      (path) => `<item><title>Story at ${path}</title><link>${server.origin}${path}</link></item>`,
    );
    response
      .writeHead(200, { 'content-type': 'application/rss+xml', etag: '"feed-1"' })
      .end(`<rss version="2.0"><channel><title>Press</title>${items.join('')}</channel></rss>`);
  };

let sources = 0;
const source = (settings: object): Source =>
  sourceWith({ id: `source-${++sources}`, home: `${server.origin}/`, ...settings });
const crawl = (of: Source): Promise<CrawlReport> => crawler.crawl(of, new AbortController().signal);
const urls = () => server.requests.map((request) => request.url);
const linkAt = (path: string) =>
  store.db.selectFrom('links').selectAll().where(addressOf, '=', `${server.origin}${path}`).executeTakeFirst();

/** A port that nobody listens on. */
async function closedOrigin(): Promise<string> {
  const { origin, [Symbol.asyncDispose]: close } = await startServer((_, response) => response.end());
  await close();
  return origin;
}

describe('what a crawl writes down of each page', () => {
  it('is how it answered, and what extraction said', async () => {
    pages = {
      '/rss.xml': feed('/news/1', '/news/2', '/moved'),
      '/news/1': html(article('One'), { 'x-robots-tag': 'noai', 'set-cookie': 'a=b' }),
      '/moved': status(301, { location: '/news/3' }),
      '/news/3': html('<html><body><form><input type="password"></form></body></html>'),
    };
    await crawl(source({ feeds: [`${server.origin}/rss.xml`] }));
    const keys = ['/news/1', '/news/2', '/moved'].map((path) => canonicalUrl(`${server.origin}${path}`) ?? '');
    const fetches = await fetchesOf(store.db, keys, 10);
    const of = (key: string | undefined) => fetches.find((one) => one.key === key);
    expect(of(keys[0])).toMatchObject({
      status: 200,
      verdict: 'article',
      redirects: [],
      headers: { 'x-robots-tag': 'noai' },
    });
    expect(of(keys[0])?.headers).not.toHaveProperty('set-cookie');
    expect(of(keys[0])?.kept).toBeGreaterThan(100);
    expect(of(keys[1])).toMatchObject({ status: 404, error: 'answered 404' });
    expect(of(keys[2])).toMatchObject({ status: 200, redirects: [{ to: `${server.origin}/news/3`, status: 301 }] });
    expect(of(keys[2])?.verdict).not.toBe('article');
  });
});

describe('what a crawl says of each listing', () => {
  it('tells status, links and new ones', async () => {
    const paths = ['/rss.xml', '/empty.xml', '/page.xml', '/gone.xml'].map((path) => `${server.origin}${path}`);
    pages = {
      '/rss.xml': feed('/news/1', '/news/2'),
      '/empty.xml': feed(),
      '/page.xml': html('<html><body><h1>Our feeds have moved</h1></body></html>'),
      '/news/1': html(article('One')),
      '/news/2': html(article('Two')),
    };
    const { listings, bytes } = await crawl(source({ feeds: paths }));
    expect(listings).toMatchObject([
      { url: paths[0], status: 200, items: 2, fresh: 2 },
      { url: paths[1], status: 200, items: 0, problem: 'lists nothing' },
      { url: paths[2], status: 200, items: 0, problem: expect.stringContaining('a web page, not a feed') },
      { url: paths[3], status: 404, items: 0, problem: 'answered 404' },
    ]);
    expect(listings[0]?.problem).toBeUndefined();
    expect(bytes).toBeGreaterThan(1000);
  });

  it('asks an empty feed for the whole each time: not modified would hide that it is broken', async () => {
    pages = {
      '/rss.xml': (request, response) =>
        request.headers['if-none-match'] ? response.writeHead(304).end() : feed()(request, response),
    };
    const one = source({ feeds: [`${server.origin}/rss.xml`] });
    await crawl(one);
    expect((await crawl(one)).listings[0]).toMatchObject({ status: 200, problem: 'lists nothing' });
  });

  it('keeps the cause through all tries, in the words of `sources check`', async () => {
    const refused = await closedOrigin();
    pages = { '/robots.txt': status(500) };
    const dead = [
      [refused, 'the connection was refused'],
      ['http://no-such-paper.invalid', 'the name is not known'],
      [server.origin, 'robots.txt answered 500'],
    ] as const;
    const reports = await Promise.all(
      dead.map(([origin]) => crawl(source({ home: `${origin}/`, feeds: [`${origin}/rss.xml`] }))),
    );
    expect(reports.map(({ error }) => error)).toEqual(dead.map(([, cause]) => cause));
    for (const { listings } of reports) for (const one of listings) expect(one.unasked).toBeUndefined();
  }, 60_000);
});

describe('a crawl', () => {
  it('asks for robots.txt first, follows the feed, and hands the articles on', async () => {
    pages = {
      '/rss.xml': feed('/news/1', '/news/2'),
      '/news/1': html(article('One')),
      '/news/2': html(article('Two')),
    };
    const report = await crawl(source({ feeds: [`${server.origin}/rss.xml`] }));
    expect(urls()[0]).toBe('/robots.txt');
    expect(report).toMatchObject({ listed: 2, found: 2, pages: 2, articles: 2, rejected: {}, postponed: 0 });
    expect(report.error).toBeUndefined();
    expect(articles.map(({ extracted }) => extracted.title).sort()).toEqual(['Story at /news/1', 'Story at /news/2']);
    expect(articles[0]?.extracted.text).toContain('nine votes to four');
    expect((await linkAt('/news/1'))?.state).toBe('queued');
  });

  it('asks for nothing twice: known links are left alone and an unchanged feed is not sent again', async () => {
    const unlessKnown: Handler = (request, response) =>
      request.headers['if-none-match'] === '"feed-1"'
        ? response.writeHead(304).end()
        : feed('/news/1')(request, response);
    pages = { '/rss.xml': unlessKnown, '/news/1': html(article('One')) };
    const one = source({ feeds: [`${server.origin}/rss.xml`] });
    await crawl(one);
    const again = await crawl(one);
    expect(again).toMatchObject({ notModified: 1, found: 0, pages: 0, articles: 0 });
    expect(urls()).toEqual(['/robots.txt', '/rss.xml', '/news/1', '/rss.xml']);
  });

  it('follows the headlines of a section page, and of the front page when the feed died', async () => {
    const front = `<nav><a href="/login">Log in</a></nav>${[1, 2, 3]
      .map(
        (n) =>
          `<h2><a href="/2026/11/22/council-approves-new-quay-part-${n}">Council approves the new quay, part ${n}</a></h2>`,
      )
      .join('')}`;
    pages = {
      '/': html(front),
      '/rss.xml': html('<h1>Our feeds have moved</h1>'),
      '/2026/11/22/council-approves-new-quay-part-1': html(article('Part one')),
    };
    const report = await crawl(source({ home: `${server.origin}/`, feeds: [`${server.origin}/rss.xml`] }));
    expect(articles.map(({ extracted }) => extracted.title)).toEqual(['Part one']);
    expect(report.rejected).toEqual({ gone: 2 });
    expect(report.warnings[0]).toContain('/rss.xml');
    expect(report.error).toBeUndefined();
    expect(urls()).not.toContain('/login');
  });

  const headlines = (...names: string[]) =>
    names.map((name) => `<h2><a href="/2026/11/22/council-approves-the-new-${name}">The new ${name}</a></h2>`).join('');
  const pagedBy = (page: number, ...names: string[]) =>
    html(`${headlines(...names)}<nav><a href="/news/?page=${page + 1}">${page + 1}</a></nav>`);

  it('reads the pages of a section as long as most of them is new, and no more than allowed', async () => {
    pages = {
      '/news/': pagedBy(1, 'quay', 'pier'),
      '/news/?page=2': pagedBy(2, 'dock', 'pier'),
      '/news/?page=3': pagedBy(3, 'lock', 'weir'),
      '/news/?page=4': pagedBy(4, 'lake', 'pond'),
    };
    const one = source({ sections: [`${server.origin}/news/`] });
    const lists = () => urls().filter((url) => url?.startsWith('/news/'));
    expect((await crawl(one)).listed).toBe(5);
    expect(lists()).toEqual(['/news/', '/news/?page=2', '/news/?page=3']);
    pages['/news/'] = pagedBy(1, 'quay', 'pier', 'tower');
    expect((await crawl(one)).found).toBe(1);
    expect(lists()).toEqual(['/news/', '/news/?page=2', '/news/?page=3', '/news/']);
  });

  it('finds the feed that a front page names in place of one that died, and tells', async () => {
    pages = {
      '/': html('<link rel="alternate" type="application/rss+xml" href="/new.xml"><p>Welcome</p>'),
      '/new.xml': feed('/news/moved'),
      '/news/moved': html(article('Moved')),
    };
    const report = await crawl(source({ home: `${server.origin}/`, feeds: [`${server.origin}/old.xml`] }));
    expect(report).toMatchObject({ listed: 1, articles: 1, news: 0 });
    expect(report.warnings.join()).toMatch(/old\.xml: answered 404.*front page names .*new\.xml/);
  });

  it('falls back to the sitemaps that robots.txt names, news first', async () => {
    const sitemap = (path: string) =>
      html(`<urlset><url><loc>${server.origin}${path}</loc></url></urlset>`, { 'content-type': 'application/xml' });
    const named = ['all', 'old', 'older', 'news'];
    pages = {
      '/robots.txt': html(named.map((name) => `Sitemap: ${server.origin}/${name}.xml`).join('\n')),
      '/all.xml': sitemap('/2024/01/02/council-debates-the-old-quay-again'),
      '/news.xml': sitemap('/council-approves-the-new-quay-at-last-20310'),
    };
    const report = await crawl(source({ home: `${server.origin}/`, feeds: [`${server.origin}/rss.xml`] }));
    expect(urls().slice(0, 3)).toEqual(['/robots.txt', '/rss.xml', '/']);
    // Three of them, at the same time, and never without the one of news.
    expect(new Set(urls().slice(3))).toEqual(
      new Set(['/news.xml', '/all.xml', '/old.xml', '/council-approves-the-new-quay-at-last-20310']),
    );
    expect(report.listed).toBe(1);
    expect(report.error).toBeUndefined();
  });

  it('asks for the sitemaps of an index although the index has not changed', async () => {
    const index: Handler = (request, response) =>
      request.headers['if-none-match'] === '"i"'
        ? response.writeHead(304).end()
        : response
            .writeHead(200, { etag: '"i"' })
            .end(`<sitemapindex><sitemap><loc>${server.origin}/news.xml</loc></sitemap></sitemapindex>`);
    const news = (path: string) =>
      html(
        `<urlset><url><loc>${server.origin}${path}</loc><news:news><news:title>News</news:title></news:news></url></urlset>`,
      );
    pages = { '/index.xml': index, '/news.xml': news('/one') };
    const one = source({ sitemaps: [`${server.origin}/index.xml`] });
    expect((await crawl(one)).found).toBe(1);
    pages['/news.xml'] = news('/two');
    expect((await crawl(one)).found).toBe(1);
  });

  it('looks at the front page of a source whose feed answers but has been given up', async () => {
    pages = { '/rss.xml': feed('/news/last'), '/news/last': html(article('Last')), '/': html(headlines('quay')) };
    const one = source({ home: `${server.origin}/`, feeds: [`${server.origin}/rss.xml`] });
    const { signal } = new AbortController();
    const daysAgo = (days: number) => ({ newsAt: new Date(Date.now() - days * 86_400_000) });
    expect((await crawler.crawl(one, signal, daysAgo(20))).warnings).toEqual([]);
    expect((await crawler.crawl(one, signal, daysAgo(2))).found).toBe(0);
    const report = await crawler.crawl(one, signal, daysAgo(20));
    expect(report).toMatchObject({ news: 0, found: 1 });
    expect(report.warnings.join()).toContain('nothing new since');
  });

  it('says when links wait that it had no time for', async () => {
    pages = { '/rss.xml': feed('/news/1', '/news/2', '/news/3') };
    const one = source({ feeds: [`${server.origin}/rss.xml`], limits: { articlesPerCrawl: 2 } });
    expect(await crawl(one)).toMatchObject({ backlog: true, rejected: { gone: 2 } });
    expect(await crawl(one)).toMatchObject({ backlog: false, rejected: { gone: 1 } });
  });

  it('of a source that does not answer says why', async () => {
    pages = { '/robots.txt': status(404), '/rss.xml': status(403) };
    const report = await crawl(source({ feeds: [`${server.origin}/rss.xml`] }));
    expect(report.error).toContain('answered 403');
  });

  it('that is stopped leaves its links for the next', async () => {
    const stop = new AbortController();
    pages = { '/rss.xml': feed('/news/a', '/news/b'), '/news/a': () => stop.abort(), '/news/b': () => stop.abort() };
    const one = source({ feeds: [`${server.origin}/rss.xml`] });
    await crawler.crawl(one, stop.signal);
    expect((await linkAt('/news/a'))?.state).toBe('pending');
    pages = { '/news/a': html(article('A')), '/news/b': html(article('B')) };
    await crawl(one);
    expect(articles.map(({ extracted }) => extracted.title).sort()).toEqual(['Story at /news/a', 'Story at /news/b']);
  });
});

describe('every link ends in an outcome with its reason', () => {
  const outcomes: [name: string, page: Handler, stage: string, reason: string][] = [
    ['removed', status(410), 'crawl', 'gone'],
    ['missing', status(404), 'crawl', 'gone'],
    ['refused', status(451), 'crawl', 'forbidden'],
    ['bot check', status(403, { 'cf-mitigated': 'challenge' }), 'crawl', 'consent-wall'],
    [
      'loop',
      (request, response) => response.writeHead(302, { location: request.url }).end(),
      'crawl',
      'too-many-redirects',
    ],
    ['file', status(302, { location: 'file:///etc/passwd' }), 'crawl', 'bad-address'],
    ['to the front page', status(302, { location: '/' }), 'extract', 'soft-404'],
    ['video', html('x', { 'content-type': 'video/mp4' }), 'extract', 'not-html'],
    ['PDF that says it is HTML', html('%PDF-1.7 …'), 'extract', 'not-html'],
    [
      '100 MB',
      (_, response) =>
        response.writeHead(200, { 'content-type': 'text/html', 'content-length': '100000000' }).write('<p>'),
      'crawl',
      'too-large',
    ],
    ['empty', html(''), 'extract', 'no-text'],
  ];
  it.each(outcomes)('%s', async (name, page, stage, reason) => {
    const path = `/${encodeURIComponent(name)}`;
    pages = { '/': html('<p>front</p>'), '/rss.xml': feed(path), [path]: page };
    const report = await crawl(source({ feeds: [`${server.origin}/rss.xml`] }));
    expect(report.rejected).toEqual({ [reason]: 1 });
    expect(await linkAt(path)).toMatchObject({ state: 'done', outcome: 'rejected', stage, reason });
  });

  it('what robots.txt forbids is not asked for', async () => {
    pages = { '/robots.txt': html('User-agent: *\nDisallow: /private/\n'), '/rss.xml': feed('/private/1') };
    const report = await crawl(source({ feeds: [`${server.origin}/rss.xml`] }));
    expect(report.rejected).toEqual({ robots: 1 });
    expect(urls()).toEqual(['/robots.txt', '/rss.xml']);
  });

  it('as slowly as the site asks for, robots.txt says', async () => {
    const asked: number[] = [];
    const noted =
      (title: string): Handler =>
      (request, response) => {
        asked.push(performance.now());
        return html(article(title))(request, response);
      };
    pages = {
      '/robots.txt': html('User-agent: *\nCrawl-delay: 0.5\n'),
      '/rss.xml': feed('/news/1', '/news/2', '/news/3'),
      ...{ '/news/1': noted('One'), '/news/2': noted('Two'), '/news/3': noted('Three') },
    };
    await crawl(source({ feeds: [`${server.origin}/rss.xml`] }));
    expect(asked).toHaveLength(3);
    for (const [index, at] of asked.slice(1).entries()) expect(at - (asked[index] ?? at)).toBeGreaterThanOrEqual(500);
  });

  it('what the operator excludes is not asked for', async () => {
    pages = { '/rss.xml': feed('/sport/1', '/news/x'), '/news/x': html(article('X')) };
    const report = await crawl(source({ feeds: [`${server.origin}/rss.xml`], exclude: ['/sport/'] }));
    expect(report).toMatchObject({ rejected: { excluded: 1 }, articles: 1 });
  });

  it('a page of 100,000 nested elements is read or refused, and the event loop stays free', async () => {
    const deep = `<title>Deep</title>${'<div>'.repeat(100_000)}<p>bottom</p>${'</div>'.repeat(100_000)}`;
    pages = { '/rss.xml': feed('/deep'), '/deep': html(deep) };
    await crawl(source({ feeds: [`${server.origin}/rss.xml`] }));
    expect(await linkAt('/deep')).toMatchObject({ state: 'done', outcome: 'rejected' });
  });
});

describe('trouble that may pass', () => {
  it('is tried again in the same crawl', async () => {
    let asked = 0;
    const flaky: Handler = (request, response) =>
      ++asked <= 2
        ? response.writeHead(429, { 'retry-after': '0' }).end()
        : html(article('At last'))(request, response);
    pages = { '/rss.xml': feed('/flaky'), '/flaky': flaky };
    const report = await crawl(source({ feeds: [`${server.origin}/rss.xml`] }));
    expect(report).toMatchObject({ articles: 1, postponed: 0 });
    expect(asked).toBe(3);
  });

  it('is left for the next crawl when the site asks for time, and given up in the end', async () => {
    pages = { '/rss.xml': feed('/busy'), '/busy': status(503, { 'retry-after': '0' }) };
    const one = source({ feeds: [`${server.origin}/rss.xml`] });
    const report = await crawl(one);
    expect(report).toMatchObject({ postponed: 1, rejected: {} });
    expect(await linkAt('/busy')).toMatchObject({ state: 'pending', tries: 1 });
    await store.db.updateTable('links').set({ tries: 4 }).where(addressOf, '=', `${server.origin}/busy`).execute();
    expect((await crawl(one)).rejected).toEqual({ unreachable: 1 });
    expect(await linkAt('/busy')).toMatchObject({ state: 'done', reason: 'unreachable', detail: 'answered 503' });
  });

  it('of our own, such as a proxy that is down, says nothing of the page: it is no try', async () => {
    pages = { '/rss.xml': feed('/later'), '/later': status(503, { 'retry-after': '0' }) };
    const one = source({ feeds: [`${server.origin}/rss.xml`] });
    await crawl(one);
    await store.db.updateTable('links').set({ tries: 4 }).where(addressOf, '=', `${server.origin}/later`).execute();
    const report = await crawl({ ...one, proxy: await closedOrigin() });
    expect(report).toMatchObject({ postponed: 1, rejected: {}, error: 'the proxy refuses the connection' });
    expect(await linkAt('/later')).toMatchObject({ state: 'pending', tries: 4 });
  });

  it('of the queue or the store ends the crawl with the error, and the link stays open', async () => {
    const broken = openCrawler({
      db: store.db,
      settings: crawlSettings,
      emit: () => Promise.reject(new Error('the queue is away')),
    });
    pages = { '/rss.xml': feed('/kept'), '/kept': html(article('Kept')) };
    const one = source({ feeds: [`${server.origin}/rss.xml`] });
    await expect(broken.crawl(one, new AbortController().signal)).rejects.toThrow('the queue is away');
    await broken.close();
    expect((await linkAt('/kept'))?.state).toBe('pending');
  });
});

describe('a page that comes late', () => {
  const item = (path: string, title: string, published: Date): Handler =>
    html(
      `<rss version="2.0"><channel><item><title>${title}</title><link>${server.origin}${path}</link>
      <pubDate>${published.toUTCString()}</pubDate></item></channel></rss>`,
      { 'content-type': 'application/rss+xml' },
    );

  it('is waited for when its feed is ahead of it, but not long', async () => {
    pages = { '/rss.xml': item('/news/soon', 'Soon', new Date()) };
    const one = source({ feeds: [`${server.origin}/rss.xml`] });
    expect(await crawl(one)).toMatchObject({ postponed: 1, rejected: {} });
    pages['/news/soon'] = html(article('Soon'));
    expect(await crawl(one)).toMatchObject({ articles: 1 });

    pages['/rss.xml'] = item('/news/never', 'Never', new Date());
    expect((await crawl(one)).rejected).toEqual({});
    expect((await crawl(one)).rejected).toEqual({});
    expect((await crawl(one)).rejected).toEqual({ gone: 1 });

    pages['/rss.xml'] = item('/news/yesterday', 'Yesterday', new Date(Date.now() - 86_400_000));
    expect((await crawl(one)).rejected).toEqual({ gone: 1 });
  });

  it('is looked at again when a flash grows into a report', async () => {
    pages = { '/rss.xml': item('/flash', 'Quay approved', new Date()), '/flash': html('<h1>Quay approved</h1>') };
    const one = source({ feeds: [`${server.origin}/rss.xml`] });
    expect((await crawl(one)).articles).toBe(0);
    expect(await linkAt('/flash')).toMatchObject({ outcome: 'rejected', stage: 'extract' });
    pages['/flash'] = html(article('Quay approved'));
    expect(await crawl(one)).toMatchObject({ pages: 0, articles: 0 });
    pages['/rss.xml'] = item('/flash', 'Quay approved: what it means', new Date());
    expect(await crawl(one)).toMatchObject({ pages: 1, articles: 1 });
    expect(await linkAt('/flash')).toMatchObject({ state: 'queued', outcome: null });
  });
});

it('a page that only sends its readers on is followed', async () => {
  pages = {
    '/rss.xml': feed('/gate'),
    '/gate': html('<meta http-equiv="refresh" content="0; url=/behind"><p>Redirecting…</p>'),
    '/behind': html(article('Story at /gate')),
  };
  await crawl(source({ feeds: [`${server.origin}/rss.xml`] }));
  expect(articles[0]).toMatchObject({ pageUrl: `${server.origin}/behind`, link: { url: `${server.origin}/gate` } });
});

/** As ingest leaves it, with its revisit due. */
const publish = async (path: string, id: string = randomUUID()) => {
  await sql`
    insert into articles (id, key, text_hash, url, source, story, title, text, html, first_seen_at, updated_at, lang, labels,
      paywalled, live_blog, opinion)
    select ${id}, key, sha256(convert_to(key, 'utf8')), url, source, ${id}, 'Old title', '', '', now(), now(), 'en', '{}', false, false, false
    from links where ${addressOf} = ${server.origin + path}`.execute(store.db);
  await sql`
    update links set state = 'done', outcome = 'published', article = ${id}, revisit_at = now()
    where url = ${server.origin + path}`.execute(store.db);
};
/** Has the link fetched again now. */
const look = (path: string) =>
  store.db
    .updateTable('links')
    .set({ revisit_at: new Date() })
    .where(addressOf, '=', `${server.origin}${path}`)
    .execute();

describe('an article that was published', () => {
  it('is looked at again: unchanged it costs a 304, changed it goes to ingest, taken down it is withdrawn', async () => {
    const steady: Handler = (request, response) =>
      request.headers['if-none-match'] === '"1"'
        ? response.writeHead(304).end()
        : html(article('Steady'), { etag: '"1"' })(request, response);
    pages = { '/rss.xml': feed('/a', '/b', '/c'), '/a': steady, '/b': html(article('B')), '/c': html(article('C')) };
    const one = source({ feeds: [`${server.origin}/rss.xml`] });
    await crawl(one);
    articles = [];
    const ids = [randomUUID(), randomUUID(), randomUUID()] as const;
    await publish('/a', ids[0]);
    await publish('/b', ids[1]);
    await publish('/c', ids[2]);
    pages['/c'] = status(410);
    const report = await crawl(one);
    expect(report).toMatchObject({ revisited: 3, withdrawn: 1, articles: 1, rejected: {} });
    expect(articles.map(({ link }) => link.url)).toEqual([`${server.origin}/b`]);
    const events = await store.db.selectFrom('events').selectAll().where('article', '=', ids[2]).execute();
    expect(events.map(({ kind }) => kind)).toEqual(['withdrawn']);
    expect(await linkAt('/a')).toMatchObject({ state: 'done', outcome: 'published' });
    expect(Number((await linkAt('/a'))?.revisit_at)).toBeGreaterThan(Date.now());
  });

  it('is withdrawn when it is not found twice in a row, and comes back when it answers again', async () => {
    pages = { '/rss.xml': feed('/e'), '/e': html(article('E')) };
    const one = source({ feeds: [`${server.origin}/rss.xml`] });
    await crawl(one);
    const id = randomUUID();
    await publish('/e', id);
    const lookAgain = async () => {
      await store.db
        .updateTable('links')
        .set({ revisit_at: new Date() })
        .where(addressOf, '=', `${server.origin}/e`)
        .execute();
      return (await crawl(one)).withdrawn;
    };
    const events = async () =>
      (await store.db.selectFrom('events').select('kind').where('article', '=', id).orderBy('id').execute()).map(
        ({ kind }) => kind,
      );
    delete pages['/e'];
    expect(await lookAgain()).toBe(0);
    pages['/e'] = html(article('E'));
    expect(await lookAgain()).toBe(0);
    delete pages['/e'];
    expect([await lookAgain(), await lookAgain()]).toEqual([0, 1]);
    expect(await events()).toEqual(['withdrawn']);
    pages['/e'] = html(article('E'));
    expect(await lookAgain()).toBe(0);
    expect(await events()).toEqual(['withdrawn', 'updated']);
  });

  it('is looked at again at once when its feed entry changes', async () => {
    pages = { '/rss.xml': feed('/d'), '/d': html(article('D')) };
    const one = source({ feeds: [`${server.origin}/rss.xml`] });
    await crawl(one);
    await publish('/d', randomUUID());
    await store.db.updateTable('links').set({ revisit_at: null }).where(addressOf, '=', `${server.origin}/d`).execute();
    expect((await crawl(one)).revisited).toBe(0);
    pages['/rss.xml'] = (_, response) =>
      response.end(
        `<rss version="2.0"><channel><item><title>Update: D</title><link>${server.origin}/d</link></item></channel></rss>`,
      );
    expect((await crawl(one)).revisited).toBe(1);
  });
});

describe('a removed story', () => {
  const front = (title: string) =>
    html(
      `<html lang="en"><head><title>${title} – Harbour Post</title></head><body><main>${Array.from(
        { length: 25 },
        (_, index) =>
          `<li><h3><a href="/2026/11/20/council-story-${index}-on-the-quay">Council story ${index} on the quay</a></h3><p>The council met on Monday to talk about plan ${index} and its costs, which rose again this year.</p></li>`,
      ).join('')}</main></body></html>`,
    );

  it.each(['/en/', '/news', '/?gone=1', '/index.php'])('that now leads to %s is none', async (target) => {
    pages = { '/rss.xml': feed('/gone'), '/gone': status(302, { location: target }), [target]: front('News') };
    const report = await crawl(source({ home: 'http://home.example/', feeds: [`${server.origin}/rss.xml`] }));
    expect(articles).toEqual([]);
    expect(Object.keys(report.rejected)).toEqual([expect.stringMatching(/^(?:soft-404|front-page)$/)]);
  });

  it('is taken all the same where its own page stands at a short address', async () => {
    pages = {
      '/rss.xml': feed('/gone'),
      '/gone': status(301, { location: '/quay' }),
      '/quay': html(article('Story at /gone')),
    };
    expect((await crawl(source({ feeds: [`${server.origin}/rss.xml`] }))).articles).toBe(1);
  });

  it('is withdrawn when it leads to the front page twice in a row', async () => {
    pages = { '/rss.xml': feed('/later'), '/later': html(article('Story at /later')) };
    const one = source({ feeds: [`${server.origin}/rss.xml`] });
    await crawl(one);
    await publish('/later');
    pages['/later'] = status(302, { location: '/' });
    pages['/'] = front('News');
    await look('/later');
    expect(await crawl(one)).toMatchObject({ revisited: 1, withdrawn: 0 });
    await look('/later');
    expect(await crawl(one)).toMatchObject({ revisited: 1, withdrawn: 1 });
  });
});

it('sends the headers of a source to its own site alone', async () => {
  const other = server.origin.replace('127.0.0.1', 'localhost');
  const own = server.origin;
  const told: string[] = [];
  const note =
    (answer: Handler): Handler =>
    (request, response) => {
      if (request.headers.authorization === 'Bearer secret') told.push(`${request.headers.host}${request.url}`);
      return answer(request, response);
    };
  const list = `<rss version="2.0"><channel><title>P</title><item><title>Moved</title><link>${own}/moved</link></item><item><title>Elsewhere</title><link>${other}/elsewhere</link></item></channel></rss>`;
  pages = {
    '/rss.xml': note((_, response) => response.writeHead(200, { 'content-type': 'text/xml' }).end(list)),
    '/moved': note(status(302, { location: `${other}/target` })),
    '/target': note(html(article('Moved'))),
    '/elsewhere': note(html(article('Elsewhere'))),
  };
  await crawl(source({ feeds: [`${own}/rss.xml`], headers: { Authorization: 'Bearer secret' } }));
  expect(urls()).toContain('/elsewhere');
  expect(urls()).toContain('/target');
  expect(told.sort()).toEqual([`${new URL(own).host}/moved`, `${new URL(own).host}/rss.xml`]);
});

it('two feeds that word one headline differently change nothing, though one of them is silent now and then', async () => {
  const list = (title: string) =>
    `<rss version="2.0"><channel><title>P</title><item><title>${title}</title><link>${server.origin}/h1</link></item></channel></rss>`;
  const xml =
    (text: string): Handler =>
    (_, response) =>
      response.writeHead(200, { 'content-type': 'text/xml' }).end(text);
  pages = {
    '/a.xml': xml(list('Storm closes the harbour for two days')),
    '/b.xml': xml(list('Weather: harbour shut')),
  };
  const one = source({ feeds: [`${server.origin}/a.xml`, `${server.origin}/b.xml`], take: 'headlines' });
  await crawl(one);
  await publish('/h1');
  await store.db.updateTable('links').set({ revisit_at: null }).where(addressOf, '=', `${server.origin}/h1`).execute();
  for (const a of [status(304), xml(list('Storm closes the harbour for two days')), status(304)]) {
    pages['/a.xml'] = a;
    expect(await crawl(one)).toMatchObject({ articles: 0 });
  }
  // The first of them says something new.
  pages['/a.xml'] = xml(list('Storm closes the harbour for a week'));
  expect(await crawl(one)).toMatchObject({ articles: 1 });
});

it('what a feed says of the use of its items goes with them, whole articles and headlines', async () => {
  const refuse = (use: string) =>
    `<r:content url="/"><r:license><r:prohibits type="usage">${use}</r:prohibits></r:license></r:content>`;
  const entry = (path: string, inner = '') =>
    `<item><title>Story at ${path}</title><link>${server.origin}${path}</link>${inner}</item>`;
  const rightsOf = (path: string) => articles.find(({ link }) => link.url.endsWith(path))?.extracted.rights;
  for (const take of ['articles', 'headlines'] as const) {
    const [one, two] = [`/${take}-1`, `/${take}-2`];
    pages = {
      '/rss.xml': (_, response) =>
        response
          .writeHead(200, { 'content-type': 'text/xml' })
          .end(
            `<rss version="2.0" xmlns:r="https://rslstandard.org/rsl"><channel>${refuse('ai-train')}${entry(one, refuse('ai-input'))}${entry(two)}</channel></rss>`,
          ),
      [one]: html(article(`Story at ${one}`)),
      [two]: html(article(`Story at ${two}`)),
    };
    const report = await crawl(source({ feeds: [`${server.origin}/rss.xml`], take }));
    expect(report.rights).toEqual({ aiTrain: false });
    expect(rightsOf(one)).toEqual({ aiTrain: false, aiInput: false });
    expect(rightsOf(two)).toEqual({ aiTrain: false });
  }
});

it('what the site says of the use of its texts goes with its articles and its report', async () => {
  pages = {
    '/robots.txt': html('User-agent: *\nContent-Signal: search=yes, ai-train=no\nLicense: /license.xml\n'),
    '/rss.xml': feed('/a', '/b'),
    '/a': html(article('Story at /a').replace('<head>', '<head><meta name="robots" content="noai">')),
    '/b': html(article('Story at /b')),
  };
  const report = await crawl(source({ feeds: [`${server.origin}/rss.xml`] }));
  const license = `${server.origin}/license.xml`;
  expect(report.rights).toEqual({ search: true, aiTrain: false, license });
  const rightsOf = (path: string) => articles.find(({ link }) => link.url.endsWith(path))?.extracted.rights;
  expect(rightsOf('/a')).toEqual({ search: true, aiTrain: false, aiInput: false, license });
  expect(rightsOf('/b')).toEqual(report.rights);
});
