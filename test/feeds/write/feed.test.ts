import fc from 'fast-check';
import Parser from 'rss-parser';
import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../feeds/read/feed.ts';
import { toAtom } from '../../../feeds/write/atom.ts';
import type { OutFeed, OutItem } from '../../../feeds/write/feed.ts';
import { toJsonFeed } from '../../../feeds/write/json-feed.ts';
import { toRss } from '../../../feeds/write/rss.ts';

const article: OutItem = {
  id: 'urn:uuid:6f1c2f0e-0000-4000-8000-000000000001',
  url: 'https://harbour.example/ferry?a=1&b=2',
  title: 'Ferry & train: 5 < 6',
  authors: ['Ann Quay'],
  published: '2026-11-21T08:15:00.000Z',
  updated: '2026-11-21T09:00:00.000Z',
  language: 'sr-Latn',
  summary: '<p>Short &amp; sweet.</p>',
  content: '<p>Long text.</p>',
  image: { url: 'https://harbour.example/ferry.jpg', type: 'image/jpeg', length: 1234 },
  source: { name: 'Harbour & Hill', url: 'https://harbour.example/rss' },
  labels: [
    {
      scheme: 'http://cv.iptc.org/newscodes/mediatopic/',
      term: '15000000',
      label: 'sport',
      confidence: 0.8,
      origin: 'text',
    },
    { scheme: 'urn:iso:std:iso:3166:-1', term: 'RS', label: 'Serbia', confidence: 1, origin: 'source' },
  ],
  alsoAt: [{ name: 'Valley & Co', url: 'https://valley.example/ferry' }],
};
const feedOf = (...items: OutItem[]): OutFeed => ({
  title: 'Wire & more',
  description: 'All of it',
  homeUrl: 'https://wire.example/',
  selfUrl: 'https://wire.example/feed',
  hubUrl: 'https://hub.example/',
  updated: '2026-11-21T12:00:00.000Z',
  language: 'en',
  items,
});
const writers = [
  ['RSS', toRss],
  ['Atom', toAtom],
  ['JSON Feed', toJsonFeed],
] as const;

it('RSS names the feed of the source, where it is known', async () => {
  const source = { name: 'Harbour', url: 'https://harbour.example/', feedUrl: 'https://harbour.example/rss' };
  expect((await readFeed(toRss(feedOf({ ...article, source })), {})).items[0]?.source).toEqual({
    name: 'Harbour',
    url: 'https://harbour.example/rss',
  });
  expect(toAtom(feedOf({ ...article, source }))).toContain('rel="via" href="https://harbour.example/"');
});

it('JSON Feed names languages of three letters, which the validator of the others does not know', async () => {
  const feed = feedOf({ ...article, language: 'ckb' });
  expect((await readFeed(toJsonFeed(feed), {})).items[0]?.language).toBe('ckb');
  expect((await readFeed(toRss(feed), {})).items[0]?.language).toBeUndefined();
});

describe.each(writers)('%s', (format, write) => {
  it('reads back as it was written', async () => {
    const feed = await readFeed(write(feedOf(article)), {});
    expect(feed).toMatchObject({
      title: 'Wire & more',
      link: 'https://wire.example/',
      self: 'https://wire.example/feed',
      hubs: ['https://hub.example/'],
      language: 'en',
    });
    expect(feed.items).toMatchObject([
      {
        guid: article.id,
        url: article.url,
        title: article.title,
        authors: ['Ann Quay'],
        published: article.published,
        updated: article.updated,
        language: 'sr-Latn',
        categories: ['sport', 'Serbia'],
        image: 'https://harbour.example/ferry.jpg',
        content: '<p>Long text.</p><p>Also at <a href="https://valley.example/ferry">Valley &amp; Co</a></p>',
        summary: format === 'JSON Feed' ? 'Short & sweet.' : '<p>Short &amp; sweet.</p>',
      },
    ]);
  });

  it('gives back any title and text that can be printed', async () => {
    const words = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .map((text) =>
        text
          .replace(/[\s\ufffd&]+/g, ' ')
          .replace(/<(?=[a-z/!])/gi, '')
          .trim(),
      )
      .filter((text) => text !== '');
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(words, { minLength: 1, maxLength: 4 }), async (titles) => {
        const items = titles.map((title, index) => ({ ...article, id: `urn:x:${index}`, title, authors: [title] }));
        const feed = await readFeed(write(feedOf(...items)), {});
        expect(feed.items.map(({ title }) => title)).toEqual(titles);
        expect(feed.items.map(({ guid }) => guid)).toEqual(items.map(({ id }) => id));
      }),
      { numRuns: 40 },
    );
  });

  it('stays sound whatever is put into it', async () => {
    const any = fc.string({ unit: 'binary', maxLength: 20 });
    const html = fc
      .array(
        fc.oneof(fc.constantFrom('<p>', '</p>', '<script>', '<b', '&', ']]>', '<!--', '<img src=x onerror=y>'), any),
        { maxLength: 6 },
      )
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(any, html, any, async (text, markup, id) => {
        const odd = {
          ...article,
          id: `urn:x:${encodeURIComponent(id.toWellFormed())}`,
          title: text,
          summary: markup,
          content: markup,
          authors: [text],
        };
        const out = write(feedOf(odd, article));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must not be there
        expect(out).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd-\uffff]/);
        expect(out).not.toMatch(/<script|onerror|&lt;script/i);
        const { items } = await readFeed(out, {});
        expect(items.at(-1)?.guid).toBe(article.id);
        expect(items[0]?.title).toBeTruthy();
      }),
      { numRuns: 40 },
    );
  });

  it('names each id once, and leaves out what has no address', async () => {
    const { items } = await readFeed(
      write(feedOf(article, article, { ...article, id: 'urn:x:2', url: 'javascript:alert(1)' })),
      {},
    );
    expect(items).toHaveLength(1);
  });

  it('gives no date in the future of the feed, and none from before 1990', async () => {
    const late = { ...article, published: '2031-01-01T00:00:00.000Z', updated: undefined };
    const early = { ...article, id: 'urn:x:2', published: '1970-01-01T00:00:00.000Z', updated: undefined };
    const { items } = await readFeed(write(feedOf(late, early)), {});
    expect(items[0]?.published).toBe('2026-11-21T12:00:00.000Z');
    expect(items[1]?.published).toBeUndefined();
    expect(items[1]?.updated).toMatch(/^2026-11-21T1[12]:/);
  });

  it('writes addresses in the characters that addresses may have', () => {
    const out = write(feedOf({ ...article, url: 'https://ž.example/[a]|b?q=ж' }));
    expect(out).toContain('https://xn--jha.example/%5Ba%5D%7Cb?q=%D0%B6');
  });

  it('has something to show for an item without any text', async () => {
    const bare = { ...article, summary: undefined, content: undefined, alsoAt: [] };
    const { entries } = await readFeed(write(feedOf(bare)), {});
    expect(entries[0]?.content ?? entries[0]?.summary).toContain('Ferry &amp; train');
  });
});

describe('what the W3C feed validator asks of RSS', () => {
  const out = toRss(feedOf(article));

  it('has plain titles with hexadecimal references, never CDATA', () => {
    expect(out).toContain('<title>Ferry &#x26; train: 5 &#x3C; 6</title>');
    expect(out).not.toContain('CDATA');
    expect(toRss(feedOf({ ...article, title: 'A </b> in a headline' }))).toContain(
      '<title>A &#x3C; /b&#x3E; in a headline</title>',
    );
  });

  it('names itself, gives RFC 822 dates, and GUIDs that are no links', () => {
    expect(out).toContain('<atom:link rel="self" type="application/rss+xml" href="https://wire.example/feed"/>');
    expect(out).toContain('<pubDate>Sat, 21 Nov 2026 08:15:00 GMT</pubDate>');
    expect(out).toContain(`<guid isPermaLink="false">${article.id}</guid>`);
  });

  it('puts the description before content:encoded, and says nothing twice', () => {
    expect(out.indexOf('<description>', out.indexOf('<item>'))).toBeLessThan(out.indexOf('<content:encoded>'));
    expect(toRss(feedOf({ ...article, content: undefined }))).not.toContain('content:encoded>');
  });

  it('is read by rss-parser as any subscriber would', async () => {
    const { items } = await new Parser().parseString(out);
    expect(items).toMatchObject([
      { title: article.title, link: article.url, guid: article.id, isoDate: article.published },
    ]);
  });
});

describe('what the W3C feed validator asks of Atom', () => {
  it('gives each entry an update time of its own, and an author', () => {
    const out = toAtom(feedOf(article, { ...article, id: 'urn:x:2', authors: [] }));
    const times = [...out.matchAll(/<updated>(.*?)<\/updated>/g)].map(([, time]) => time);
    expect(new Set(times).size).toBe(3);
    expect(out.match(/<author>/g)).toHaveLength(3);
    expect(out).toContain('<name>Harbour &#x26; Hill</name>');
  });

  it('gives labels with scheme, term and words', () => {
    expect(toAtom(feedOf(article))).toContain('<category scheme="urn:iso:std:iso:3166:-1" term="RS" label="Serbia"/>');
  });
});

describe('JSON Feed 1.1', () => {
  it('has plain tags, and an object that says where they come from', () => {
    const { items } = JSON.parse(toJsonFeed(feedOf(article)));
    expect(items[0].tags).toEqual(['sport', 'Serbia']);
    expect(items[0]._courant.labels[1]).toEqual({
      id: 'RS',
      name: 'Serbia',
      scheme: 'urn:iso:std:iso:3166:-1',
      confidence: article.labels[1]?.confidence,
      origin: article.labels[1]?.origin,
    });
    expect(items[0]._courant.also_at).toEqual(article.alsoAt);
  });
});
