import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordCrawl } from '../../src/store/crawls.ts';
import { openTestRedis, redisMissing } from '../support/redis.ts';
import { label, openTestWire, type TestWire, writeArticle, writeCopy, writeRejection, writeSources } from './wire.ts';

const at = (minutesAgo: number): Date => new Date(Date.now() - minutesAgo * 60_000);
const story = '0b0e0000-0000-4000-8000-000000000001';
const politics = label('11000000', ['budget'], 'publisher');

let wire: TestWire;
let tram: string;
beforeAll(async () => {
  wire = await openTestWire();
  const { db } = wire.store;
  await writeSources(db, [
    { id: 'danube', name: 'The Danube Post', country: 'RS' },
    { id: 'vecer', name: 'Večer', content: 'full', country: 'RS' },
    { id: 'fjord', name: 'Fjord Avis', country: 'NO' },
  ]);
  const serbian = { countries: [label('RS', ['Beograd'])], regions: [label('balkans', ['RS'])] };
  tram = await writeArticle(db, {
    ...serbian,
    source: 'danube',
    title: 'Council votes for the tram',
    topics: [politics],
    story,
    summary: 'The line opens in 2029.',
    text: 'A secret paragraph for the operator.',
    seenAt: at(30),
  });
  await writeArticle(db, {
    ...serbian,
    source: 'vecer',
    title: 'Tramvaj preko Save',
    lang: 'sr',
    text: 'Ceo tekst je javan.',
    story,
    seenAt: at(20),
  });
  await writeArticle(db, {
    source: 'fjord',
    title: 'Cod quota agreed',
    countries: [label('NO')],
    lang: 'nb',
    seenAt: at(10),
  });
  await writeCopy(db, tram, 'fjord', 'https://fjord.example/trikk', 0.8);
});
afterAll(() => wire[Symbol.asyncDispose]());

const get = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(`${wire.url}${path}`, { redirect: 'manual', ...init });
const page = async (path: string): Promise<string> => {
  const answer = await get(path);
  expect(answer.status, path).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  return answer.text();
};
const headlines = (html: string): string[] =>
  [...html.replace(/<\/?mark>/g, '').matchAll(/<h3[^>]*><a[^>]*>([^<]*)<\/a>/g)].map((match) => match[1] ?? '');

/** The one script of a page: a file of ours. */
const ownScript = /<script src="\/assets\/[\w-]+\/app\.js" defer><\/script>/;

describe('the reader', () => {
  it('lists each story once, the weightiest first, with all who tell it', async () => {
    const html = await page('/');
    // Two outlets tell of the tram: a top story. Its face is the longer text, not the newest.
    expect(headlines(html)).toEqual(['Council votes for the tram', 'Cod quota agreed']);
    expect(html).toContain(`href="/story/${story}"`);
    expect(html).toContain('3 outlets:');
    expect(html).toContain('from 2 countries');
    expect(html).toContain('The Danube Post, Večer, Fjord Avis');
    expect(html).toContain('aria-label="2 in their own words, 1 as copies"');
    expect(html).toContain('in 2 languages');
    expect(html).toMatch(/<time [^>]*data-ago>\d+ min ago<\/time>/);
  });

  it('filters by country, region, topic, language, source and search, and by all of them at once', async () => {
    expect(headlines(await page('/region/NO'))).toEqual(['Cod quota agreed']);
    expect(headlines(await page('/region/balkans'))).toEqual(['Council votes for the tram']);
    expect(headlines(await page('/topic/politics'))).toEqual(['Council votes for the tram']);
    expect(headlines(await page('/lang/sr'))).toEqual(['Tramvaj preko Save']);
    expect(headlines(await page('/source/danube'))).toEqual(['Council votes for the tram']);
    // As a copy, an article also stands at the source that copied it.
    expect(headlines(await page('/source/fjord'))).toEqual(['Cod quota agreed', 'Council votes for the tram']);
    expect(headlines(await page('/search?q=quota'))).toEqual(['Cod quota agreed']);
    expect(headlines(await page('/region/RS/topic/politics/lang/en/source/danube/search?q=tram+-metro'))).toEqual([
      'Council votes for the tram',
    ]);
    expect(headlines(await page('/region/RS/lang/nb'))).toEqual([]);
  });

  it('marks what a search found, counts it, and looks between days', async () => {
    const html = await page('/search?q=QUOTA');
    expect(html).toContain('Cod <mark>quota</mark> agreed');
    expect(html).toMatch(/<p class="soft">1 article<\/p>/);
    const today = new Date().toISOString().slice(0, 10);
    expect(headlines((await page(`/search?q=quota&from=2020-01-01&to=${today}`)).replace(/<\/?mark>/g, ''))).toEqual([
      'Cod quota agreed',
    ]);
    const earlier = await page('/region/NO/search?q=quota&to=2020-01-01');
    expect(headlines(earlier)).toEqual([]);
    expect(earlier).toContain('action="/region/NO/search"');
    expect(earlier).toContain('name="to" type="date" value="2020-01-01"');
  });

  it('announces the three feeds of the filter', async () => {
    const html = await page('/region/RS/topic/politics');
    for (const [type, file] of [
      ['application/rss+xml', 'feed.xml'],
      ['application/atom+xml', 'feed.atom'],
      ['application/feed+json', 'feed.json'],
    ]) {
      expect(html).toContain(`<link rel="alternate" type="${type}" title="`);
      expect(html).toContain(`" href="/region/RS/topic/politics/${file}">`);
    }
    expect(await page('/search?q=a%26b')).toContain('href="/search/feed.xml?q=a%26b"');
  });

  it('leads every spelling of a filter to one address', async () => {
    for (const [path, canonical] of [
      ['/topic/11000000/region/rs', '/region/RS/topic/politics'],
      ['/region/039/', '/region/southern-europe'],
      ['/search', undefined],
    ] as const) {
      const answer = await get(path);
      expect(answer.status, path).toBe(canonical ? 301 : 200);
      expect(answer.headers.get('location')).toBe(canonical ?? null);
    }
  });

  it('says what there is instead of what is not there', async () => {
    for (const [path, message] of [
      ['/region/atlantis', 'balkans, western-balkans'],
      ['/topic/gossip', 'politics, religion'],
      ['/source/nobody', 'The sources are: danube, fjord, vecer'],
      ['/story/7', 'no such story'],
      [`/article/${story}`, 'no such article'],
      ['/admin.php', 'no page'],
    ] as const) {
      const answer = await get(path);
      expect(answer.status, path).toBe(404);
      expect(await answer.text()).toContain(message);
    }
    expect((await get('/?before=nonsense')).status).toBe(400);
    expect((await get('/search?q=%00')).status).toBe(200);
    for (const path of [
      '//',
      '///',
      '//evil.example',
      '/source/%00',
      '/%00',
      '/feeds//',
      '/story/%00',
      '/unsubscribe/%00',
      '/confirm/a%00',
    ])
      expect((await get(path)).status, path).toBeLessThan(500);
    for (const protocol of ['javascript', 'https, http', '', 'a b'])
      expect((await get('/api/articles', { headers: { 'x-forwarded-proto': protocol } })).status, protocol).toBe(200);
    expect((await get('/search?q=a&q=b')).status).toBe(400);
  });

  it('takes a percent sign that begins no escape for what it is, in every place and form', async () => {
    for (const path of [
      '/%',
      '/region/%F0%28',
      '/article/%zz',
      '/story/%E4/feed.xml',
      '/source/100%/feed.atom?limit=5',
    ]) {
      const answer = await get(path);
      expect(answer.status, path).toBe(404);
      expect(answer.headers.get('content-type'), path).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('content-security-policy'), path).toContain("default-src 'none'");
    }
    expect(await (await get('/region/%F0%28')).text()).toContain('%F0%28');
    for (const path of ['/api/stories/%zz', '/api/%'])
      expect(await (await get(path)).json(), path).toEqual({ error: expect.stringContaining('There is no') });
    for (const path of ['/reader/api/0/%F0', '/api/greader.php/reader/api/0/nothing'])
      expect(await (await get(path)).text(), path).toMatch(/^Error=NotFound/);
    for (const path of ['/picture/%/small.webp', '/private/%FF/feed.xml', '/admin/sources/%C3%28', '/assets/%/a.js'])
      expect((await get(path)).status, path).toBe(404);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 8 }), async (bytes) => {
        const odd = bytes.map((byte) => `%${byte.toString(16)}`).join('');
        for (const place of ['/', '/region/', '/story/'])
          expect((await get(`${place}x${odd}`)).headers.get('content-type')).toBe('text/html; charset=utf-8');
      }),
      { numRuns: 30 },
    );
  });

  it('pages through a long list without gap or repeat', async () => {
    await using long = await openTestWire();
    await writeSources(long.store.db, [{ id: 'paper', name: 'Paper' }]);
    const same = at(5);
    for (let count = 0; count < 95; count++) {
      await writeArticle(long.store.db, { title: `No. ${count}`, seenAt: same });
    }
    const seen: string[] = [];
    for (let path: string | undefined = '/'; path !== undefined; ) {
      const html = await (await fetch(`${long.url}${path}`)).text();
      seen.push(...headlines(html));
      path = /<a rel="next" href="([^"]+)"/.exec(html)?.[1];
    }
    expect(seen).toEqual(Array.from({ length: 95 }, (_, index) => `No. ${94 - index}`));
  });

  it('shows a story as all outlets tell it', async () => {
    const html = await page(`/story/${story}`);
    expect(html).toContain('Council votes for the tram');
    expect(html).toContain('Tramvaj preko Save');
    expect(html).toContain('Also reported by');
    // The face tells what happened; the first is named.
    expect(html).toMatch(/<h1[^>]*>Council votes for the tram<\/h1>/);
    expect(html).toContain('The line opens in 2029.');
    expect(html).toMatch(/first told by <strong>The Danube Post<\/strong>/);
    expect(html).toContain(`href="/story/${story}/feed.xml"`);
    expect(html).toContain('href="https://fjord.example/trikk"');
    expect(html).toContain('80 % of the text');
    expect(await page(`/story/${story}`)).toMatch(
      /<dt>Told from<\/dt><dd><a href="\/region\/RS">Serbia<\/a>, <a href="\/region\/NO">Norway/,
    );
  });

  it('says what each outlet adds, leaves out and counts otherwise', async () => {
    await using told = await openTestWire({ OPERATOR_PASSWORD: 'x' });
    const { db } = told.store;
    await writeSources(db, [
      { id: 'open', name: 'Open', content: 'full' },
      { id: 'more', name: 'More', content: 'full' },
      { id: 'shut', name: 'Shut' },
    ]);
    const tell = (source: string, of: string, text: string, minutes: number, lang = 'en') =>
      writeArticle(db, {
        source,
        story: of,
        text,
        lang,
        seenAt: at(minutes),
        image: { url: 'https://x.example/p.jpg' },
      });
    const [readable, closed] = ['0b0e0000-0000-4000-8000-000000000003', '0b0e0000-0000-4000-8000-000000000004'];
    const begin = 'The council voted for the tram on Monday. The whole line costs 240 million euros.';
    await tell('open', readable, `${begin} Two members of the council abstained.`, 30);
    await tell(
      'more',
      readable,
      'The council voted for the tram on Monday. The whole line costs 260 million euros. Cyclists protest.',
      20,
    );
    await tell('more', readable, 'Nešto sasvim drugo o tramvaju.', 10, 'sr');
    await tell('open', closed, `${begin} All of it.`, 30);
    await tell('shut', closed, 'The council voted for the tram on Monday. A secret sentence stands here.', 20);
    const html = await (await fetch(`${told.url}/story/${readable}`)).text();
    expect(html).toContain('counts otherwise in 1 sentence, adds 1 sentence, leaves out 1 sentence');
    expect(html).toContain('<ins>The whole line costs 260 million euros.</ins>');
    expect(html).toContain('<ins>Cyclists protest.</ins>');
    expect(html).toContain('<del>Two members of the council abstained.</del>');
    // Another language is not compared.
    expect(html.match(/class="changes"/g)).toHaveLength(1);
    expect(html).toMatch(/role="img"\s+aria-label="3 articles over 1 hour"/);
    // What may not be read is counted only.
    const shut = await (await fetch(`${told.url}/story/${closed}`)).text();
    expect(shut).toContain('adds 1 sentence');
    expect(shut).not.toContain('<ins>');
  });

  it('gives each story a feed of its own, in all formats', async () => {
    for (const [file, type] of [
      ['feed.xml', 'application/rss+xml'],
      ['feed.atom', 'application/atom+xml'],
      ['feed.json', 'application/feed+json'],
    ]) {
      const answer = await get(`/story/${story}/${file}`);
      expect(answer.headers.get('content-type')).toContain(type);
      const text = await answer.text();
      expect(text).toContain('Council votes for the tram');
      expect(text).toContain('Tramvaj preko Save');
      expect(text).not.toContain('Cod quota');
    }
    const moved = await get(`/story/${tram}/feed.xml`);
    expect([moved.status, moved.headers.get('location')]).toEqual([302, `/story/${story}/feed.xml`]);
    for (const path of ['/story/7/feed.xml', `/story/${story}/feed.csv`])
      expect((await get(path)).status, path).toBe(404);
  });

  it('writes cards of right-to-left languages from right to left', async () => {
    await using arabic = await openTestWire();
    await writeArticle(arabic.store.db, { lang: 'ar', title: 'مجلس المدينة' });
    await writeArticle(arabic.store.db, { lang: 'und', title: 'Nothing known' });
    const html = await (await fetch(arabic.url)).text();
    expect(html).toMatch(/<article class="story" id="a-[\w-]+" dir="rtl">\s*<div>\s*<h3 lang="ar"/);
    expect(html).toMatch(/<article class="story" id="a-[\w-]+" dir="ltr">/);
  });

  it('leads from a story that became part of another to that one', async () => {
    expect(tram).not.toBe(story);
    const moved = await fetch(`${wire.url}/story/${tram}`, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([302, `/story/${story}`]);
  });

  it('shows why an article carries its labels', async () => {
    const html = await page(`/article/${tram}`);
    expect(html).toContain('<mark dir="auto">budget</mark>');
    expect(html).toContain('the publisher&#39;s own label');
    expect(html).toContain('<mark dir="auto">Beograd</mark>');
  });

  it('explains a region by its countries and their words, and says what is only a default', async () => {
    await using other = await openTestWire();
    const { db } = other.store;
    await writeSources(db, [{ id: 'danube', name: 'The Danube Post' }]);
    const id = await writeArticle(db, {
      source: 'danube',
      countries: [label('RS', ['Beograd']), label('HR', [], 'source')],
      regions: [label('balkans', ['RS', 'HR'])],
    });
    const whole = await (await fetch(`${other.url}/article/${id}`)).text();
    const html = whole.replace(/.*Why these labels/s, '');
    expect(html).toMatch(/Balkans.*Serbia: <mark dir="auto">Beograd<\/mark>.*Croatia: the country of the source/s);
    expect(html).not.toContain('<mark dir="auto">RS</mark>');
  });
});

describe('hostile articles', () => {
  it('cannot put markup, script or addresses of their own into a page', async () => {
    await using hostile = await openTestWire();
    const { db } = hostile.store;
    await writeSources(db, [{ id: 'evil', name: '<script>alert("name")</script>' }]);
    const attack = `"><img src=x onerror=alert(1)><script>alert('t')</script>\u0001\u001b\u202e`;
    const id = await writeArticle(db, {
      source: 'evil',
      title: `Title ${attack}`,
      summary: `Summary ${attack}`,
      byline: [`Byline ${attack}`],
      url: 'javascript:alert(document.domain)',
      image: { url: 'javascript:alert(2)', caption: `Caption ${attack}`, credit: attack },
      countries: [label('RS', [`Evidence ${attack}`])],
      topics: [label(`"><script>alert('id')</script>`)],
    });
    await writeRejection(db, 'javascript:alert(3)', 'evil', 'bad-address', `Detail ${attack}`);
    const rows = await db.selectFrom('articles').select('story').where('id', '=', id).executeTakeFirstOrThrow();
    for (const path of [
      '/',
      `/article/${id}`,
      `/story/${rows.story}`,
      '/feeds',
      '/status',
      '/links?url=javascript:alert(3)',
      `/search?q=${encodeURIComponent(attack)}`,
      `/region/${encodeURIComponent(attack)}`,
    ]) {
      const html = await (await fetch(`${hostile.url}${path}`)).text();
      expect(html.replace(ownScript, ''), path).not.toMatch(/<script|<img src=x|(?:href|src|action)="\s*javascript/i);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(html, path).not.toMatch(/[\u0001\u001b\u202e]/);
    }
  });

  it('are held by a policy that allows our own script file and nothing else', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect((await page('/')).replace(ownScript, '')).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=/i);
  });
});

describe('who may see what', () => {
  it('gives the text to readers only where the source allows it', async () => {
    await using closed = await openTestWire({ OPERATOR_PASSWORD: 'open sesame' });
    const { db } = closed.store;
    await writeSources(db, [
      { id: 'danube', name: 'The Danube Post' },
      { id: 'vecer', name: 'Večer', content: 'full' },
    ]);
    const summaryOnly = await writeArticle(db, {
      source: 'danube',
      text: `${'The council met on Monday. '.repeat(40)}A secret paragraph.`,
      // Some pages put their whole text into the description.
      summary: `${'The council met on Monday. '.repeat(40)}A secret paragraph.`,
    });
    const open = await writeArticle(db, { source: 'vecer', text: 'A public paragraph.' });
    const read = async (id: string, headers: Record<string, string> = {}): Promise<string> =>
      (await fetch(`${closed.url}/article/${id}`, { headers })).text();
    expect(await read(summaryOnly)).not.toContain('A secret paragraph.');
    expect(await read(open)).toContain('A public paragraph.');
    const authorization = `Basic ${Buffer.from('operator:open sesame').toString('base64')}`;
    expect(await read(summaryOnly, { authorization })).toContain('A secret paragraph.');
    expect(await (await fetch(`${closed.url}/api/articles/${summaryOnly}`)).json()).not.toHaveProperty('text');
    for (const path of [`/api/articles/${summaryOnly}`, '/feed.xml', '/feed.json', '/'])
      expect(await (await fetch(`${closed.url}${path}`)).text(), path).not.toContain('A secret paragraph.');

    for (const path of ['/status', '/links', '/metrics', '/queues', '/queues/api/queues', '/queues/static/x.js']) {
      const refused = await fetch(`${closed.url}${path}`);
      expect(refused.status, path).toBe(401);
      expect(refused.headers.get('www-authenticate')).toContain('Basic realm=');
      const wrong = `Basic ${Buffer.from('operator:guess').toString('base64')}`;
      expect((await fetch(`${closed.url}${path}`, { headers: { authorization: wrong } })).status, path).toBe(401);
    }
    for (const path of ['/status', '/links', '/metrics', '/queues', '/queues/api/queues']) {
      expect((await fetch(`${closed.url}${path}`, { headers: { authorization } })).status, path).toBe(200);
    }
    // A page of the operator is for no shared cache.
    const status = await fetch(`${closed.url}/status`, { headers: { authorization } });
    expect(status.headers.get('cache-control')).toBe('private, no-store');
  });

  it('without a password opens the operator pages at the machine itself only', async () => {
    expect((await get('/status')).status).toBe(200);
    // Behind a proxy, or by a foreign name that leads here (DNS rebinding), anyone could be asking.
    for (const headers of [
      { 'x-forwarded-for': '203.0.113.7' },
      { forwarded: 'for=203.0.113.7' },
      { host: 'evil.example' },
    ]) {
      const { status, body } = await rawGet('/status', headers);
      expect(status).toBe(403);
      expect(body).toContain('OPERATOR_PASSWORD');
    }
  });

  it('lets no other site change the queues', async () => {
    const path = '/queues/api/queues/crawl/pause';
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      expect((await get(path, { method: 'PUT', headers: new Headers(headers) })).status).toBe(403);
    }
    expect((await get(path, { method: 'PUT' })).status).toBe(200);
    expect((await get('/queues/api/queues/crawl/resume', { method: 'PUT' })).status).toBe(200);
  });
});

/** fetch does not let a program choose the Host header. */
const rawGet = (
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string; headers: IncomingHttpHeaders }> =>
  new Promise((resolve, reject) => {
    httpRequest(`${wire.url}${path}`, { headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body, headers: answer.headers }));
    })
      .on('error', reject)
      .end();
  });

describe('a flood of requests', () => {
  it('is refused by address, with the time to wait', async () => {
    await using flooded = await openTestWire();
    const ask = (from: string): Promise<Response> =>
      fetch(`${flooded.url}/robots.txt`, { headers: { 'x-forwarded-for': from } });
    const answers: Response[] = [];
    for (let round = 0; round < 13; round++)
      answers.push(...(await Promise.all(Array.from({ length: 50 }, () => ask('203.0.113.7')))));
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused).toHaveLength(50);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask('203.0.113.8')).status).toBe(200);
  });
});

describe('guessing the password', () => {
  it('ends after ten tries, on every page of the operator', async () => {
    await using closed = await openTestWire({ OPERATOR_PASSWORD: 'open sesame' });
    const from = { 'x-forwarded-for': '203.0.113.9' };
    const guess = (path: string, password: string) =>
      fetch(`${closed.url}${path}`, {
        headers: { ...from, authorization: `Basic ${Buffer.from(`operator:${password}`).toString('base64')}` },
      });
    const paths = ['/status', '/metrics', '/queues', '/queues/api/queues'];
    const statuses: number[] = [];
    for (let tries = 0; tries < 40; tries++)
      statuses.push((await guess(paths[tries % paths.length] ?? '', `guess ${tries}`)).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(30).fill(429)]);
    const refused = await guess('/status', 'open sesame');
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
    // What everybody may read stays open.
    expect((await guess('/feeds', 'guess')).status).toBe(200);
  });
});

describe('a client that dawdles', () => {
  it('is cut off when its request does not come, byte by byte or not at all', async () => {
    const { hostname, port } = new URL(wire.url);
    const ended = await Promise.all(
      ['GET / HTTP/1.1\r\nHost: x\r\n', 'POST /feeds HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n'].map(
        (beginning) =>
          new Promise<number>((resolve) => {
            const begun = performance.now();
            const socket = connect(Number(port), hostname).on('error', () => undefined);
            socket.write(beginning);
            const drip = setInterval(() => socket.write('a'), 1000);
            socket.resume().once('close', () => {
              clearInterval(drip);
              resolve(performance.now() - begun);
            });
          }),
      ),
    );
    for (const milliseconds of ended) expect(milliseconds).toBeLessThan(30_000);
  });
});

describe('closing', () => {
  it('waits for no client that dawdles', async () => {
    const dawdling = await openTestWire();
    const { hostname, port } = new URL(dawdling.url);
    const socket = connect(Number(port), hostname);
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    socket.on('error', () => undefined).write('GET / HTTP/1.1\r\nHost: ');
    const cutOff = new Promise((resolve) => socket.once('close', resolve));
    await fetch(`${dawdling.url}/health`);
    await dawdling[Symbol.asyncDispose]();
    await cutOff;
    await expect(fetch(`${dawdling.url}/health`)).rejects.toThrow();
  });
});

describe('the directory', () => {
  it('lists the feeds of all filters, as a page and as OPML', async () => {
    const html = await page('/feeds');
    for (const path of ['/feed.xml', '/region/RS/feed.json', '/topic/politics/feed.atom', '/source/vecer/feed.xml'])
      expect(html).toContain(`href="${path}"`);
    const answer = await get('/opml?group=all&group=topics,regions');
    expect(answer.headers.get('content-type')).toContain('text/x-opml');
    const opml = await answer.text();
    expect(opml).toContain(`xmlUrl="${wire.url}/region/balkans/feed.xml"`);
    for (const [, address = ''] of opml.matchAll(/xmlUrl="([^"]+)"/g)) expect((await fetch(address)).status).toBe(200);
    // Without a choice it is one feed: all groups at once give each article several times.
    expect((await (await get('/opml')).text()).match(/xmlUrl=/g)).toHaveLength(1);
    expect(await (await get('/opml?group=langs&items=story')).text()).toContain('/lang/en/feed.xml?items=story"');
    const wrong = await get('/opml?group=planets');
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain('all, topics, regions');
  });
});

describe('the address of the server', () => {
  it('is what the operator set, else how the request came in; nothing else gets into a feed', async () => {
    const self = (text: string): string | undefined => (JSON.parse(text) as { feed_url: string }).feed_url;
    expect(self((await rawGet('/feed.json', { host: 'wire.example:8080' })).body)).toBe(
      'http://wire.example:8080/feed.json',
    );
    const throughProxy = {
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'news.example',
      'x-forwarded-for': '192.0.2.1',
    };
    expect(self((await rawGet('/feed.json', throughProxy)).body)).toBe('https://news.example/feed.json');
    for (const host of ['a b', '"><script>', 'evil.example/path?', 'user@evil.example'])
      expect(self((await rawGet('/feed.json', { host })).body)).toMatch(/^http:\/\/[a-z.]+\/feed\.json$/);
    await using named = await openTestWire({ PUBLIC_URL: 'https://wire.example/' });
    const shared = await fetch(`${named.url}/feed.json`);
    expect(shared.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
    expect(self(await shared.text())).toBe('https://wire.example/feed.json');
  });

  it('is in no answer that a shared cache keeps', async () => {
    for (const path of ['/feed.xml', '/feed.atom', '/feed.json', '/opml', '/', '/api/openapi.json', '/api/articles']) {
      const { body, headers } = await rawGet(path, { host: 'evil.example' });
      expect(headers['cache-control']?.startsWith('private') || !body.includes('evil.example'), path).toBe(true);
    }
  });

  it('may have a path, which a proxy in front keeps to itself or passes on', async () => {
    await using below = await openTestWire({ PUBLIC_URL: 'https://press.example/wire/' });
    const ask = (path: string) => fetch(`${below.url}${path}`, { redirect: 'manual' });
    for (const path of ['/', '/wire', '/wire/', '/wire/feeds', '/feeds', '/status', '/nowhere/at/all']) {
      const html = await (await ask(path)).text();
      const addresses = [...html.matchAll(/ (?:href|src|action)="(\/[^"]*)"/g)].map(([, address]) => address);
      expect(addresses.length, path).toBeGreaterThan(5);
      expect(addresses.filter((address) => !address?.startsWith('/wire/'))).toEqual([]);
    }
    const style = / href="([^"]+\.css)"/.exec(await (await ask('/')).text())?.[1] ?? '';
    expect((await ask(style)).status).toBe(200);
    expect((await ask('/wire/region/rs/')).headers.get('location')).toBe('/wire/region/RS');
    expect(await (await ask('/wire/queues')).text()).toContain('<base href="/wire/queues/"');
    expect(await (await ask('/wire/feed.json')).text()).toContain('https://press.example/wire/feed.json');
  });
});

describe('the operator', () => {
  it('sees sources, outcomes with their meaning, and what happened to an address', async () => {
    const { db } = wire.store;
    await writeRejection(db, 'https://danube.example/login', 'danube', 'form', 'a password field');
    const warnings = ['feed https://fjord.example/rss.xml: answered 404'];
    const crawl = {
      startedAt: at(6),
      tookMs: 900,
      pages: 0,
      articles: 0,
      requests: 1,
      bytes: 0,
      listings: [],
      rejected: {},
    };
    const end = { at: at(5), nextAt: at(-5), schedule: {} };
    const gives = { state: 'gives', cause: null, since: at(5), inARow: 1 } as const;
    await recordCrawl(db, 'fjord', { ...end, health: gives, warnings }, { ...crawl, ...gives });
    const fails = { state: 'fails', cause: 'the connection was refused', since: at(9), inARow: 3 } as const;
    await recordCrawl(db, 'vecer', { ...end, health: fails }, { ...crawl, ...fails });
    const status = await page('/status');
    expect(status).toContain('The Danube Post');
    expect(status).toContain('! feed https://fjord.example/rss.xml: answered 404');
    expect(status).toMatch(/fails: the connection was refused.*3 times in a row, last good .*never/);
    expect(status).toContain('A form, login, search, shop or account page, a forum thread or a manual.');
    expect(status).toContain('a password field');
    const found = await page(`/links?url=${encodeURIComponent('https://www.danube.example/login?utm_source=x#top')}`);
    expect(found).toContain('Rejected');
    expect(found).toContain('a password field');
    expect(await page('/links?url=https://danube.example/never')).toContain('No source has named this address');
  });

  it('gets the dashboard of the queues', async () => {
    const html = await page('/queues');
    expect(html).toContain('id="root"');
    const script = /src="(static\/js\/main[^"]+)"/.exec(html)?.[1];
    expect((await get(`/queues/${script}`)).status).toBe(200);
    const { queues } = (await (await get('/queues/api/queues')).json()) as { queues: { name: string }[] };
    expect(queues.map((queue) => queue.name)).toEqual(['schedule', 'crawl', 'article', 'publish', 'deliver']);
  });

  it('gets figures for Prometheus', async () => {
    const answer = await get('/metrics');
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const text = await answer.text();
    expect(text).toMatch(/^courant_articles 3$/m);
    expect(text).toMatch(/^courant_links\{outcome="rejected",stage="crawl",reason="form"\} 1$/m);
    expect(text).toMatch(/^courant_queue_jobs\{queue="crawl",state="waiting"\} 0$/m);
    expect(text).toMatch(/^courant_sources\{state="gives"\} 1$/m);
    expect(text).toMatch(
      /^courant_http_request_duration_seconds_count\{method="GET",route="\/\*",status="200"\} \d+$/m,
    );
  });
});

const missing = redisMissing();
describe.skipIf(missing)(`with the queues on Redis${missing ? ` (${missing})` : ''}`, () => {
  it('the operator sees them the same way, and health tells when Redis is gone', async () => {
    const redis = await openTestRedis();
    await using onRedis = await openTestWire({ REDIS_URL: redis.url });
    const ask = (path: string): Promise<Response> => fetch(`${onRedis.url}${path}`);
    expect(await (await ask('/status')).text()).toContain('On Redis.');
    const { queues } = (await (await ask('/queues/api/queues')).json()) as { queues: { name: string }[] };
    expect(queues).toHaveLength(5);
    expect(await (await ask('/metrics')).text()).toContain('courant_queue_jobs{queue="crawl",state="failed"} 0');
    expect((await ask('/health')).status).toBe(200);
    await redis[Symbol.asyncDispose]();
    const health = await ask('/health');
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({ database: { ok: true }, queues: { backend: 'redis', ok: false } });
    // Feeds and pages need the store only.
    expect((await ask('/feed.xml')).status).toBe(200);
  });
});

describe('/health', () => {
  it('is 200 while database and queues answer', async () => {
    const answer = await get('/health');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      status: 'ok',
      database: { ok: true },
      queues: { backend: 'postgres', ok: true },
    });
  });
});

describe('/api/articles', () => {
  it('gives the articles of a filter page by page, with their labels', async () => {
    interface Answer {
      articles: {
        id: string;
        title: string;
        countries: { id: string; name: string; origin: string }[];
        alsoAt: unknown[];
      }[];
      next: string | null;
    }
    const first = (await (await get('/api/articles?region=RS&limit=1')).json()) as Answer;
    expect(first.articles.map((article) => article.title)).toEqual(['Tramvaj preko Save']);
    const second = (await (await fetch(first.next ?? '')).json()) as Answer;
    expect(second.articles[0]).toMatchObject({
      id: tram,
      source: { id: 'danube', name: 'The Danube Post' },
      countries: [{ id: 'RS', name: 'Serbia', origin: 'text', evidence: ['Beograd'] }],
      alsoAt: [{ url: 'https://fjord.example/trikk' }],
    });
    expect(second.next).toBeNull();
    const wrong = await get('/api/articles?topic=gossip');
    expect(wrong.status).toBe(404);
    expect(await wrong.json()).toEqual({ error: expect.stringContaining('politics') });
    expect((await get('/api/articles?limit=0')).status).toBe(400);
    const description = (await (await get('/api/openapi.json')).json()) as {
      openapi: string;
      components: { schemas: { Article: { properties: object } } };
    };
    expect(description.openapi).toBe('3.1.0');
    const [article] = first.articles;
    expect(Object.keys(description.components.schemas.Article.properties).sort()).toEqual(
      Object.keys(article ?? {}).sort(),
    );
  });

  it('refuses parameters that it does not know, with the one that was meant', async () => {
    for (const [path, message] of [
      ['/api/articles?fromm=2026-11-27', "no parameter 'fromm' here. Did you mean 'from'?"],
      ['/api/articles?sort=time', 'The parameters are: region, topic, lang, source, q, from, to, since'],
      ['/api/articles?format=xml', "'format' is json, jsonl or csv."],
      ['/api/articles?from=yesterday', "'from' is a day such as 2026-11-28"],
      ['/api/articles?from=2026-02-31T99:00:00Z', "'from' is a day"],
      ['/api/articles?q=a&q=b', "'q' may be given once only."],
      ['/api/articles?limit=501', "'limit' is a number from 1 to 500."],
      ['/api/articles?before=x', "'before' names no place"],
      [`/api/articles/${tram}?full=1`, "There is no parameter 'full' here. There are none."],
    ] as const) {
      const answer = await get(path);
      expect(answer.status, path).toBe(400);
      expect(((await answer.json()) as { error: string }).error, path).toContain(message);
    }
  });

  it('gives stories and sources as the pages show them', async () => {
    interface Story {
      id: string;
      title: string;
      face: string;
      articles: number;
      independent: number;
      sources: { id: string }[];
      langs: string[];
    }
    const list = (await (await get('/api/stories?limit=1')).json()) as { stories: Story[]; next: string };
    expect(list.stories.map(({ title }) => title)).toEqual(['Cod quota agreed']);
    const rest = (await (await fetch(list.next)).json()) as { stories: Story[]; next: null };
    expect(rest.next).toBeNull();
    expect(rest.stories[0]).toMatchObject({
      id: story,
      title: 'Council votes for the tram',
      face: tram,
      articles: 2,
      independent: 2,
      langs: ['en', 'sr'],
    });
    expect(rest.stories[0]?.sources.map(({ id }) => id)).toEqual(['danube', 'vecer', 'fjord']);
    const one = (await (await get(`/api/stories/${story}`)).json()) as { story: Story; articles: { id: string }[] };
    expect(one.story).toEqual(rest.stories[0]);
    expect(one.articles.map(({ id }) => id)).toContain(tram);
    expect((await get('/api/stories/7')).status).toBe(404);
    expect((await get('/api/stories?sorce=danube')).status).toBe(400);
    const { sources } = (await (await get('/api/sources')).json()) as { sources: object[] };
    expect(sources).toContainEqual({ id: 'vecer', name: 'Večer', url: 'https://home.example/', content: 'full' });
  });

  it('takes days and instants', async () => {
    await using dated = await openTestWire();
    const { db } = dated.store;
    await writeSources(db, [{ id: 'paper', name: 'Paper' }]);
    for (const day of ['26', '27', '28'])
      await writeArticle(db, {
        title: `Of the ${day}th`,
        published: new Date(`2026-11-${day}T23:30:00Z`),
        seenAt: new Date('2026-11-29T00:00:00Z'),
      });
    const titles = async (query: string): Promise<string[]> => {
      const answer = await (await fetch(`${dated.url}/api/articles?${query}`)).json();
      return (answer as { articles: { title: string }[] }).articles.map(({ title }) => title).sort();
    };
    expect(await titles('from=2026-11-27')).toEqual(['Of the 27th', 'Of the 28th']);
    expect(await titles('to=2026-11-27')).toEqual(['Of the 26th', 'Of the 27th']);
    expect(await titles('from=2026-11-27&to=2026-11-27')).toEqual(['Of the 27th']);
    expect(await titles('to=2026-11-27T00:00:00%2B01:00')).toEqual([]);
    expect(await titles('since=2026-11-29')).toHaveLength(3);
    expect(await titles('since=2026-11-29T00:00:01Z')).toEqual([]);
  });

  it('gives tables and JSON lines too', async () => {
    await using formats = await openTestWire();
    const { db } = formats.store;
    await writeSources(db, [{ id: 'paper', name: 'Paper' }]);
    const id = await writeArticle(db, { title: '=SUM(A1) "quoted", twice', countries: [label('RS'), label('HR')] });
    const csv = await fetch(`${formats.url}/api/articles?format=csv`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [head, row] = (await csv.text()).split('\r\n');
    expect(head).toMatch(/^id,story,url,source,title,/);
    expect(row).toContain(`${id},`);
    // A spreadsheet must not run a headline.
    expect(row).toContain(`,"'=SUM(A1) ""quoted"", twice",`);
    expect(row).toContain(',RS HR,');
    await writeArticle(db, { title: 'Second' });
    const lines = await fetch(`${formats.url}/api/articles?format=jsonl&limit=1`);
    expect(lines.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(lines.headers.get('link')).toMatch(/^<http:.*before=\d+>; rel="next"$/);
    expect(
      (await lines.text())
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { title: string }).title),
    ).toEqual(['Second']);
  });
});
