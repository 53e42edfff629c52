import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { CookieJar } from 'tough-cookie';
import { afterEach, describe, expect, it } from 'vitest';
import { type Client, type ClientOptions, createClient } from '../../../src/crawl/fetch/client.ts';
import { FetchError } from '../../../src/crawl/fetch/fetch-error.ts';
import { networkError } from '../../../src/crawl/fetch/network-error.ts';
import { BrokenAnswerError, readAnswer } from '../../../src/crawl/fetch/tolerant-request.ts';
import { type Handler, type LocalServer, startServer } from '../local-server.ts';

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each[Symbol.asyncDispose]();
});

async function given(
  handler: Handler,
  options: Partial<ClientOptions> = {},
): Promise<LocalServer & { client: Client }> {
  const server = await startServer(handler);
  const client = createClient({ userAgent: 'test/1 (+https://example.org/bot)', allowPrivate: true, ...options });
  open.push(server, { [Symbol.asyncDispose]: () => client.close() });
  return Object.assign(server, { client });
}

async function failure(promise: Promise<unknown>): Promise<FetchError> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FetchError)) throw new Error(`expected a FetchError, got ${String(error)}`);
  return error;
}

const text = (body: Uint8Array) => new TextDecoder().decode(body);

describe('an answer', () => {
  it('comes with address, status, headers and body, and the request says who asks', async () => {
    const { client, origin, requests } = await given((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html', etag: '"1"' }).end('<p>news</p>');
    });
    const result = await client.fetch(`${origin}/a#part`);
    expect(result).toMatchObject({ url: `${origin}/a`, status: 200, notModified: false, redirects: [] });
    expect(result.headers.etag).toBe('"1"');
    expect(text(result.body)).toBe('<p>news</p>');
    expect(requests[0]?.headers['user-agent']).toBe('test/1 (+https://example.org/bot)');
  });

  it('is an answer with any status', async () => {
    const { client, origin } = await given((_, response) => response.writeHead(503).end('later'));
    expect((await client.fetch(origin)).status).toBe(503);
  });

  it('can be that nothing changed', async () => {
    const { client, origin, requests } = await given((request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"1"' ? 304 : 200).end();
    });
    const validators = { etag: '"1"', lastModified: 'Sun, 22 Nov 2026 08:00:00 GMT' };
    const result = await client.fetch(origin, { validators });
    expect(result).toMatchObject({ status: 304, notModified: true });
    expect(result.body.length).toBe(0);
    expect(requests[0]?.headers['if-modified-since']).toBe('Sun, 22 Nov 2026 08:00:00 GMT');
  });
});

describe('compression', () => {
  const page = 'The council met. '.repeat(500);
  it.each([
    ['gzip', gzipSync(page)],
    ['x-gzip', gzipSync(page)],
    ['deflate', deflateSync(page)],
    ['deflate', deflateRawSync(page)],
    ['br', brotliCompressSync(page)],
    ['zstd', zstdCompressSync(page)],
    ['deflate, gzip', gzipSync(deflateSync(page))],
    ['gzip', Buffer.from(page)],
    ['gzip', Buffer.concat([gzipSync(page), Buffer.from('<!-- cached -->')])],
    ['gzip', Buffer.concat([gzipSync(page), Buffer.from([0x1f, 0x8b, 8, 0, 1, 2])])],
    ['gzip', deflateSync(page)],
    ['', gzipSync(page)],
    ['deflate', gzipSync(page)],
    ['br', gzipSync(page)],
    ['br', Buffer.from(page)],
    ['deflate', Buffer.from(page)],
    ['utf-8', Buffer.from(page)],
    ['none', Buffer.from(page)],
    ['identity', Buffer.from(page)],
  ])('%s is undone', async (coding, body) => {
    const { client, origin } = await given((_, response) => {
      response.writeHead(200, { 'content-encoding': coding }).end(body);
    });
    expect(text((await client.fetch(origin)).body)).toBe(page);
  });

  it('that inflates beyond the limit is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 'a'));
    const { client, origin } = await given((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    expect(await failure(client.fetch(origin))).toMatchObject({ reason: 'too-large', retry: false });
  });

  it('that is corrupt or unknown is no usable answer', async () => {
    const corrupt = gzipSync(page).fill(0xff, 24);
    const { client, origin } = await given((request, response) => {
      response.writeHead(200, { 'content-encoding': request.url === '/odd' ? 'rot13' : 'gzip' }).end(corrupt);
    });
    expect(await failure(client.fetch(origin))).toMatchObject({ reason: 'unreachable', retry: true });
    expect(await failure(client.fetch(`${origin}/odd`))).toMatchObject({ reason: 'unreachable' });
  });
});

describe('limits', () => {
  const mb = Buffer.alloc(1024 * 1024, 'lorem ipsum ');

  it('a page of 100 MB is refused, announced or not', async () => {
    let sent = 0;
    const { client, origin } = await given(async (request, response) => {
      response.setMaxListeners(300);
      response.writeHead(200, request.url === '/cl' ? { 'content-length': String(100 * mb.length) } : {});
      for (let i = 0; i < 100 && !response.destroyed; i++) {
        sent++;
        if (!response.write(mb)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
      }
      response.end();
    });
    expect(await failure(client.fetch(`${origin}/cl`))).toMatchObject({ reason: 'too-large' });
    expect(await failure(client.fetch(`${origin}/chunked`))).toMatchObject({ reason: 'too-large' });
    expect(sent).toBeLessThan(100);
  });

  it('a page that announces too much is not waited for', async () => {
    const { client, origin } = await given((_, response) =>
      response.writeHead(200, { 'content-length': '100000000' }).write('<p>'),
    );
    expect(await failure(client.fetch(`${origin}/`))).toMatchObject({ reason: 'too-large' });
  });

  it('an answer that may be cut is read as far as the limit goes, compressed or not', async () => {
    const { client, origin } = await given((request, response) => {
      const body = Buffer.alloc(3 * mb.length, 'lorem ipsum ');
      if (request.url === '/gz') response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body));
      else response.writeHead(200, { 'content-length': body.length }).end(body);
    });
    for (const path of ['/', '/gz'])
      expect((await client.fetch(`${origin}${path}`, { maxBytes: 5000, cut: true })).body.length).toBe(5000);
  });

  it('an address of 8,000 characters and more is refused', async () => {
    const { client, origin, requests } = await given((_, response) => response.end());
    expect(await failure(client.fetch(`${origin}/${'a.'.repeat(5000)}`))).toMatchObject({ reason: 'bad-address' });
    expect(requests).toEqual([]);
  });

  it('maxBytes of one request wins', async () => {
    const { client, origin } = await given((_, response) => response.end('a'.repeat(1000)));
    expect(await failure(client.fetch(origin, { maxBytes: 999 }))).toMatchObject({ reason: 'too-large' });
    expect((await client.fetch(origin, { maxBytes: 1000 })).body.length).toBe(1000);
  });

  it('response headers of 20 KiB are read, of 100 KiB refused', async () => {
    const { client, origin } = await given((request, response) => {
      response.writeHead(200, { 'x-filler': 'a'.repeat(Number(request.url?.slice(1)) * 1024) }).end('x');
    });
    expect((await client.fetch(`${origin}/20`)).status).toBe(200);
    expect(await failure(client.fetch(`${origin}/100`))).toMatchObject({ reason: 'too-large' });
  });

  it('silence, a stalled body and a body that drips end in time', async () => {
    const { client, origin } = await given(
      async (request, response) => {
        if (request.url === '/silent') return;
        response.writeHead(200).write('<p>');
        if (request.url === '/stall') return;
        while (!response.destroyed) {
          response.write('x');
          await new Promise((resolve) => setTimeout(resolve, 30));
        }
      },
      { limits: { silenceMs: 300, totalMs: 1500 } },
    );
    for (const path of ['silent', 'stall', 'drip'])
      expect(await failure(client.fetch(`${origin}/${path}`)), path).toMatchObject({
        reason: 'unreachable',
        retry: true,
      });
  });

  it('unwanted content is not read', async () => {
    const { client, origin } = await given((_, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' }).write(mb);
    });
    const error = await failure(client.fetch(origin, { wants: (type) => type?.startsWith('text/') ?? true }));
    expect(error).toMatchObject({ reason: 'not-html', message: 'the answer is video/mp4' });
  });
});

describe('broken connections', () => {
  it('are no usable answer and worth another try', async () => {
    const { client, origin, port } = await given((request, response) => {
      if (request.url === '/short') {
        response.writeHead(200, { 'content-length': '100' }).write('half');
        setTimeout(() => request.socket.end(), 20);
      } else if (request.url === '/mid') {
        response.writeHead(200, { 'content-length': '100' }).write('half');
        setTimeout(() => request.socket.resetAndDestroy(), 20);
      } else request.socket.resetAndDestroy();
    });
    for (const path of ['short', 'mid', 'before'])
      expect(await failure(client.fetch(`${origin}/${path}`)), path).toMatchObject({
        reason: 'unreachable',
        retry: true,
      });
    expect(await failure(client.fetch(`http://127.0.0.1:${port === 1 ? 2 : 1}/`))).toMatchObject({ retry: true });
  });

  it('an aborted fetch throws the reason of the signal', async () => {
    const { client, origin } = await given(() => {});
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('stopping')), 30);
    await expect(client.fetch(origin, { signal: stop.signal })).rejects.toThrow('stopping');
  });
});

describe('an answer that breaks HTTP', () => {
  const broken = async (raw: string, proxied = false) => {
    const site = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(raw, 'latin1'));
    });
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    const options = { userAgent: 'test/1', allowPrivate: true, ...(proxied ? { proxy: origin } : {}) };
    const client = createClient(options);
    open.push({
      async [Symbol.asyncDispose]() {
        await client.close();
        site.close();
      },
    });
    return client.fetch(proxied ? 'http://paper.example/' : origin);
  };
  const ok = 'HTTP/1.1 200 OK\r\n';

  it.each([
    ['a length given twice', `${ok}Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello`],
    ['a length given as a list', `${ok}Content-Length: 5, 5\r\n\r\nhello`],
    ['a length beside chunks', `${ok}Content-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`],
    ['a size of a chunk with blanks', `${ok}Transfer-Encoding: chunked\r\n\r\n5 \r\nhello\r\n0\r\n\r\n`],
    ['a line without a colon', `${ok}Fatal error in line 3\r\nContent-Length: 5\r\n\r\nhello`],
    ['HTML among the headers', `${ok}<b>Notice</b>: undefined index\r\nContent-Length: 5\r\n\r\nhello`],
    ['a blank before the colon', `${ok}Content-Length : 5\r\n\r\nhello`],
    ['a control character', `${ok}X-A: a\x01b\r\nContent-Length: 5\r\n\r\nhello`],
    ['a folded line', `${ok}X-A: a\r\n  b\r\nContent-Length: 5\r\n\r\nhello`],
    ['LF alone', `HTTP/1.1 200 OK\nContent-Length: 5\n\nhello`],
    ['an empty length', `${ok}Content-Length:\r\n\r\nhello`],
    ['a wrong protocol', `ICY 200 OK\r\nContent-Length: 5\r\n\r\nhello`],
    ['bytes behind its end', `${ok}Content-Length: 5, 5\r\n\r\nhello and more`],
  ])('by %s is read all the same', async (_, raw) => {
    expect(text((await broken(raw)).body)).toBe('hello');
    expect(text((await broken(raw, true)).body)).toBe('hello');
  });

  it.each([
    ['two lengths', `${ok}Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello`],
    ['less than announced', `${ok}Content-Length: 9, 9\r\n\r\nhello`],
    ['half a chunk', `${ok}Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel`],
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
  ])('by %s is no usable answer', async (_, raw) => {
    expect(await failure(broken(raw))).toMatchObject({ reason: 'unreachable', retry: true });
  });

  it('keeps the limits', () => {
    const limits = { maxHeaderBytes: 100, maxBodyBytes: 3 };
    for (const odd of ['HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'])
      expect(
        Buffer.from(readAnswer(Buffer.from(`${odd}${ok}Content-Length: -1\r\n\r\nhello`), limits).body).toString(),
      ).toBe('hell');
    const answer = readAnswer(Buffer.from(`${ok}bad line\r\nContent-Length: 5\r\n\r\nhello`), limits);
    // One more than the limit, so that the client sees that it is exceeded.
    expect(answer.body.toString()).toBe('hell');
    expect(() => readAnswer(Buffer.from(`${ok}${'x: y\r\n'.repeat(99)}\r\n`), limits)).toThrow('no end of its headers');
  });

  it('any bytes are an answer or an error', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            ok,
            '\r\n',
            '\n',
            ':',
            'Content-Length: 3',
            'Transfer-Encoding: chunked',
            '5',
            'x',
            ' ',
            '\0',
          ),
        ),
        (parts) => {
          try {
            expect(readAnswer(Buffer.from(parts.join('')), { maxHeaderBytes: 1000, maxBodyBytes: 10 }).status).toBe(
              200,
            );
          } catch (error) {
            expect(error).toBeInstanceOf(BrokenAnswerError);
          }
        },
      ),
    );
  });
});

describe('redirects', () => {
  it('are followed and told', async () => {
    const { client, origin } = await given((request, response) => {
      const hop = Number(request.url?.slice(1));
      if (hop < 4) response.writeHead(hop === 0 ? 301 : 302, { location: `/${hop + 1}` }).end();
      else response.end('end');
    });
    const result = await client.fetch(`${origin}/0`);
    expect(result.url).toBe(`${origin}/4`);
    expect(result.redirects[0]).toEqual({ from: `${origin}/0`, to: `${origin}/1`, status: 301 });
    expect(result.redirects.length).toBe(4);
  });

  it('with an address in raw UTF-8 are understood', async () => {
    const { client, origin } = await given((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: Buffer.from('/вест').toString('latin1') }).end();
      else response.end(decodeURIComponent(request.url ?? ''));
    });
    expect(text((await client.fetch(origin)).body)).toBe('/вест');
  });

  it('in a loop end at once, endless ones at the limit', async () => {
    const { client, origin, requests } = await given((request, response) => {
      const url = new URL(request.url ?? '', 'http://x');
      const hop = Number(url.searchParams.get('hop'));
      const next = url.pathname === '/loop' ? (hop + 1) % 2 : hop + 1;
      response.writeHead(302, { location: `${url.pathname}?hop=${next}` }).end();
    });
    expect(await failure(client.fetch(`${origin}/loop?hop=0`))).toMatchObject({ reason: 'too-many-redirects' });
    expect(requests.length).toBe(2);
    expect(await failure(client.fetch(`${origin}/endless?hop=0`))).toMatchObject({ reason: 'too-many-redirects' });
    expect(requests.length).toBe(2 + 11);
  });

  it('through a cookie gate need a jar', async () => {
    const gate: Handler = (request, response) => {
      if (request.headers.cookie === 'gate=ok') response.end('inside');
      else response.writeHead(302, { location: request.url, 'set-cookie': 'gate=ok; Path=/' }).end();
    };
    const { client, origin } = await given(gate);
    expect(text((await client.fetch(origin, { cookies: new CookieJar() })).body)).toBe('inside');
    expect(await failure(client.fetch(origin))).toMatchObject({ reason: 'too-many-redirects' });
  });

  it('to addresses that are not http are refused', async () => {
    const { client, origin } = await given((_, response) => {
      response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    });
    expect(await failure(client.fetch(origin))).toMatchObject({ reason: 'bad-address', retry: false });
  });

  it('pass the gate one by one, and the gate hears how each ended', async () => {
    const { client, origin } = await given((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
      else if (request.url === '/b') response.writeHead(429, { 'retry-after': '7' }).end();
      else request.socket.destroy();
    });
    const log: string[] = [];
    const enter = async (url: URL) => {
      log.push(`enter ${url.pathname}`);
      return async (end: object) => {
        log.push(`leave ${url.pathname} ${JSON.stringify(end)}`);
      };
    };
    await client.fetch(`${origin}/a`, { enter });
    await failure(client.fetch(`${origin}/c`, { enter }));
    expect(log).toEqual([
      'enter /a',
      'leave /a {"failed":false,"status":302}',
      'enter /b',
      'leave /b {"failed":true,"retryAfterMs":7000,"status":429}',
      'enter /c',
      'leave /c {"failed":true}',
    ]);
  });
});

describe('the address guard', () => {
  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[64:ff9b::a00:1]/',
    'http://10.0.0.1/admin',
    'http://192.168.1.1/',
    'http://172.16.0.1/',
    'http://100.100.100.200/',
    'http://169.254.169.254/latest/meta-data/',
    'http://168.63.129.16/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://0.0.0.0/',
    'http://localhost:6379/',
    'http://printer.local/',
    'http://metadata.google.internal/',
    'http://intranet/',
  ])('refuses %s', async (url) => {
    const { client } = await given(() => {}, { allowPrivate: false });
    expect(await failure(client.fetch(url))).toMatchObject({ reason: 'private-address', retry: false });
  });

  it.each([
    'http://169.254.169.254/latest/',
    // The proxy may know the name; this machine does not.
    'http://metadata.google.internal/',
  ])('checks each redirect, also through a proxy: %s', async (location) => {
    const { client, requests } = await given(() => {}, { allowPrivate: false });
    const proxy = await given((request, response) => {
      response.writeHead(302, { location }).end(request.url);
    });
    const throughProxy = createClient({ userAgent: 'test/1', proxy: proxy.origin });
    open.push({ [Symbol.asyncDispose]: () => throughProxy.close() });
    expect(await failure(throughProxy.fetch('http://news.example/'))).toMatchObject({ reason: 'private-address' });
    expect(proxy.requests.map((request) => request.url)).toEqual(['http://news.example/']);
    expect(await failure(client.fetch('ftp://news.example/'))).toMatchObject({ reason: 'bad-address' });
    expect(requests.length).toBe(0);
  });
});

describe('a fault of this machine', () => {
  it.each(['EMFILE', 'ENFILE', 'EAI_AGAIN', 'ENETUNREACH', 'EADDRNOTAVAIL'])('is not the site’s: %s', (code) => {
    const cause = Object.assign(new Error(`connect ${code}`), { code });
    const error = networkError('https://paper.example/', new TypeError('fetch failed', { cause }));
    expect(error).toMatchObject({ reason: 'unreachable', retry: true, ours: true });
    expect(networkError('https://paper.example/', Object.assign(new Error(), { code: 'ECONNRESET' })).ours).toBe(false);
  });
});

describe('what went wrong on the way', () => {
  it('is told in words where OpenSSL speaks of its source', async () => {
    const { origin, client } = await given((_request, response) => void response.end());
    const error = await failure(client.fetch(origin.replace('http:', 'https:')));
    expect(error.message).toBe('no TLS handshake comes about (ERR_SSL_WRONG_VERSION_NUMBER)');
  });

  it.each([
    ['CERT_HAS_EXPIRED', 'its certificate has expired'],
    ['CERT_SIGNATURE_FAILURE', 'its certificate cannot be trusted (CERT_SIGNATURE_FAILURE)'],
    ['HPE_INVALID_CONSTANT', 'its answer is no HTTP (HPE_INVALID_CONSTANT)'],
    ['ESTRANGE', 'ESTRANGE'],
  ])('is told where the addresses of a name fail together, without a message: %s', (code, what) => {
    const each = Object.assign(new Error(''), { code });
    expect(networkError('https://paper.example/', new AggregateError([each, each])).message).toBe(what);
  });
});
