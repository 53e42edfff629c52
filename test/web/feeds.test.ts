import { get as httpGet } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Parser from 'rss-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openTestWire, type TestWire, writeArticle, writeCopy, writeSources } from './wire.ts';

const at = (minutesAgo: number): Date => new Date(Date.now() - minutesAgo * 60_000);
const publishedAt = new Date('2026-11-20T08:15:00Z');
const hostileTitle = `Fish & <b>chips</b> "for" two ]]> \u0001\u001b\ufffe 𝔘 <script>alert(1)</script>`;

/** Where subscribers reach the wire; the tests ask its own port. */
const base = 'https://news.example';
let wire: TestWire;
let first: string;
beforeAll(async () => {
  wire = await openTestWire({ HUB_URL: 'https://hub.example/', PUBLIC_URL: base, TITLE: 'Wire & Co' });
  const { db } = wire.store;
  await writeSources(db, [
    { id: 'danube', name: 'The Danube Post' },
    { id: 'vecer', name: 'Večer', content: 'full' },
  ]);
  first = await writeArticle(db, {
    source: 'danube',
    title: 'Council votes for the tram',
    byline: ['Mira Petrović', 'Jon Vale'],
    countries: [label('RS', ['Belgrade'])],
    regions: [label('balkans'), label('039')],
    topics: [label('11000000', ['council'], 'publisher')],
    summary: 'The line opens in 2029 & costs "a lot".',
    text: 'The whole text is for the operator.',
    published: publishedAt,
    seenAt: at(30),
  });
  await writeArticle(db, {
    source: 'vecer',
    title: 'Tramvaj preko Save',
    lang: 'sr',
    countries: [label('RS')],
    html: '<p>Ceo tekst <a href="https://vecer.example/x">je javan</a>.</p>',
    seenAt: at(20),
  });
  await writeArticle(db, {
    source: 'vecer',
    title: hostileTitle,
    byline: [hostileTitle],
    summary: hostileTitle,
    html: `<p onclick="alert(1)">x</p><script>alert(1)</script><a href="javascript:alert(1)">y</a>`,
    image: { url: 'javascript:alert(1)' },
    seenAt: at(10),
  });
  await writeCopy(db, first, 'vecer', 'https://vecer.example/kopija?a=1&b=2');
});
afterAll(() => wire[Symbol.asyncDispose]());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
  fetch(`${wire.url}${path}`, { headers, method, redirect: 'manual' });

interface JsonFeed {
  title: string;
  home_page_url: string;
  feed_url: string;
  hubs: { type: string; url: string }[];
  items: {
    id: string;
    url: string;
    title: string;
    tags?: string[];
    content_html?: string;
    authors?: { name: string }[];
  }[];
}
const json = async (path: string): Promise<JsonFeed> => (await get(path)).json() as Promise<JsonFeed>;

describe('feeds', () => {
  it('come in three formats with their own content types', async () => {
    for (const [file, type] of [
      ['feed.xml', 'application/rss+xml; charset=utf-8'],
      ['feed.atom', 'application/atom+xml; charset=utf-8'],
      ['feed.json', 'application/feed+json; charset=utf-8'],
    ]) {
      const answer = await get(`/${file}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe(type);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
    }
  });

  it('read back as they were written, by a subscriber', async () => {
    for (const file of ['feed.xml', 'feed.atom']) {
      const feed = await new Parser().parseString(await (await get(`/${file}`)).text());
      expect(feed.title).toBe('Wire & Co');
      expect(feed.items.map((item) => item.title?.replace(/\s+/g, ' '))).toEqual([
        expect.stringContaining('Fish & <b>chips'),
        'Tramvaj preko Save',
        'Council votes for the tram',
      ]);
      const council = feed.items[2];
      expect(council?.guid ?? council?.id).toBe(`urn:uuid:${first}`);
      expect(council?.link).toBe(`https://paper.example/${first}`);
      expect(JSON.stringify(council)).toContain('Mira Petrović');
      expect(council?.isoDate).toBe(publishedAt.toISOString());
    }
    const feed = await json('/feed.json');
    expect(feed).toMatchObject({
      title: 'Wire & Co',
      home_page_url: `${base}/`,
      feed_url: `${base}/feed.json`,
    });
    expect(feed.hubs).toEqual([{ type: 'WebSub', url: 'https://hub.example/' }]);
    expect(feed.items[2]).toMatchObject({
      id: `urn:uuid:${first}`,
      authors: [{ name: 'Mira Petrović' }, { name: 'Jon Vale' }],
      tags: expect.arrayContaining(['Serbia', 'Balkans', 'politics and government']),
    });
  });

  it('carry labels with their vocabulary, the hub, and where else an article stands', async () => {
    const rss = await (await get('/feed.xml')).text();
    expect(rss).toContain('<category domain="urn:iso:std:iso:3166:-1">Serbia</category>');
    expect(rss).toContain(
      '<category domain="http://cv.iptc.org/newscodes/mediatopic/">politics and government</category>',
    );
    expect(rss).toContain('<category domain="https://unstats.un.org/unsd/methodology/m49/">Southern Europe</category>');
    expect(rss).toMatch(/<atom:link [^>]*rel="hub"[^>]*href="https:\/\/hub.example\/"/);
    expect(rss).toMatch(/<atom:link [^>]*href="https:\/\/vecer\.example\/kopija\?a=1&(?:amp|#x26);b=2" title="Večer"/);
    const atom = await (await get('/feed.atom')).text();
    expect(atom).toMatch(/<category [^>]*term="11000000"/);
  });

  it('give the whole text only where the source allows it, and never what could do harm', async () => {
    for (const file of ['feed.xml', 'feed.atom', 'feed.json']) {
      const text = await (await get(`/${file}`)).text();
      expect(text).not.toContain('The whole text is for the operator.');
      expect(text).toContain('Ceo tekst');
      expect(text).not.toMatch(/onclick|javascript:/);
      if (file !== 'feed.json') expect(text).not.toMatch(/<script/i);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\\u0001/);
    }
    for (const item of (await json('/feed.json')).items) expect(item.content_html).not.toMatch(/<script/i);
  });

  it('are filtered like the pages', async () => {
    const titles = async (path: string): Promise<string[]> => (await json(path)).items.map((item) => item.title);
    expect(await titles('/region/RS/feed.json')).toEqual(['Tramvaj preko Save', 'Council votes for the tram']);
    expect(await titles('/region/RS/topic/politics/lang/en/feed.json')).toEqual(['Council votes for the tram']);
    expect(await titles('/lang/sr/feed.json')).toEqual(['Tramvaj preko Save']);
    expect(await titles('/source/danube/feed.json')).toEqual(['Council votes for the tram']);
    expect(await titles('/search/feed.json?q=tramvaj')).toEqual(['Tramvaj preko Save']);
    expect(await titles('/region/JP/feed.json')).toEqual([]);
    expect(await titles('/feed.json?limit=1')).toHaveLength(1);
    expect((await json('/region/RS/topic/politics/feed.json')).title).toBe('Wire & Co: Serbia · Politics');
    expect((await json('/search/feed.json?q=a%26b')).feed_url).toBe(`${base}/search/feed.json?q=a%26b`);
  });

  it('stand under one address only, which they name as their own', async () => {
    const moved = await get('/topic/11000000/region/rs/feed.xml?limit=5');
    expect(moved.status).toBe(301);
    expect(moved.headers.get('location')).toBe('/region/RS/topic/politics/feed.xml?limit=5');
    expect(await (await get('/region/RS/topic/politics/feed.xml?limit=5')).text()).toContain(
      `rel="self" type="application/rss+xml" href="${base}/region/RS/topic/politics/feed.xml?limit=5"`,
    );
  });

  it('refuse what cannot be', async () => {
    for (const [path, status] of [
      ['/region/atlantis/feed.xml', 404],
      ['/topic/gossip/feed.json', 404],
      ['/source/nobody/feed.atom', 404],
      ['/feed.xml?limit=0', 400],
      ['/feed.xml?limit=501', 400],
      ['/feed.xml?limit=ten', 400],
    ] as const) {
      expect((await get(path)).status, path).toBe(status);
    }
  });
});

describe('WebSub', () => {
  it('is announced in the headers too', async () => {
    expect((await get('/lang/sr/feed.atom')).headers.get('link')).toBe(
      `<https://hub.example/>; rel="hub", <${base}/lang/sr/feed.atom>; rel="self"`,
    );
  });
});

describe('a hub without PUBLIC_URL', () => {
  it('is not announced, since it could not be told', async () => {
    await using deaf = await openTestWire({ HUB_URL: 'https://hub.example/' });
    for (const file of ['feed.xml', 'feed.atom', 'feed.json']) {
      const answer = await fetch(`${deaf.url}/${file}`);
      expect(answer.headers.get('link')).not.toContain('hub');
      expect(await answer.text()).not.toContain('hub.example');
    }
  });
});

describe('programs in browsers', () => {
  it('may read feeds, the list of feeds and the API from every site, and pages from none', async () => {
    const origin = { origin: 'https://reader.example' };
    for (const path of ['/feed.xml', '/lang/sr/feed.atom', '/feed.json', '/opml', '/api/articles', '/api/nothing']) {
      const answer = await get(path, origin);
      expect(answer.headers.get('access-control-allow-origin'), path).toBe('*');
      expect(answer.headers.get('access-control-allow-credentials'), path).toBeNull();
      expect(answer.headers.get('access-control-expose-headers'), path).toContain('etag');
      const preflight = await get(
        path,
        { ...origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'if-none-match' },
        'OPTIONS',
      );
      expect(preflight.status, path).toBe(204);
      expect(preflight.headers.get('access-control-allow-headers'), path).toContain('if-none-match');
      expect(preflight.headers.get('access-control-allow-methods'), path).toBe('GET, HEAD');
    }
    const unchanged = await get('/feed.xml', { ...origin, 'if-none-match': '*' });
    expect([unchanged.status, unchanged.headers.get('access-control-allow-origin')]).toEqual([304, '*']);
    for (const path of ['/', '/feeds', '/status', '/metrics']) {
      expect((await get(path, origin)).headers.get('access-control-allow-origin'), path).toBeNull();
      expect((await get(path, origin, 'OPTIONS')).headers.get('access-control-allow-origin'), path).toBeNull();
    }
  });

  it('get no more of the API than everybody, also in the operator’s own browser', async () => {
    const texts = async (headers: Record<string, string>) =>
      ((await (await get('/api/articles', headers)).json()) as { articles: { text?: string }[] }).articles.map(
        ({ text }) => text !== undefined,
      );
    expect(await texts({})).toEqual([true, true, true]);
    expect(await texts({ origin: 'https://evil.example' })).toEqual([true, true, false]);
  });
});

describe('what has no validator of its own', () => {
  it('is told apart by a weak one', async () => {
    for (const path of ['/opml', '/api/openapi.json', '/robots.txt']) {
      const etag = (await get(path)).headers.get('etag') ?? '';
      expect(etag, path).toMatch(/^W\/"[^"]+"$/);
      for (const method of ['GET', 'HEAD']) {
        const answer = await get(path, { 'if-none-match': etag }, method);
        expect([answer.status, await answer.text()], `${method} ${path}`).toEqual([304, '']);
      }
      const head = await get(path, {}, 'HEAD');
      expect([head.status, head.headers.get('etag')], path).toEqual([200, etag]);
    }
  });
});

describe('conditional requests', () => {
  it('answer 304 without a body to who has the feed', async () => {
    const { headers } = await get('/feed.xml');
    const etag = headers.get('etag') ?? '';
    const lastModified = headers.get('last-modified') ?? '';
    expect(etag).toMatch(/^"[^"]+"$/);
    expect(new Date(lastModified).getTime()).toBeLessThan(Date.now());
    for (const condition of [
      { 'if-none-match': etag },
      { 'if-none-match': `"x", W/${etag}` },
      { 'if-none-match': '*' },
      { 'if-modified-since': lastModified },
      { 'if-none-match': etag, 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
    ]) {
      const answer = await get('/feed.xml', condition);
      expect(answer.status, JSON.stringify(condition)).toBe(304);
      expect(await answer.text()).toBe('');
      expect(answer.headers.get('etag')).toBe(etag);
      expect(answer.headers.get('content-type')).toBeNull();
    }
    for (const condition of [
      { 'if-none-match': '"other"' },
      { 'if-none-match': '"other"', 'if-modified-since': lastModified },
      { 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
      { 'if-modified-since': 'soon' },
    ]) {
      expect((await get('/feed.xml', condition)).status, JSON.stringify(condition)).toBe(200);
    }
  });

  it('answer HEAD like GET, without the body', async () => {
    const [whole, head] = [await get('/feed.xml'), await get('/feed.xml', {}, 'HEAD')];
    expect(head.status).toBe(200);
    for (const name of ['etag', 'last-modified', 'content-type', 'content-length', 'content-encoding', 'vary']) {
      expect(head.headers.get(name), name).toBe(whole.headers.get(name));
    }
    expect((await get('/feed.xml', { 'if-none-match': whole.headers.get('etag') ?? '' }, 'HEAD')).status).toBe(304);
  });

  it('have a strong validator for the bytes of each encoding', async () => {
    const plain = await raw('/feed.xml', 'identity');
    const zipped = await raw('/feed.xml', 'gzip, deflate');
    const brotli = await raw('/feed.xml', 'gzip;q=0.5, br');
    const refused = await raw('/feed.xml', 'br;q=0, gzip;q=0');
    expect(gunzipSync(zipped.body)).toEqual(plain.body);
    expect(brotliDecompressSync(brotli.body)).toEqual(plain.body);
    expect(refused.body).toEqual(plain.body);
    expect(new Set([plain.etag, zipped.etag, brotli.etag]).size).toBe(3);
    expect(plain.vary).toContain('accept-encoding');
  });

  it('change with what a filter shows and with nothing else', async () => {
    const tags = async (): Promise<(string | null)[]> =>
      Promise.all(
        ['/feed.xml', '/region/RS/feed.xml', '/lang/nb/feed.xml'].map(async (path) =>
          (await get(path)).headers.get('etag'),
        ),
      );
    const before = await tags();
    const since = (await get('/feed.xml')).headers.get('last-modified') ?? '';
    const id = await writeArticle(wire.store.db, { source: 'vecer', title: 'Kvoten er klar', lang: 'nb' });
    // The web process hears of it a moment after the commit.
    await expect.poll(async () => (await tags())[0]).not.toBe(before[0]);
    const after = await tags();
    expect(after[1]).toBe(before[1]);
    expect(after[2]).not.toBe(before[2]);
    // Who asks by date alone gets it too, though it may be the same second.
    expect((await get('/feed.xml', { 'if-modified-since': since })).status).toBe(200);
    await writeCopy(wire.store.db, id, 'danube', 'https://danube.example/cod');
    await expect.poll(async () => (await tags())[2]).not.toBe(after[2]);
  });
});

/** fetch decodes bodies; here the bytes themselves are wanted. */
const raw = (
  path: string,
  acceptEncoding: string,
): Promise<{ body: Buffer; etag?: string | undefined; vary: string }> =>
  new Promise((resolve, reject) => {
    httpGet(`${wire.url}${path}`, { headers: { 'accept-encoding': acceptEncoding } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () =>
        resolve({ body: Buffer.concat(parts), etag: answer.headers.etag, vary: String(answer.headers.vary) }),
      );
    }).on('error', reject);
  });
