import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FastAnswers, type KeptAnswer } from '../../src/web/fast-answers.ts';
import { openTestWire, type TestWire, writeArticle, writeSources } from './wire.ts';

interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

const ask = (url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = get(url, { headers, method }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const { date: _date, ...rest } = answer.headers;
        resolve({ status: answer.statusCode ?? 0, headers: rest, body: Buffer.concat(parts).toString('latin1') });
      });
    });
    request.on('error', reject);
  });

describe('what was answered before', () => {
  let wire: TestWire;
  beforeAll(async () => {
    wire = await openTestWire();
    await writeSources(wire.store.db, [{ id: 'paper', name: 'Paper' }]);
    await writeArticle(wire.store.db, { title: 'First', seenAt: new Date(Date.now() - 60_000) });
  });
  afterAll(() => wire[Symbol.asyncDispose]());

  it('is answered again as the framework did, header by header', async () => {
    for (const encoding of ['identity', 'gzip', 'br, gzip']) {
      const headers = { 'accept-encoding': encoding };
      const [slow, fast] = [await ask(`${wire.url}/feed.xml`, headers), await ask(`${wire.url}/feed.xml`, headers)];
      expect(slow.status).toBe(200);
      expect(fast).toEqual(slow);
      expect(fast.headers['content-security-policy']).toContain("default-src 'none'");
      const conditional = { ...headers, 'if-none-match': String(slow.headers.etag) };
      const unchanged = await ask(`${wire.url}/feed.xml`, conditional);
      expect([unchanged.status, unchanged.body, unchanged.headers.etag]).toEqual([304, '', slow.headers.etag]);
      expect(unchanged.headers).not.toHaveProperty('content-type');
      const head = await ask(`${wire.url}/feed.xml`, headers, 'HEAD');
      expect(head).toEqual({ ...slow, body: '' });
    }
  });

  it('is not answered to a request that differs in what decides', async () => {
    const self = async (headers: Record<string, string>) =>
      (JSON.parse((await ask(`${wire.url}/feed.json`, headers)).body) as { feed_url: string }).feed_url;
    for (let round = 0; round < 2; round++) {
      expect(await self({ host: 'one.example' })).toBe('http://one.example/feed.json');
      expect(await self({ host: 'two.example' })).toBe('http://two.example/feed.json');
      expect(await self({ host: 'one.example', 'x-forwarded-proto': 'https' })).toBe('https://one.example/feed.json');
    }
  });

  it('is another as soon as there is something new', async () => {
    const before = await ask(`${wire.url}/feed.json`);
    await writeArticle(wire.store.db, { title: 'Second' });
    await vi.waitFor(async () => expect((await ask(`${wire.url}/feed.json`)).body).toContain('Second'), {
      interval: 10,
    });
    expect((await ask(`${wire.url}/feed.json`)).headers.etag).not.toBe(before.headers.etag);
  });

  it('counts for limits and figures', async () => {
    const from = { 'x-forwarded-for': '203.0.113.50' };
    const statuses: number[] = [];
    for (let round = 0; round < 31; round++)
      statuses.push(
        ...(await Promise.all(Array.from({ length: 20 }, () => ask(`${wire.url}/feed.atom`, from)))).map(
          ({ status }) => status,
        ),
      );
    expect(statuses.filter((status) => status === 200)).toHaveLength(600);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
    const figures = (await ask(`${wire.url}/metrics`)).body;
    const [, count = '0'] =
      /^courant_http_request_duration_seconds_count\{method="GET",route="\/\*",status="200"\} (\d+)$/m.exec(figures) ??
      [];
    expect(Number(count)).toBeGreaterThanOrEqual(600);
  });
});

describe('the layer itself', () => {
  const kept: KeptAnswer = {
    validators: { etag: '"a"', lastModified: undefined },
    headers: { etag: '"a"', 'content-type': 'text/plain', 'content-length': 4 },
    body: Buffer.from('kept'),
    version: 'v1',
    expiresAt: Number.POSITIVE_INFINITY,
  };

  /** A server whose answers are kept, unless the layer already answers. */
  async function served(
    use: (url: string, set: (version: string | undefined, expiresAt?: number) => void) => Promise<void>,
  ) {
    let version: string | undefined = 'v1';
    let expiresAt = Number.POSITIVE_INFINITY;
    const layer = new FastAnswers(
      () => version,
      () => true,
      () => undefined,
    );
    const server = createServer((request, response) => {
      if (layer.answer(request, response)) return;
      layer.keep(request, request.url ?? '', { ...kept, expiresAt });
      response.end('made');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    try {
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, (next, until = expiresAt) => {
        version = next;
        expiresAt = until;
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  it('answers only for the version that it keeps, while one is known, and for a time', () =>
    served(async (url, set) => {
      const body = async () => (await ask(url)).body;
      expect([await body(), await body()]).toEqual(['made', 'kept']);
      set(undefined);
      expect(await body()).toBe('made');
      set('v2');
      expect(await body()).toBe('made');
      set('v1', 0);
      expect(await ask(url, {}, 'POST')).toMatchObject({ body: 'made' });
      expect([await body(), await body()]).toEqual(['made', 'made']);
    }));
});
