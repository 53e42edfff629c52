import { describe, expect, it } from 'vitest';
import { FeedError } from '../../feeds/read/feed.ts';
import { discover, type FetchPage } from '../../src/discovery/discover.ts';

const item = (path: string) =>
  `<item><title>${path}</title><link>https://harbour.example${path}</link><pubDate>Sat, 21 Nov 2026 08:00:00 GMT</pubDate></item>`;
const rss = (title: string, ...paths: string[]) =>
  `<rss version="2.0"><channel><title>${title}</title><link>https://harbour.example/</link><language>sr-rs</language>${paths.map(item).join('')}</channel></rss>`;
const atom = (...paths: string[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title>${paths.map((path) => `<entry><title>x</title><link href="https://harbour.example${path}"/></entry>`).join('')}</feed>`;
const page = (head: string, body = '<p>Welcome to the harbour.</p>') =>
  `<!DOCTYPE html><html lang="sr_Latn"><head><title>News | Harbour Post</title>${head}</head><body>${body}</body></html>`;

/** A site of these pages; everything else is not there. Notes what was asked for. */
function site(pages: Readonly<Record<string, string>>): { fetchPage: FetchPage; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async fetchPage(url) {
      asked.push(url);
      const { host, pathname } = new URL(url);
      if (host === 'dead.example') throw new Error('no answer');
      const text = pages[pathname];
      const status = text === undefined ? 404 : 200;
      return {
        url,
        status,
        contentType: text?.startsWith('<!DOCTYPE') ? 'text/html' : 'text/xml',
        body: Buffer.from(text ?? 'gone'),
      };
    },
  };
}
const look = (pages: Readonly<Record<string, string>>, address = 'https://harbour.example/') =>
  discover(address, site(pages).fetchPage);

describe('discover', () => {
  it('takes the feeds that a page names, without comments and without twins', async () => {
    const found = await look({
      '/': page(`<meta property="og:site_name" content="Harbour Post"><link rel="alternate" type="application/rss+xml" title="All" href="/all.xml">
        <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed"><link rel="alternate" type="application/atom+xml" href="/all.atom">
        <link rel="alternate" type="application/rss+xml" href="/sport.xml"><link rel="alternate" type="text/html" hreflang="en" href="/en">`),
      '/all.xml': rss('Harbour', '/1', '/2', '/3'),
      '/all.atom': atom('/1', '/2', '/3'),
      '/comments/feed': rss('Comments', '/1#c'),
      '/sport.xml': rss('Sport', '/7', '/8'),
    });
    expect(found).toMatchObject({
      name: 'Harbour Post',
      home: 'https://harbour.example/',
      lang: 'sr-RS',
      country: 'RS',
    });
    expect(found.listings).toMatchObject([
      {
        kind: 'feed',
        url: 'https://harbour.example/all.xml',
        by: 'link',
        items: 3,
        latest: '2026-11-21T08:00:00.000Z',
      },
      { kind: 'feed', url: 'https://harbour.example/sport.xml', by: 'link', items: 2 },
    ]);
  });

  it('leaves the comments alone, of the site and of one post, whatever the language', async () => {
    const comments = (link: string) =>
      `<rss version="2.0"><channel><title>x</title><link>${link}</link><item><title>Por: Ana</title><link>https://harbour.example/2026/11/muelle/#comment-7</link></item></channel></rss>`;
    const found = await look({
      '/': page(`<link rel="alternate" type="application/rss+xml" title="Diario &raquo; Feed" href="/feed/">
        <link rel="alternate" type="application/rss+xml" title="Diario &raquo; Feed de los comentarios" href="/comentarios/feed/">
        <link rel="alternate" type="application/rss+xml" title="Diario &raquo; Muelle aprobado del feed" href="/2026/11/muelle/feed/">
        <link rel="alternate" type="application/rss+xml" title="Ostalo" href="/ostalo.xml">`),
      '/feed/': rss('Diario', '/1', '/2'),
      '/comentarios/feed/': rss('Comentarios', '/1#comment-1'),
      '/2026/11/muelle/feed/': comments('https://harbour.example/2026/11/muelle/').replace('#comment-7', ''),
      '/ostalo.xml': comments('https://harbour.example/'),
    });
    expect(found.listings.map(({ url }) => url)).toEqual(['https://harbour.example/feed/']);
  });

  it('follows a link to a page that lists the feeds', async () => {
    const found = await look({
      '/': page('', '<a href="/rss/">RSS</a>'),
      '/rss/': page('', '<a href="/rss/news.xml">News</a> <a href="/about">About</a>'),
      '/rss/news.xml': rss('News', '/1'),
    });
    expect(found.listings).toMatchObject([{ url: 'https://harbour.example/rss/news.xml', by: 'anchor' }]);
  });

  it('tries the usual addresses, below the given page first, and stops at the first that works', async () => {
    const { fetchPage, asked } = site({
      '/en/': page(''),
      '/en/feed/': rss('English', '/en/1'),
      '/feed/': rss('All', '/1'),
    });
    const found = await discover('https://harbour.example/en/', fetchPage);
    expect(found.listings.filter(({ kind }) => kind === 'feed')).toMatchObject([
      { url: 'https://harbour.example/en/feed/', by: 'usual path' },
    ]);
    expect(asked).not.toContain('https://harbour.example/feed/');
  });

  it('finds the news sitemap that robots.txt names behind an index', async () => {
    const found = await look({
      '/': page(''),
      '/robots.txt': 'User-agent: *\nSitemap: https://harbour.example/map.xml\n',
      '/map.xml':
        '<sitemapindex><sitemap><loc>https://harbour.example/old.xml</loc></sitemap><sitemap><loc>https://harbour.example/news.xml</loc></sitemap></sitemapindex>',
      '/news.xml':
        '<urlset xmlns:news="n"><url><loc>https://harbour.example/1</loc><news:news><news:title>A</news:title></news:news></url></urlset>',
    });
    expect(found.listings).toMatchObject([{ kind: 'sitemap', url: 'https://harbour.example/news.xml', items: 1 }]);
  });

  it('takes a feed that is named as sitemap, unless it lists what is known', async () => {
    const robots = { '/robots.txt': 'Sitemap: https://harbour.example/map.xml\n' };
    const front = page('<link rel="alternate" type="application/rss+xml" href="/all.xml">');
    const url = 'https://harbour.example/map.xml';
    for (const list of [rss('Harbour', '/1', '/2'), atom('/1', '/2')]) {
      expect((await look({ '/': page(''), ...robots, '/map.xml': list })).listings).toMatchObject([
        { kind: 'feed', url, by: 'robots.txt', items: 2 },
      ]);
      const both = await look({ '/': front, ...robots, '/map.xml': list, '/all.xml': rss('All', '/2', '/1', '/3') });
      expect(both.listings.map((one) => one.url)).toEqual(['https://harbour.example/all.xml']);
    }
    const others = await look({ '/': front, ...robots, '/map.xml': rss('M', '/8', '/9'), '/all.xml': rss('A', '/1') });
    expect(others.listings.map((one) => one.url)).toEqual(['https://harbour.example/all.xml', url]);
    const usual = await look({ '/': page(''), '/sitemap.xml': rss('Harbour', '/1') });
    expect(usual.listings).toMatchObject([{ kind: 'feed', by: 'usual path' }]);
    const comments = await look({ '/': page(''), ...robots, '/map.xml': rss('C', '/1#comment-2', '/1#comment-3') });
    expect(comments.listings).toMatchObject([{ kind: 'section' }]);
  });

  it('falls back to the front page', async () => {
    const found = await look({
      '/': page('<link rel="alternate" type="application/rss+xml" href="https://dead.example/feed">'),
    });
    expect(found.listings).toMatchObject([{ kind: 'section', url: 'https://harbour.example/', by: 'front page' }]);
    expect(found.notes.join()).toContain('dead.example');
    expect(found).toMatchObject({ name: 'Harbour Post', lang: 'sr-Latn', country: undefined });
  });

  it('takes a feed that it is given, and its home page from the feed', async () => {
    const found = await look(
      { '/deep/feed': rss('Harbour', '/1'), '/': page('<meta property="og:site_name" content="Harbour Post">') },
      'https://harbour.example/deep/feed',
    );
    expect(found).toMatchObject({ name: 'Harbour Post', home: 'https://harbour.example/' });
    expect(found.listings).toMatchObject([{ kind: 'feed', url: 'https://harbour.example/deep/feed', by: 'given' }]);
  });

  it('asks for nothing twice, and for some thirty addresses at most', async () => {
    const links = Array.from(
      { length: 200 },
      (_, index) =>
        `<link rel="alternate" type="application/rss+xml" href="/f${index}"><a href="/rss/${index}.xml">x</a>`,
    );
    const { fetchPage, asked } = site({ '/': page(links.join('')) });
    await discover('https://harbour.example/', fetchPage);
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeLessThan(45);
  });

  it('says so when there is no site', async () => {
    await expect(look({})).rejects.toThrow(/answered 404/);
    await expect(look({ '/': '%PDF-1.7' })).rejects.toBeInstanceOf(FeedError);
    await expect(discover('https://dead.example/', site({}).fetchPage)).rejects.toThrow('no answer');
  });
});
