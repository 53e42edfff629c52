import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FeedError, readFeed } from '../../../feeds/read/feed.ts';

const rss = (items: string, head = '') =>
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Test</title>${head}${items}</channel></rss>`;
const item = (inner: string) => `<item>${inner}</item>`;
const titles = async (text: string) => (await readFeed(text, {})).entries.map(({ title }) => title);
const only = async (text: string, url = 'https://site.example/feeds/all.xml') =>
  (await readFeed(text, { url })).entries[0];
const refusal = (body: string | Uint8Array) =>
  readFeed(body, {}).then(
    () => 'read',
    (error: unknown) => (error instanceof FeedError ? error.found : String(error)),
  );

describe('readFeed', () => {
  it('reads RSS with all that an item says', async () => {
    const feed = await readFeed(
      `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
        xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"
        xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>
        <title>Harbour &amp; Hill</title><link>https://harbour.example/</link><language>en-IE</language><ttl>15</ttl>
        <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
        <skipHours><hour>1</hour><hour>2</hour></skipHours><skipDays><day>Sunday</day></skipDays>
        <atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="https://harbour.example/rss"/>
        <item><title>Ferry &lt;em&gt;back&lt;/em&gt;</title><link>/news/ferry</link><guid isPermaLink="false">f-1</guid>
          <pubDate>Sat, 21 Nov 2026 09:30:00 +0100</pubDate><atom:updated>2026-11-21T10:00:00Z</atom:updated>
          <author>desk@harbour.example (Ann Quay)</author><dc:creator>Bo Pier</dc:creator>
          <category domain="https://harbour.example/tags">Transport</category><category>Sea</category>
          <description>Short.</description><content:encoded><![CDATA[<p>Long <b>text</b>.</p>]]></content:encoded>
          <enclosure url="/a.mp3" type="audio/mpeg" length="1200"/><enclosure url="/b.pdf" type="application/pdf" length="0"/>
          <media:group><media:content url="/small.jpg" medium="image" width="100"/><media:content url="/big.jpg" medium="image" width="900"><media:credit>Cy</media:credit></media:content></media:group>
          <source url="https://agency.example/rss">Agency</source><comments>/news/ferry#talk</comments></item>
      </channel></rss>`,
      { url: 'https://harbour.example/feeds/rss' },
    );
    expect(feed).toMatchObject({
      format: 'rss',
      title: 'Harbour & Hill',
      link: 'https://harbour.example/',
      self: 'https://harbour.example/rss',
      language: 'en-IE',
      ttlMinutes: 15,
      updateMinutes: 360,
      skipHours: [1, 2],
      skipDays: ['Sunday'],
      hubs: ['https://hub.example/'],
    });
    expect(feed.items).toHaveLength(1);
    expect(feed.items[0]).toMatchObject({
      title: 'Ferry back',
      url: 'https://harbour.example/news/ferry',
      guid: 'f-1',
      published: '2026-11-21T08:30:00.000Z',
      updated: '2026-11-21T10:00:00.000Z',
      authors: ['Bo Pier', 'Ann Quay'],
      categories: ['Transport', 'Sea'],
      labels: [{ name: 'Transport', domain: 'https://harbour.example/tags' }, { name: 'Sea' }],
      summary: 'Short.',
      content: '<p>Long <b>text</b>.</p>',
      enclosures: [
        { url: 'https://harbour.example/a.mp3', type: 'audio/mpeg', length: 1200 },
        { type: 'application/pdf' },
      ],
      image: 'https://harbour.example/big.jpg',
      source: { name: 'Agency', url: 'https://agency.example/rss' },
      comments: 'https://harbour.example/news/ferry#talk',
    });
  });

  it('reads Atom, whose texts say what they are', async () => {
    const feed = await readFeed(
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://hill.example/" xml:lang="sr"><title type="html">Hill &amp;amp; co</title>
        <author><name>Desk</name><email>x@hill.example</email></author>
        <link rel="next" href="?page=2"/>
        <entry xml:base="2026/"><title type="text">a &lt;b&gt; c</title><id>urn:x:1</id>
          <link rel="edit" href="edit"/><link rel="alternate" type="application/pdf" href="one.pdf"/><link type="text/html" href="one"/>
          <link rel="enclosure" href="one.mp3" type="audio/mpeg" length="7"/>
          <updated>2026-11-21T10:00:00+02:00</updated><category term="15000000" scheme="urn:s" label="Sport"/>
          <source><title>Elsewhere</title><link href="https://elsewhere.example/"/></source>
          <summary type="text">1 &lt; 2</summary>
          <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Less: &lt; <em>more</em></p></div></content></entry>
        <entry><title type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:b>Two</x:b> &amp; half</x:div></title><link href="https://hill.example/2"/>
          <published>2026-11-20T00:00:00Z</published><updated>2026-11-21T00:00:00Z</updated><author><name>Eve</name></author></entry></feed>`,
      { url: 'https://feeds.example/hill' },
    );
    expect(feed).toMatchObject({
      format: 'atom',
      title: 'Hill & co',
      language: 'sr',
      next: 'https://hill.example/?page=2',
    });
    expect(feed.items).toMatchObject([
      {
        title: 'a <b> c',
        guid: 'urn:x:1',
        url: 'https://hill.example/2026/one',
        published: undefined,
        updated: '2026-11-21T08:00:00.000Z',
        authors: ['Desk'],
        labels: [{ name: 'Sport', domain: 'urn:s' }],
        summary: '1 &lt; 2',
        content: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Less: &lt; <em>more</em></p></div>',
        enclosures: [{ url: 'https://hill.example/2026/one.mp3', length: 7 }],
      },
      { title: 'Two & half', published: '2026-11-20T00:00:00.000Z', authors: ['Eve'] },
    ]);
  });

  it('reads RSS 1.0 with any prefixes and items beside the channel', async () => {
    const feed = await readFeed(
      `<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:n="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
        <n:channel r:about="https://a.example/"><n:title>A</n:title><n:items><r:Seq><r:li r:resource="x"/></r:Seq></n:items></n:channel>
        <n:item r:about="https://a.example/1"><n:title>One</n:title><n:link>https://a.example/1</n:link><d:date>2026-01-02</d:date><d:subject>Tea</d:subject></n:item></r:RDF>`,
      {},
    );
    expect(feed.format).toBe('rdf');
    expect(feed.items).toMatchObject([
      { title: 'One', guid: 'https://a.example/1', published: '2026-01-02T00:00:00.000Z', categories: ['Tea'] },
    ]);
  });

  it('reads JSON Feed, and leaves out values of a wrong type but not their item', async () => {
    const feed = await readFeed(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'J',
        home_page_url: 'https://j.example/',
        items: [
          {
            id: 7,
            url: '/7',
            title: 'Seven',
            content_text: 'a < b',
            tags: ['x', 3, 'x'],
            authors: [{ name: 'Ann' }, {}],
          },
          {
            id: 'b',
            date_published: 'soon',
            title: ['no'],
            attachments: [{ url: '/f.mp3', mime_type: 'audio/mpeg', size_in_bytes: 5 }],
          },
          'not an item',
        ],
      }),
      { url: 'https://j.example/feed.json' },
    );
    expect(feed.entries).toMatchObject([
      {
        guid: '7',
        url: 'https://j.example/7',
        title: 'Seven',
        content: 'a &lt; b',
        categories: ['x'],
        authors: ['Ann'],
      },
      {
        guid: 'b',
        url: undefined,
        title: undefined,
        published: undefined,
        enclosures: [{ url: 'https://j.example/f.mp3', length: 5 }],
      },
    ]);
    expect(feed.items).toHaveLength(1);
  });

  describe('keeps the good of a bad feed', () => {
    it.each([
      ['a bare ampersand', rss(item('<title>Fish & chips</title>')), ['Fish & chips']],
      ['a bare less-than', rss(item('<title>Under <5% now, 1 < 2</title>')), ['Under <5% now, 1 < 2']],
      ['HTML entities', rss(item('<title>caf&eacute;&nbsp;&hellip;</title>')), ['café …']],
      ['text before the prolog', `<br />\n<b>Warning</b>: out of tea\n${rss(item('<title>A</title>'))}`, ['A']],
      ['upper-case tags', rss('<ITEM><TITLE>A</TITLE></ITEM>'), ['A']],
      ['no version and no channel', '<rss><item><title>A</title></item></rss>', ['A']],
      [
        'an unclosed title',
        rss(`${item('<title>A<link>https://a.example/</link>')}${item('<title>B</title>')}`),
        ['A', 'B'],
      ],
      ['unclosed items', rss('<item><title>A</title><item><title>B</title>'), ['A', 'B']],
      [
        'a cut in the middle',
        rss(item('<title>A</title>')).slice(0, -16) + item('<title>B</title>').slice(0, 14),
        ['A', 'B'],
      ],
      ['an unclosed CDATA', '<rss version="2.0"><channel><item><title><![CDATA[A &amp; B', ['A & B']],
      ['illegal references', rss(item('<title>A&#0;&#x1F;&#xFFFE;B</title>')), ['A\ufffdB']],
      [
        'names that harm objects',
        rss(item('<__proto__><polluted>1</polluted></__proto__><constructor>x</constructor><_>y</_><title>A</title>')),
        ['A'],
      ],
      ['an undeclared prefix', rss(item('<dc:title>A</dc:title>')), ['A']],
      [
        'a prefixed Atom',
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>A</a:title><a:link/></a:entry><a:entry/></a:feed>',
        ['A', undefined],
      ],
      [
        'a feed in a web page',
        '<html><body><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title></entry></feed></body></html>',
        ['A'],
      ],
      ['markup in a title', rss(item('<title><b>A</b> and <i>b</i></title>')), ['A and b']],
      [
        'own entities',
        `<!DOCTYPE rss [<!ENTITY co "Acme">]>${rss(item('<title>A &co; B</title>')).replace(/<\?.*?\?>/, '')}`,
        ['A Acme B'],
      ],
    ])('%s', async (_, text, expected) => {
      const found = await titles(text);
      expect(found.map((title) => title?.replace('\ufffd', ''))).toEqual(
        expected.map((title) => title?.replace('\ufffd', '')),
      );
    });

    it('does not pollute prototypes', () => {
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    });

    it('drops a half address, since it leads nowhere, and says that the end is missing', async () => {
      const feed = await readFeed('<rss version="2.0"><channel><item><title>A</title><link>https://a.exam', {});
      expect(feed.entries).toMatchObject([{ title: 'A', url: undefined }]);
      expect(feed.cut).toMatch(/ends in the middle/);
    });

    it('keeps the whole items of a JSON Feed that is cut off', async () => {
      const text =
        '{"version":"https://jsonfeed.org/version/1.1","title":"F","items":[{"id":"1","title":"One {"},{"id":"2","ti';
      const feed = await readFeed(text, {});
      expect(feed.entries.map(({ title }) => title)).toEqual(['One {']);
      expect(feed.cut).toBeDefined();
    });
  });

  describe('addresses', () => {
    it('takes a permanent GUID for the address, but not another one', async () => {
      expect((await only(rss(item('<guid>https://a.example/1</guid>'))))?.url).toBe('https://a.example/1');
      expect((await only(rss(item('<guid isPermaLink="false">https://a.example/1</guid>'))))?.url).toBeUndefined();
    });

    it('keeps a relative address when nothing says to what', async () => {
      const { entries, items } = await readFeed(rss(item('<link>/a</link>')), {});
      expect(entries[0]?.url).toBe('/a');
      expect(items).toEqual([]);
    });

    it('resolves an address against xml:base, and that against the address of the feed', async () => {
      const feed =
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/sub/"><entry><link href="one"/></entry></feed>';
      expect((await only(feed))?.url).toBe('https://site.example/sub/one');
    });

    it('never offers what is not http(s) for following', async () => {
      const { items } = await readFeed(
        rss(item('<link>javascript:alert(1)</link>') + item('<link>ftp://a.example/x</link>')),
        {},
      );
      expect(items).toEqual([]);
    });
  });

  describe('says what a document is that is no feed', () => {
    it.each([
      ['nothing', ''],
      ['nothing', ' \n '],
      ['text', 'not found'],
      ['text', '<config><a/></config>'],
      ['html', '<!DOCTYPE html><html><head><title>Home</title><link rel="alternate" href="/feed"></head></html>'],
      ['opml', '<opml version="2.0"><body/></opml>'],
      [
        'sitemap',
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/</loc></url></urlset>',
      ],
      ['json', '{"message":"not found"}'],
      ['json', '[1,2]'],
      ['damaged', '{"message":'],
      ['binary', new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d])],
      ['damaged', new Uint8Array([0x1f, 0x8b, 7, 9, 9, 9, 9, 9, 9, 9, 9])],
    ])('%s', async (found, body) => {
      expect(await refusal(body)).toBe(found);
    });
  });

  describe('is bounded', () => {
    it('in bytes, also of what a gzip bomb unfolds to', async () => {
      const bomb = gzipSync(Buffer.alloc(40_000_000, 32));
      expect(bomb.length).toBeLessThan(50_000);
      expect(await refusal(bomb)).toBe('too-large');
      await expect(readFeed(rss(''), {}, { maxBytes: 10 })).rejects.toMatchObject({ found: 'too-large' });
    });

    it('in items', async () => {
      const feed = await readFeed(rss(item('<title>A</title>').repeat(30)), {}, { maxItems: 12 });
      expect(feed.entries).toHaveLength(12);
      expect(feed.cut).toMatch(/first 12/);
    });

    it('in depth, keeping the items before it', async () => {
      const feed = await readFeed(rss(item('<title>A</title>') + item('<x>'.repeat(100_000))), {});
      expect(feed.entries.map(({ title }) => title)).toContain('A');
      expect(feed.cut).toMatch(/nested/);
    });

    it('in entities, which never expand each other', async () => {
      const bomb = `<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(500)}"><!ENTITY b "&a;&a;&a;">]>`;
      const [title = ''] = await titles(
        bomb + rss(item(`<title>${'&b;'.repeat(10)}</title>`)).replace(/<\?.*?\?>/, ''),
      );
      expect(title.length).toBeLessThan(200);
    });
  });

  it('gives every text back as it was, whatever is in it', async () => {
    const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const printable = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .map((text) => text.replace(/[\s&<]+/g, ' ').trim());
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          printable.filter((text) => text !== ''),
          { minLength: 1, maxLength: 5 },
        ),
        async (wanted) => {
          const text = rss(wanted.map((title) => item(`<title>${escaped(title)}</title>`)).join(''));
          expect(await titles(text)).toEqual(wanted);
        },
      ),
    );
  });

  it('ends in a document or a FeedError, whatever the bytes', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<rss version="2.0">',
        '<channel>',
        '<item>',
        '</item>',
        '<title>',
        '</title>',
        '<![CDATA[',
        ']]>',
        '<!--',
        '<!DOCTYPE x [',
        ']>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        '<entry>',
        '<link href="',
        '"/>',
        '&',
        '<',
        '{"items":[',
        '<?xml encoding="utf-7"?>',
        '\0',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 25 }), fc.uint8Array({ maxLength: 4 }), async (pieces, bytes) => {
        const body = Buffer.concat([bytes, Buffer.from(pieces.join(''))]);
        expect(await refusal(body)).toMatch(/^(?:read|nothing|html|opml|sitemap|json|text|binary|too-large|damaged)$/);
      }),
      { numRuns: 200 },
    );
  });
});
