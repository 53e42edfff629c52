import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FeedError } from '../../../feeds/read/feed.ts';
import { readSitemap } from '../../../feeds/read/sitemap.ts';

const news = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc> https://harbour.example/ferry?a=1&amp;b=2 </loc><lastmod>2026-11-21T10:00:00+01:00</lastmod>
    <n:news><n:publication><n:name>Harbour &amp; Hill</n:name><n:language>en</n:language></n:publication>
      <n:publication_date>2026-11-21</n:publication_date><n:title><![CDATA[Ferry & train]]></n:title><n:keywords>sea, rail,</n:keywords></n:news>
    <image:image><image:loc>/ferry.jpg</image:loc><image:title>Not the headline</image:title></image:image>
    <image:image><image:loc>/second.jpg</image:loc></image:image></url>
  <url><loc>/relative</loc></url>
  <url><loc>javascript:alert(1)</loc></url>
</urlset>`;

describe('readSitemap', () => {
  it('reads a news sitemap with all it says of an article', async () => {
    const sitemap = await readSitemap(news, { url: 'https://harbour.example/sitemap-news.xml' });
    expect(sitemap).toMatchObject({
      kind: 'pages',
      news: true,
      links: [
        {
          url: 'https://harbour.example/ferry?a=1&b=2',
          title: 'Ferry & train',
          published: '2026-11-21T00:00:00.000Z',
          updated: '2026-11-21T09:00:00.000Z',
          categories: ['sea', 'rail'],
          image: 'https://harbour.example/ferry.jpg',
          language: 'en',
          publication: 'Harbour & Hill',
        },
        { url: 'https://harbour.example/relative', title: undefined },
      ],
    });
  });

  it('reads an index, gzipped', async () => {
    const index =
      '<sitemapindex><sitemap><loc>https://a.example/1.xml.gz</loc><lastmod>2026-11-20</lastmod></sitemap><sitemap/></sitemapindex>';
    expect(await readSitemap(gzipSync(Buffer.from(index)), {})).toEqual({
      kind: 'index',
      sitemaps: [{ url: 'https://a.example/1.xml.gz', updated: '2026-11-20T00:00:00.000Z' }],
      cut: undefined,
    });
  });

  it('reads a plain list of addresses', async () => {
    const sitemap = await readSitemap('https://a.example/1\r\nhttps://a.example/2\n\n', {});
    expect(sitemap).toMatchObject({
      kind: 'pages',
      news: false,
      links: [{ url: 'https://a.example/1' }, { url: 'https://a.example/2' }],
    });
  });

  it('keeps what stands before the damage', async () => {
    const sitemap = await readSitemap(news.slice(0, news.indexOf('</urlset>') - 40), {
      url: 'https://harbour.example/',
    });
    expect(sitemap.kind === 'pages' && sitemap.links).toHaveLength(2);
    expect(sitemap.cut).toMatch(/ends in the middle/);
  });

  it('is bounded in entries and in bytes', async () => {
    const many = `<urlset>${'<url><loc>https://a.example/</loc></url>'.repeat(50)}</urlset>`;
    const sitemap = await readSitemap(many, {}, { maxEntries: 20 });
    expect(sitemap.kind === 'pages' && sitemap.links).toHaveLength(20);
    expect(sitemap.cut).toMatch(/first 20/);
    await expect(readSitemap(gzipSync(Buffer.alloc(5_000_000, 32)), {}, { maxBytes: 1_000_000 })).rejects.toMatchObject(
      { found: 'too-large' },
    );
  });

  it.each(['', 'not found', '<html><body>404</body></html>', '<config/>', '{"a":1}'])('refuses %j', async (text) => {
    await expect(readSitemap(text, {})).rejects.toBeInstanceOf(FeedError);
  });

  it('ends in a sitemap or a FeedError, whatever the text', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<urlset>',
        '<url>',
        '</url>',
        '<loc>',
        '</loc>',
        '<news:news>',
        'https://a.example/',
        '<![CDATA[',
        '&',
        '<sitemap>',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
        const end = await readSitemap(pieces.join(''), {}).catch((error: unknown) => error);
        if (end instanceof Error) expect(end).toBeInstanceOf(FeedError);
      }),
    );
  });
});
