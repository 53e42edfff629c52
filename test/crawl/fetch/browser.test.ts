import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRenderer, type Renderer } from '../../../src/crawl/fetch/browser.ts';
import { type Client, createClient } from '../../../src/crawl/fetch/client.ts';
import { mayBePage } from '../../../src/crawl/fetch/page.ts';
import { chromiumMissing, chromiumPath } from '../../support/chromium.ts';
import { type Handler, type LocalServer, startServer } from '../local-server.ts';

const missing = chromiumMissing();

it('without Chromium the error says what to install', async () => {
  const renderer = openRenderer({ userAgent: 'Courant/0.1', executable: '/nowhere/chromium' });
  const client = { fetch: () => Promise.reject(new Error('not asked')) };
  await expect(renderer.through(client).fetch('http://news.example/')).rejects.toThrow(
    /install it.*CHROMIUM.*\/nowhere\/chromium/,
  );
  await renderer.close();
});

describe.skipIf(missing)(`pages that need a browser${missing ? ` (${missing})` : ''}`, () => {
  let renderer: Renderer;
  let client: Client;
  let server: LocalServer;
  let pages: Record<string, Handler>;
  beforeAll(() => {
    renderer = openRenderer({
      userAgent: 'Courant/0.1 (+https://example.org/bot)',
      executable: chromiumPath,
      restMs: 8000,
    });
    client = createClient({ userAgent: 'Courant/0.1 (+https://example.org/bot)', allowPrivate: true });
  });
  afterAll(async () => {
    await renderer?.close();
    await client?.close();
  });
  beforeEach(async () => {
    pages = {};
    server = await startServer((request, response) => {
      const page = pages[request.url ?? ''];
      if (page) return page(request, response);
      response.writeHead(404).end();
    });
  });
  afterEach(() => server[Symbol.asyncDispose]());

  const answer =
    (body: string, type = 'text/html'): Handler =>
    (_, response) =>
      response.writeHead(200, { 'content-type': type, etag: '"1"' }).end(body);
  const fetchPage = (path: string, options = {}) =>
    renderer.through(client).fetch(server.origin + path, { wants: mayBePage, ...options });

  it('come with what their scripts wrote, and ask for nothing that shows no text', async () => {
    pages = {
      '/a': answer(
        '<img src="/p.jpg"><link rel="stylesheet" href="/s.css"><iframe src="/frame"></iframe><main></main><script src="/app.js"></script>',
      ),
      '/app.js': answer(
        `fetch('/story.json').then((r) => r.json()).then(({ text }) => { document.querySelector('main').innerHTML = '<p>' + text + '</p>'; });`,
        'text/javascript',
      ),
      '/story.json': answer('{"text":"The quay is open again."}', 'application/json'),
    };
    const result = await fetchPage('/a');
    expect(new TextDecoder().decode(result.body)).toContain('<p>The quay is open again.</p>');
    expect(result).toMatchObject({ status: 200, url: `${server.origin}/a` });
    expect(server.requests.map(({ url }) => url)).toEqual(['/a', '/app.js', '/story.json']);
    for (const { headers } of server.requests)
      expect(headers['user-agent']).toBe('Courant/0.1 (+https://example.org/bot)');
  });

  it('cannot lead the browser elsewhere, and what never comes to rest is taken as it is', async () => {
    pages = {
      '/b': answer(`<p>Here</p><script>
        setInterval(() => fetch('/tick?' + Math.random()).catch(() => {}), 100);
        setTimeout(() => { location = 'http://127.0.0.1:1/elsewhere'; }, 300);
      </script>`),
    };
    const hasty = openRenderer({ userAgent: 'Courant/0.1', executable: chromiumPath, restMs: 1500 });
    const result = await hasty.through(client).fetch(`${server.origin}/b`, { wants: mayBePage });
    await hasty.close();
    expect(new TextDecoder().decode(result.body)).toContain('<p>Here</p>');
  });

  it('need no browser when they are feeds, did not change, or are not there', async () => {
    pages = {
      '/feed': answer('<rss><script>1</script></rss>', 'application/rss+xml'),
      '/same': (_, response) => response.writeHead(304).end(),
    };
    expect(new TextDecoder().decode((await fetchPage('/feed')).body)).toBe('<rss><script>1</script></rss>');
    expect((await fetchPage('/same', { validators: { etag: '"1"' } })).notModified).toBe(true);
    expect((await fetchPage('/gone')).status).toBe(404);
  });
});
