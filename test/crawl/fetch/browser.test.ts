import { createSocket } from 'node:dgram';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRenderer, type Renderer } from '../../../src/crawl/fetch/browser.ts';
import { type Client, createClient, type FetchOptions } from '../../../src/crawl/fetch/client.ts';
import { FetchError } from '../../../src/crawl/fetch/fetch-error.ts';
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
      withoutSandbox: true,
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
    const hasty = openRenderer({
      userAgent: 'Courant/0.1',
      executable: chromiumPath,
      withoutSandbox: true,
      restMs: 5000,
    });
    const result = await hasty.through(client).fetch(`${server.origin}/b`, { wants: mayBePage });
    await hasty.close();
    expect(new TextDecoder().decode(result.body)).toContain('<p>Here</p>');
  });

  // A canary that may be asked for nothing: another server of this machine, which a page must not reach.
  it.each([
    [
      'a popup',
      `window.open('CANARY/popup'); const a = document.body.appendChild(document.createElement('a')); a.href = 'CANARY/blank'; a.target = '_blank'; a.click();`,
    ],
    [
      'a form',
      `const f = document.body.appendChild(document.createElement('form')); f.method = 'post'; f.action = 'CANARY/form'; f.submit();`,
    ],
    [
      'a form into a popup',
      `const f = document.body.appendChild(document.createElement('form')); f.method = 'post'; f.target = '_blank'; f.action = 'CANARY/form'; f.submit();`,
    ],
    [
      'a click',
      `const a = document.body.appendChild(document.createElement('a')); a.href = 'CANARY/click'; a.click();`,
    ],
    [
      'a download',
      `const a = document.body.appendChild(document.createElement('a')); a.href = 'CANARY/file'; a.download = 'x'; a.click();`,
    ],
    [
      'a beacon, a post and a picture',
      `navigator.sendBeacon('CANARY/beacon'); fetch('CANARY/post', { method: 'POST', mode: 'no-cors' }).catch(() => {}); new Image().src = 'CANARY/picture';`,
    ],
    ['a WebSocket', `new WebSocket('CANARY/socket'.replace('http', 'ws'));`],
    ['an event stream', `new EventSource('CANARY/stream');`],
    ['a frame', `const i = document.body.appendChild(document.createElement('iframe')); i.src = 'CANARY/frame';`],
    [
      'connections made ahead',
      `for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'preload', 'modulepreload', 'prerender']) { const l = document.head.appendChild(document.createElement('link')); l.rel = rel; l.as = 'image'; l.href = 'CANARY/' + rel; }`,
    ],
    [
      'a worker',
      `new Worker(URL.createObjectURL(new Blob(["new WebSocket('CANARY/worker-socket'.replace('http', 'ws')); fetch('CANARY/worker', { method: 'POST', mode: 'no-cors' }).catch(() => {});"])));`,
    ],
    [
      'a shared worker',
      `new SharedWorker(URL.createObjectURL(new Blob(["fetch('CANARY/shared', { mode: 'no-cors' }).catch(() => {});"])));`,
    ],
    [
      'a peer',
      `try { const p = new RTCPeerConnection({ iceServers: [{ urls: 'stun:' + 'CANARY'.slice(7) }] }); p.createDataChannel('x'); p.createOffer().then((o) => p.setLocalDescription(o)); } catch {}`,
    ],
  ])('cannot get past us by %s', async (_, script) => {
    const asked: string[] = [];
    const canary = createServer((socket) => {
      asked.push('connection');
      socket.destroy();
    });
    await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
    const { port } = canary.address() as AddressInfo;
    const origin = `http://127.0.0.1:${port}`;
    const datagrams = createSocket('udp4').on('message', () => asked.push('datagram'));
    await new Promise<void>((resolve) => datagrams.bind(port, '127.0.0.1', resolve));
    pages = {
      '/c': answer(`<p>Here</p><script>${script.replaceAll('CANARY', origin)}
        setTimeout(() => { document.body.append('waited'); }, 400); fetch('/wait');</script>`),
      '/wait': (__, response) => void setTimeout(() => response.end(), 700),
    };
    // The guard lets no request to the canary through, as it lets none to a private address.
    const guarded = {
      fetch: (url: string, options?: FetchOptions) =>
        new URL(url).origin === origin
          ? Promise.reject(new FetchError(url, 'private-address', 'the canary'))
          : client.fetch(url, options),
    };
    const result = await renderer.through(guarded).fetch(`${server.origin}/c`, { wants: mayBePage });
    expect(new TextDecoder().decode(result.body)).toContain('waited');
    expect(asked).toEqual([]);
    datagrams.close();
    canary.close();
  });

  it('start no Chromium without its sandbox unless the operator says so', async () => {
    if (process.getuid?.() !== 0) return;
    const careful = openRenderer({ userAgent: 'Courant/0.1', executable: chromiumPath });
    await expect(careful.through(client).fetch(`${server.origin}/a`)).rejects.toThrow(
      /no sandbox as root.*CHROMIUM_WITHOUT_SANDBOX=1/,
    );
    await careful.close();
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
