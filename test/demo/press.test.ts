import { once } from 'node:events';
import { connect } from 'node:net';
import RssParser from 'rss-parser';
import { fetch, ProxyAgent } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changes, openPress, type Press, type PressRequest } from '../../src/demo/press.ts';
import type { Truth } from '../../src/demo/truth.ts';

const now = new Date('2026-11-22T09:30:00Z');
let press: Press;
let agent: ProxyAgent;
const requests: PressRequest[] = [];

beforeAll(async () => {
  press = await openPress({ now, onRequest: (request) => requests.push(request) });
  agent = new ProxyAgent(press.proxy);
});
afterAll(async () => {
  await agent.close();
  await press.close();
});

const get = (url: string, headers: Record<string, string> = {}) =>
  fetch(url, { dispatcher: agent, redirect: 'manual', headers });
const listOf = (source: Press['sources'][number]): string =>
  source.feeds[0] ?? source.sitemaps[0] ?? source.sections[0] ?? '';

describe('the example press', () => {
  it('has five outlets and a ticker on hosts of their own, in two languages', () => {
    expect(new Set(press.sources.map(({ home }) => new URL(home).host)).size).toBe(6);
    expect(new Set(press.sources.map(({ lang }) => lang))).toEqual(new Set(['en', 'sr-Latn']));
  });

  it('is reached through its address as a proxy, in absolute form and by CONNECT', async () => {
    const tunnel = new ProxyAgent({ uri: press.proxy, proxyTunnel: true });
    const home = press.sources[0]?.home ?? '';
    const through = await fetch(home, { dispatcher: tunnel });
    expect(await through.text()).toBe(await (await get(home)).text());
    await tunnel.close();
  });

  it('answers a browser under <id>.localhost with links of the same kind', async () => {
    const page = await (await get(`http://vardar-review.localhost:${press.port}/`)).text();
    expect(page).toContain(`href="http://vardar-review.localhost:${press.port}/issues/`);
    expect(page).not.toContain('.example');
  });

  it('knows no other host', async () => {
    expect((await get('http://elsewhere.example/')).status).toBe(502);
    const tunnel = new ProxyAgent({ uri: press.proxy, proxyTunnel: true });
    await expect(fetch('http://elsewhere.example/', { dispatcher: tunnel })).rejects.toThrow();
    await tunnel.close();
  });

  it('tells the names of its outlets on its own address', async () => {
    const index = await (await fetch(press.proxy)).text();
    for (const { name } of press.sources) expect(index).toContain(name);
  });

  it('gives its feeds in the formats that a subscriber reads', async () => {
    const parser = new RssParser();
    for (const source of press.sources) {
      const text = await (await get(listOf(source))).text();
      const links = press.truth().links.filter(({ url }) => url.startsWith(source.home));
      if (source.take === 'headlines') {
        for (const { url, title } of press.truth().headlines) expect(text).toContain(`${url}">${title}<`);
        expect(links).toHaveLength(press.truth().headlines.length);
      } else if (source.sitemaps.length > 0) {
        expect([...text.matchAll(/<loc>/g)]).toHaveLength(links.length);
      } else if (text.startsWith('{')) {
        expect(JSON.parse(text).items.map((item: { url: string }) => item.url)).toEqual(links.map(({ url }) => url));
      } else {
        const feed = await parser.parseString(text);
        expect(feed.items.map(({ link }) => link)).toEqual(links.map(({ url }) => url));
      }
    }
  });

  it('answers every link as its truth says', async () => {
    const { links, articles } = press.truth();
    const status = { gone: 410, form: 200, 'front-page': 200, robots: 200 } as Record<string, number>;
    for (const link of links) {
      const response = await get(link.url);
      await response.text();
      if (link.kind === 'rejected') {
        expect([link.url, response.status]).toEqual([link.url, status[link.reason]]);
        continue;
      }
      if (link.kind === 'headline') {
        expect([link.url, response.status]).toEqual([link.url, 403]);
        continue;
      }
      if (link.kind === 'withdrawn') throw new Error(`${link.url} is taken down before the world has moved`);
      expect(articles.some(({ url }) => url === link.article)).toBe(true);
      if (response.status === 301) expect(response.headers.get('location')).toBe(link.article);
      else expect(response.status).toBe(200);
    }
  });

  it('closes one part of each site by robots.txt, and links into it where its truth says so', async () => {
    for (const source of press.sources) {
      const robots = await (await get(new URL('/robots.txt', source.home).href)).text();
      const closed = /^Disallow: (?<path>\/.+)$/m.exec(robots)?.groups?.path ?? '';
      expect(closed).not.toBe('');
      for (const link of press.truth().links.filter(({ url }) => url.startsWith(source.home))) {
        const isClosed = new URL(link.url).pathname.startsWith(closed);
        const mustBe = link.kind === 'headline' || (link.kind === 'rejected' && link.reason === 'robots');
        expect([link.url, isClosed]).toEqual([link.url, mustBe]);
      }
    }
  });

  it('answers 304 to its own validators until the world moves on, and 200 to others', async () => {
    for (const url of [...press.sources.map(listOf), ...press.truth().articles.map((article) => article.url)]) {
      const { headers } = await get(url);
      const etag = headers.get('etag');
      const modified = headers.get('last-modified');
      expect(etag ?? modified).not.toBeNull();
      if (etag) expect((await get(url, { 'if-none-match': `"other", W/${etag}` })).status).toBe(304);
      if (etag && modified) {
        expect((await get(url, { 'if-none-match': '"other"', 'if-modified-since': modified })).status).toBe(200);
      }
      if (modified) expect((await get(url, { 'if-modified-since': modified })).status).toBe(304);
      if (modified && !etag) {
        const before = new Date(Date.parse(modified) - 1000).toUTCString();
        expect((await get(url, { 'if-modified-since': before })).status).toBe(200);
      }
    }
  });

  it('is full of the cases that a wire meets', () => {
    const { articles, links } = press.truth();
    for (const origin of new Set(articles.flatMap(({ copyOf }) => copyOf ?? []))) {
      expect(new Set(articles.filter(({ copyOf }) => copyOf === origin).map(({ outlet }) => outlet)).size).toBe(3);
    }
    expect(new Set(articles.filter(({ event }) => event === 'ferry-vis').map(({ outlet }) => outlet)).size).toBe(3);
    expect(articles.some(({ live }) => live)).toBe(true);
    expect(links.some(({ url }) => url.includes('utm_source='))).toBe(true);
    expect(links.some(({ url, kind }) => url.includes('fbclid=') && kind === 'same')).toBe(true);
    expect(links.flatMap((link) => (link.kind === 'rejected' ? link.reason : [])).toSorted()).toEqual([
      'form',
      'front-page',
      'gone',
      'robots',
    ]);
    for (const { paragraphs } of articles) expect(paragraphs.length).toBeGreaterThanOrEqual(5);
  });

  it('refuses to be written to', async () => {
    const response = await fetch(press.sources[0]?.home ?? '', { method: 'POST', body: 'x', dispatcher: agent });
    expect(response.status).toBe(405);
  });

  it('reports each request', () => {
    expect(
      requests.some(
        ({ host, path, status }) => host === 'adria-dispatch.example' && path === '/robots.txt' && status === 200,
      ),
    ).toBe(true);
  });
});

describe('a press that is advanced', () => {
  const openedAt = async () => {
    const press = await openPress({ now });
    const proxy = new ProxyAgent(press.proxy);
    const ask = async (url: string, headers = {}) => fetch(url, { dispatcher: proxy, headers });
    return {
      press,
      ask,
      async [Symbol.asyncDispose]() {
        await proxy.close();
        await press.close();
      },
    };
  };
  const minute = (count: number): Date => new Date(now.getTime() + count * 60_000);

  it('has revised two articles and added one, under validators that no longer match', async () => {
    await using opened = await openedAt();
    const { press, ask } = opened;
    const before = press.truth();
    const tags = new Map<string, string | null>();
    for (const { url } of before.articles) tags.set(url, (await ask(url)).headers.get('etag'));
    press.advance(minute(5));
    const after = press.truth();
    const revised = after.articles.filter((article) => article.revised);
    expect(revised.map(({ outlet }) => outlet).toSorted()).toEqual(['adria-dispatch', 'morava-courier']);
    expect(after.articles).toHaveLength(before.articles.length + 1);
    for (const article of revised) {
      const old = before.articles.find(({ url }) => url === article.url);
      expect(article.modified).toBe(minute(5).toISOString());
      expect(article.paragraphs.length).toBeGreaterThan(old?.paragraphs.length ?? 0);
      const page = await ask(article.url, { 'if-none-match': tags.get(article.url) ?? '' });
      expect(page.status).toBe(200);
      expect(await page.text()).toContain(article.paragraphs[0]);
    }
  });

  it('goes on state by state: a copy, a correction, a withdrawal, and then nothing', async () => {
    await using opened = await openedAt();
    const { press, ask } = opened;
    const told = changes.map((_, state) => {
      const before = press.truth();
      const change = press.advance(minute(state + 1));
      return { change, before, after: press.truth() };
    });
    expect(told.map(({ change }) => change)).toEqual(changes);
    expect(press.advance(minute(60))).toBeUndefined();

    const [, copied, corrected, withdrawn] = told;
    const urls = (truth: Truth | undefined) => truth?.articles.map(({ url }) => url) ?? [];
    const copy = copied?.after.articles.find(({ url }) => !urls(copied.before).includes(url));
    expect(copy?.copyOf).toBe('depth-charts');

    const correction = corrected?.after.articles.find(({ modified }) => modified === minute(3).toISOString());
    expect(correction?.paragraphs.at(-1)).toMatch(/^Correction: /);
    expect(correction?.paragraphs.join(' ')).toContain('980 euros');

    const gone = urls(withdrawn?.before).filter((url) => !urls(withdrawn?.after).includes(url));
    expect(gone).toHaveLength(1);
    expect((await ask(gone[0] ?? '')).status).toBe(410);
    expect(withdrawn?.after.links.filter(({ kind }) => kind === 'withdrawn')).toHaveLength(1);
  });

  it('shows pictures of its own', async () => {
    await using opened = await openedAt();
    const { press, ask } = opened;
    const page = await (await ask(press.truth().articles[0]?.url ?? '')).text();
    const [path = ''] = /\/media\/[a-z]+\.jpg/.exec(page) ?? [];
    const picture = await ask(new URL(path, press.sources[0]?.home).href);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    expect(Number(picture.headers.get('content-length'))).toBeGreaterThan(10_000);
  });

  it('closes while clients hold connections and tunnels open', async () => {
    const held = await openPress();
    const sockets = await Promise.all(
      ['CONNECT vardar-review.example:80', 'CONNECT elsewhere.example:80', 'GET http://vardar-review.example/'].map(
        async (request) => {
          const socket = connect({ port: held.port, host: '127.0.0.1', allowHalfOpen: true });
          socket.on('error', () => {});
          socket.write(`${request} HTTP/1.1\r\nHost: vardar-review.example\r\n\r\n`);
          await once(socket, 'data');
          return socket;
        },
      ),
    );
    await held.close();
    for (const socket of sockets) socket.destroy();
    await expect(fetch(held.proxy)).rejects.toThrow();
  });

  it('closes twice without complaint and gives its port back', async () => {
    const first = await openPress();
    await first.close();
    await first.close();
    await using again = await openPress({ port: first.port });
    expect(again.port).toBe(first.port);
  });
});
