import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../feeds/read/feed.ts';
import { readSitemap } from '../../../feeds/read/sitemap.ts';

const item =
  '<item><title>Quay approved</title><link>https://paper.example/a</link><pubDate>Sat, 28 Nov 2026 10:00:00 GMT</pubDate></item>';
const rss = (items: string, attributes = '', head = '<link>https://paper.example/</link>') =>
  `<rss version="2.0"${attributes}><channel><title>P</title>${head}${items}</channel></rss>`;
const only = async (text: string, url = 'https://paper.example/feeds/f.xml') =>
  (await readFeed(text, { url })).entries[0];
const quay = { title: 'Quay approved', url: 'https://paper.example/a', published: '2026-11-28T10:00:00.000Z' };

describe('a feed in another namespace than its own', () => {
  it.each([
    'http://www.w3.org/2005/Atom',
    'http://www.w3.org/1999/xhtml',
    'http://search.yahoo.com/mrss/',
    'http://www.itunes.com/dtds/podcast-1.0.dtd',
    'http://purl.org/dc/elements/1.1/',
    'urn:nobody',
  ])('RSS with %s as the default', async (namespace) => {
    expect(await only(rss(item, ` xmlns="${namespace}"`))).toMatchObject(quay);
    expect(await only(rss(item.replace('<item>', `<item xmlns="${namespace}">`)))).toMatchObject(quay);
  });

  it('Atom with another default, and Atom elements in RSS that say so themselves', async () => {
    const entry =
      '<entry><title>Quay approved</title><link href="https://paper.example/a"/><published>2026-11-28T10:00:00Z</published></entry>';
    expect(await only(`<feed xmlns="http://purl.org/rss/1.0/">${entry}</feed>`)).toMatchObject(quay);
    const self = '<link xmlns="http://www.w3.org/2005/Atom" rel="self" href="https://paper.example/self"/>';
    const feed = await readFeed(rss(item, '', `<link>https://paper.example/</link>${self}`), {});
    expect(feed).toMatchObject({ link: 'https://paper.example/', self: 'https://paper.example/self' });
  });

  it('items of one format in the other', async () => {
    expect(await only(`<feed xmlns="http://www.w3.org/2005/Atom">${item}</feed>`)).toMatchObject(quay);
    const entry =
      '<entry><title>Quay approved</title><link href="https://paper.example/a"/><updated>2026-11-28T10:00:00Z</updated></entry>';
    expect(await only(rss(entry))).toMatchObject({ title: 'Quay approved', url: 'https://paper.example/a' });
  });

  it('does not take what stands in a source, or deeper in an item, for the item', async () => {
    const source = '<source><title>Elsewhere</title><id>urn:e</id><link href="https://else.example/"/></source>';
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><entry>${source}<title>Own</title><id>urn:own</id></entry></feed>`;
    expect(await only(atom)).toMatchObject({ title: 'Own', guid: 'urn:own', url: undefined });
    const deeper = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:x="urn:x"><entry><x:all><guid>no</guid></x:all><id>urn:own</id></entry></feed>`;
    expect(await only(deeper)).toMatchObject({ guid: 'urn:own' });
  });
});

describe('addresses of a feed', () => {
  const link = (text: string) => `<item><title>T</title><link>${text}</link></item>`;
  it.each([
    [
      'relative, feed on another host',
      'https://feeds.host.example/press.xml',
      '/news/1',
      'https://paper.example/news/1',
    ],
    [
      'relative to the site, not to the folder',
      'https://feeds.host.example/x/press.xml',
      'news/1',
      'https://paper.example/news/1',
    ],
    ['relative, feed on the same host', 'https://paper.example/feeds/f.xml', '/news/1', 'https://paper.example/news/1'],
    ['without scheme', 'https://paper.example/f.xml', 'www.paper.example/news/1', 'https://www.paper.example/news/1'],
    [
      'without scheme and www',
      'https://paper.example/f.xml',
      'paper.example/news/1?a=b',
      'https://paper.example/news/1?a=b',
    ],
    [
      'without scheme, a host of the same site',
      'https://paper.example/f.xml',
      'news.paper.example/1',
      'https://news.paper.example/1',
    ],
    ['a file, not a host', 'https://paper.example/f.xml', 'news.html', 'https://paper.example/news.html'],
    ['one slash', 'https://paper.example/f.xml', 'https:/paper.example/1', 'https://paper.example/1'],
    ['no colon', 'https://paper.example/f.xml', 'https//paper.example/1', 'https://paper.example/1'],
    ['two schemes', 'https://paper.example/f.xml', 'http://https://paper.example/1', 'https://paper.example/1'],
    [
      'two hosts',
      'https://paper.example/f.xml',
      'https://paper.examplehttps://paper.example/1',
      'https://paper.example/1',
    ],
    [
      'a whole address behind the host',
      'https://paper.example/f.xml',
      'https://paper.example/https://paper.example/1',
      'https://paper.example/1',
    ],
    [
      'an archive holds a whole address rightly',
      'https://paper.example/f.xml',
      'https://archive.example/https://paper.example/1',
      'https://archive.example/https://paper.example/1',
    ],
    [
      'escaped twice',
      'https://paper.example/f.xml',
      'https://paper.example/?a=1&amp;amp;b=2',
      'https://paper.example/?a=1&b=2',
    ],
    [
      'broken over lines',
      'https://paper.example/f.xml',
      '\n  https://paper.example/\n   news/1\n',
      'https://paper.example/news/1',
    ],
    [
      'in CDATA with blanks',
      'https://paper.example/f.xml',
      '<![CDATA[ https://paper.example/1 ]]>',
      'https://paper.example/1',
    ],
    [
      'as a link of HTML',
      'https://paper.example/f.xml',
      '&lt;a href="https://paper.example/1"&gt;x&lt;/a&gt;',
      'https://paper.example/1',
    ],
    ['without scheme, two slashes', 'https://paper.example/f.xml', '//paper.example/1', 'https://paper.example/1'],
  ])('%s', async (_, url, text, expected) => {
    expect((await only(rss(link(text)), url))?.url).toBe(expected);
  });

  it('xml:base comes before the site', async () => {
    const feed =
      '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example/x/"><link href="https://paper.example/"/><entry><link href="1"/></entry></feed>';
    expect((await only(feed, 'https://host.example/f'))?.url).toBe('https://base.example/x/1');
  });

  it('JSON Feed has its home page for a base', async () => {
    const feed = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'J',
      home_page_url: 'https://paper.example/',
      items: [{ id: '1', url: '/1' }],
    });
    expect((await only(feed, 'https://host.example/f.json'))?.url).toBe('https://paper.example/1');
  });

  it('takes GUIDs that are addresses where every item links to the front page', async () => {
    const items = [1, 2, 3].map(
      (n) =>
        `<item><link>https://paper.example/</link><guid isPermaLink="false">https://paper.example/${n}</guid></item>`,
    );
    const { items: found } = await readFeed(rss(items.join('')), {});
    expect(found.map(({ url }) => url)).toEqual([1, 2, 3].map((n) => `https://paper.example/${n}`));
  });

  it('unwraps redirecting addresses that hold their target', async () => {
    const wrapped = 'https://search.example/url?rct=j&amp;url=https://paper.example/1%3Fa%3Db&amp;ct=ga';
    expect((await only(rss(link(wrapped))))?.originalUrl).toBe('https://paper.example/1?a=b');
    expect(
      (await only(rss(link('https://paper.example/share?url=https://other.example/'))))?.originalUrl,
    ).toBeUndefined();
  });
});

describe('texts of an item', () => {
  const media = ' xmlns:media="http://search.yahoo.com/mrss/"';
  const caption =
    '<media:content url="https://paper.example/p.jpg" medium="image"><media:description>FILE: A fisherman mends nets on the old pier, seen by our photographer.</media:description></media:content>';

  it('a caption is the summary only where there is none', async () => {
    expect((await only(rss(`<item><description>Short.</description>${caption}</item>`, media)))?.summary).toBe(
      'Short.',
    );
    expect(
      (await only(rss(`<item><description>&lt;img src="x.jpg"&gt;</description>${caption}</item>`, media)))?.summary,
    ).toMatch(/^FILE/);
    expect((await only(rss(`<item>${caption}</item>`, media)))?.summary).toMatch(/^FILE/);
  });

  it('a text in place of the title is cut to a headline', async () => {
    const text = 'The council met in the town hall. '.repeat(44);
    const title = (await only(rss(`<item><title>${text}</title></item>`)))?.title ?? '';
    expect(title.length).toBeLessThanOrEqual(350);
    expect(title).toMatch(/^The council met in the town hall\..*town hall\.$/);
  });

  it.each([
    ['nested CDATA', '<![CDATA[A <![CDATA[b]]> c]]>', 'A b c'],
    ['escaped CDATA', '&lt;![CDATA[A b]]&gt;', 'A b'],
    ['CDATA in lower case', '<![cdata[A & b]]>', 'A & b'],
    ['escaped twice', 'A &amp;#8217; b &amp;amp; c', 'A ’ b & c'],
  ])('%s', async (_, text, expected) => {
    expect((await only(rss(`<item><title>${text}</title></item>`)))?.title).toBe(expected);
  });

  it.each([
    [
      'nothing says what it is',
      '<media:content url="https://img.example/abc?w=900"/>',
      'https://img.example/abc?w=900',
    ],
    ['a film is none', '<media:content url="https://img.example/abc.mp4"/>', undefined],
    [
      'image with an address in it',
      '<image><url>https://img.example/1</url><title>x</title></image>',
      'https://img.example/1',
    ],
    ['thumbnail', '<thumbnail url="https://img.example/2"/>', 'https://img.example/2'],
    [
      'the type of an enclosure cut short',
      '<enclosure url="https://img.example/3" type="image" length="0"/>',
      'https://img.example/3',
    ],
  ])('picture: %s', async (_, markup, expected) => {
    expect((await only(rss(`<item><title>T</title>${markup}</item>`, media)))?.image).toBe(expected);
  });
});

describe('notices before a feed', () => {
  it.each([
    '[28-Nov-2026 10:00:00 UTC] PHP Warning:  Undefined variable in feed.php on line 3\n',
    '{"warning": "x"}\n',
    '{{ template }}',
    '<br />\n<b>Notice</b>: a < b in <i>feed.php</i><!-- never closed\n',
    '<![CDATA[',
    '\ufeff \n',
  ])('%j', async (notice) => {
    const feed = `<?xml version="1.0" encoding="utf-8"?>\n${rss(item)}`;
    expect(await only(notice + feed)).toMatchObject(quay);
    expect(await only(notice + rss(item))).toMatchObject(quay);
  });

  it.each([
    [")]}',\n", ''],
    ['callback(', ');'],
    ['<br />\n<b>Warning</b>: x in {closure}\n', ''],
  ])('JSON behind %j', async (before, after) => {
    const json = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'J',
      items: [{ id: '1', url: 'https://paper.example/a', title: 'Quay' }],
    });
    expect(await only(before + json + after)).toMatchObject({ title: 'Quay', url: 'https://paper.example/a' });
  });
});

describe('JSON Feed as programs write it', () => {
  it('with times as numbers, and names and tags as texts', async () => {
    const feed = {
      version: 'https://jsonfeed.org/version/1',
      title: 'J',
      author: 'Desk',
      items: [
        { id: 1, date_published: 1_795_860_000, tags: 'a, b', authors: ['Ann Quay'] },
        { id: 2, date_published: 1_795_860_000_000 },
      ],
    };
    const { entries } = await readFeed(JSON.stringify(feed), {});
    expect(entries).toMatchObject([
      { published: '2026-11-28T10:00:00.000Z', categories: ['a', 'b'], authors: ['Ann Quay'] },
      { published: '2026-11-28T10:00:00.000Z', authors: ['Desk'] },
    ]);
  });
});

describe('a feed named as a sitemap', () => {
  it.each([
    ['RSS', rss(item)],
    [
      'Atom',
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Quay approved</title><link href="https://paper.example/a"/></entry></feed>',
    ],
    [
      'RSS 1.0',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item><title>Quay approved</title><link>https://paper.example/a</link></item></rdf:RDF>',
    ],
  ])('%s lists its articles', async (_, text) => {
    expect(await readSitemap(text, { url: 'https://paper.example/s.xml' })).toMatchObject({
      kind: 'pages',
      news: true,
      links: [{ title: 'Quay approved', url: 'https://paper.example/a' }],
    });
  });
});
