import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../feeds/read/feed.ts';
import { readSitemap } from '../../../feeds/read/sitemap.ts';

/*
 * Neighbours of the kinds of feeds on which readers are reported to fail: each was made by turning a known case round, not taken from
 * one.
 */

const rss = (item: string, channel = '<link>https://paper.example/</link>', attributes = '') =>
  `<rss version="2.0"${attributes}><channel><title>P</title>${channel}<item>${item}</item></channel></rss>`;
const only = async (text: string) => (await readFeed(text, { url: 'https://feeds.example/p' })).items[0];

it('leaves out of a headline what nobody sees: hyphens that may break it, marks of order, white space without width', async () => {
  for (const title of ['Har\u00adbour\u200b opens', '\ufeffHarbour \u200eopens', 'Har&amp;shy;bour &amp;#8203;opens'])
    expect((await only(rss(`<title>${title}</title><link>/a</link>`)))?.title, title).toBe('Harbour opens');
  const sitemap = await readSitemap(
    '<urlset><url><loc>https://paper.example/a</loc><news><title>Har\u00adbour opens</title></news></url></urlset>',
    {},
  );
  expect(sitemap).toMatchObject({ links: [{ title: 'Harbour opens' }] });
});

describe('months by the language of the list', () => {
  const date = '<title>A</title><link>/a</link><pubDate>5. lis 2026 08:30</pubDate>';
  it.each([
    ['hr', '2026-10-05T08:30:00.000Z'],
    ['cs', '2026-11-05T08:30:00.000Z'],
    ['pl-PL', '2026-11-05T08:30:00.000Z'],
  ])('%s in RSS, Atom, JSON Feed and news sitemaps', async (language, published) => {
    const atom = (of: string, inner: string) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"${of}><title>P</title><entry><id>1</id><link href="https://paper.example/a"/><title${inner}>A</title><published>5. lis 2026 08:30</published></entry></feed>`;
    const json = { version: 'https://jsonfeed.org/version/1.1', title: 'P', language };
    const entry = { id: '1', url: 'https://paper.example/a', title: 'A', date_published: '5. lis 2026 08:30' };
    for (const text of [
      rss(date, `<language>${language}</language>`),
      rss(`${date}<dc:language>${language}</dc:language>`, '<language>en</language>'),
      atom(` xml:lang="${language}"`, ''),
      atom('', ` xml:lang="${language}"`),
      JSON.stringify({ ...json, items: [entry] }),
      JSON.stringify({ ...json, language: 'en', items: [{ ...entry, language }] }),
    ])
      expect((await only(text))?.published, text).toBe(published);
    const sitemap = await readSitemap(
      `<urlset><url><loc>https://paper.example/a</loc><news><publication><language>${language}</language></publication><publication_date>5. lis 2026 08:30</publication_date></news></url></urlset>`,
      {},
    );
    expect(sitemap).toMatchObject({ links: [{ published }] });
  });

  it('a language that does not know the month takes no date away', async () => {
    const published = '<title>A</title><link>/a</link><pubDate>5 studenoga 2026</pubDate>';
    expect((await only(rss(published, '<language>en-US</language>')))?.published).toBe('2026-11-05T00:00:00.000Z');
  });
});

describe('addresses that generators bend', () => {
  it.each([
    ['a/b', 'https://paper.example/a/b'],
    ['?p=12', 'https://paper.example/?p=12'],
    ['story.html', 'https://paper.example/story.html'],
    ['notes.md/a', 'https://paper.example/notes.md/a'],
    ['v1.2.md', 'https://paper.example/v1.2.md'],
    ['www.paper.example/a', 'https://www.paper.example/a'],
    ['news.other.co.uk/a', 'https://news.other.co.uk/a'],
    ['http:/paper.example/a', 'http://paper.example/a'],
    ['https://paper.example/https://paper.example/a', 'https://paper.example/a'],
    ['https://paper.example/\n   a', 'https://paper.example/a'],
    ['"https://paper.example/a"', 'https://paper.example/a'],
  ])('%j', async (link, url) => {
    expect((await only(rss(`<title>A</title><link>${link}</link>`)))?.url).toBe(url);
  });
});

describe('vocabularies that are the default where RSS should be', () => {
  const item = '<title>A</title><link>https://paper.example/a</link><description>d</description>';
  const wanted = { title: 'A', url: 'https://paper.example/a', summary: 'd' };
  it.each(['http://www.w3.org/1999/xhtml', 'http://purl.org/dc/elements/1.1/', 'urn:x-own', ''])('%j', async (uri) => {
    expect(await only(rss(item, '', ` xmlns="${uri}"`))).toMatchObject(wanted);
  });
  it('on the channel or the item alone', async () => {
    const atom = ' xmlns="http://www.w3.org/2005/Atom"';
    expect(await only(rss(item).replace('<channel', `<channel${atom}`))).toMatchObject(wanted);
    expect(await only(rss(item).replace('<item', `<item${atom}`))).toMatchObject(wanted);
  });
});

describe('a caption is no summary', () => {
  it.each([
    '<media:content url="https://i.example/1.jpg"><media:description>LONG</media:description></media:content>',
    '<media:group><media:description type="html">&lt;b&gt;LONG&lt;/b&gt;</media:description></media:group>',
  ])('%s', async (media) => {
    const long = 'A caption that is longer by far than what the item says of itself.';
    const text = rss(`<title>A</title><link>/a</link>${media.replace('LONG', long)}<description>Short.</description>`);
    expect((await only(text.replace('<rss', '<rss xmlns:media="http://search.yahoo.com/mrss/"')))?.summary).toBe(
      'Short.',
    );
  });
});

describe('what stands before the feed', () => {
  it.each([
    '[21-Nov-2026] PHP Notice\n',
    '{"error":"none"}\n',
    'ok(1)\n',
    '\ufeff\ufeff',
    '<br />\n<b>Warning</b><br />',
    '1\n',
  ])('%j', async (before) =>
    expect((await only(`${before}${rss('<title>A</title><link>/a</link>')}`))?.title).toBe('A'),
  );
});

describe('dates by other habits', () => {
  it.each([
    ['1789501200', '', '2026-09-15T19:40:00.000Z'],
    ['1789501200000', '', '2026-09-15T19:40:00.000Z'],
    ['mar, 15 set 2026 21:40:00 +0200', 'it', '2026-09-15T19:40:00.000Z'],
    ['mar., 15 sept. 2026 21:40:00 +0200', 'fr', '2026-09-15T19:40:00.000Z'],
    ['15 mar 2026 21:40:00 +0100', 'it', '2026-03-15T20:40:00.000Z'],
    ['2026-09-15 오후 9:40:00', 'ko', '2026-09-15T21:40:00.000Z'],
    ['Thu, 01 Jan 1970 00:00:00 GMT', '', undefined],
  ])('%s', async (date, language, published) => {
    const channel = language && `<language>${language}</language>`;
    expect((await only(rss(`<title>A</title><link>/a</link><pubDate>${date}</pubDate>`, channel)))?.published).toBe(
      published,
    );
  });
});

describe('a sitemap', () => {
  const urlset = '<urlset><url><loc>https://paper.example/a</loc></url></urlset>';
  const json = {
    version: 'https://jsonfeed.org/version/1.1',
    title: 'P',
    items: [{ id: '1', url: 'https://paper.example/a', title: 'A' }],
  };
  it.each([
    ['a JSON Feed', JSON.stringify(json)],
    ['gzipped twice', gzipSync(gzipSync(urlset))],
  ])('may be %s', async (_, body) => {
    expect(await readSitemap(body, { url: 'https://paper.example/s' })).toMatchObject({
      links: [{ url: 'https://paper.example/a' }],
    });
  });
});
