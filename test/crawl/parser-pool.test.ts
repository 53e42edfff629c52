import { afterAll, describe, expect, it } from 'vitest';
import { createParserPool } from '../../src/crawl/parser-pool.ts';

const url = 'https://news.example/a';
const bytes = (text: string) => new TextEncoder().encode(text);
const feed = (items: number) =>
  bytes(
    `<rss version="2.0"><channel>${'<item><title>Quay</title><link>https://news.example/q</link></item>'.repeat(items)}</channel></rss>`,
  );
const pool = createParserPool({ threads: 1 });
afterAll(() => pool.close());

describe('the parser pool', () => {
  it('answers each task', async () => {
    const answers = await Promise.all([
      pool.run('feed', { url, body: feed(3), contentType: 'application/rss+xml' }),
      pool.run('headlines', {
        url,
        body: bytes('<h2><a href="/the-quay-is-open-again-2">The quay is open again</a></h2>'),
        contentType: 'text/html',
        limit: 9,
      }),
      pool.run('sitemap', {
        url,
        body: bytes('https://news.example/one\nhttps://news.example/two'),
        contentType: 'text/plain',
      }),
    ]);
    expect(answers[0].items.length).toBe(3);
    expect(answers[1][0]?.title).toBe('The quay is open again');
    expect(answers[2]).toMatchObject({ kind: 'pages' });
  });

  it('says what was wrong', async () => {
    await expect(
      pool.run('feed', { url, body: bytes('<html><p>moved</p></html>'), contentType: 'text/html' }),
    ).rejects.toMatchObject({
      reason: 'unparseable',
      retry: false,
    });
    await expect(
      pool.run('headlines', { url, body: bytes('%PDF-1.7'), contentType: 'text/html', limit: 9 }),
    ).rejects.toMatchObject({
      reason: 'not-html',
    });
  });

  it('ends a thread that takes too long, or too much memory, and goes on with another', async () => {
    const hasty = createParserPool({ threads: 1, timeoutMs: 1 });
    await expect(hasty.run('feed', { url, body: feed(50_000), contentType: undefined })).rejects.toMatchObject({
      reason: 'unparseable',
      message: 'it could not be read within 1 ms',
    });
    await hasty.close();
    const small = createParserPool({ threads: 1, heapMb: 24 });
    const huge = bytes(`<rss><channel>${'<item><title>x</title><link>https://news.example/'.repeat(600_000)}`);
    await expect(small.run('feed', { url, body: huge, contentType: undefined })).rejects.toMatchObject({
      reason: 'unparseable',
    });
    expect((await small.run('feed', { url, body: feed(1), contentType: undefined })).items.length).toBe(1);
    await small.close();
  });

  it('leaves nobody waiting when it closes', async () => {
    const closing = createParserPool({ threads: 1 });
    const waiting = [1, 2].map(() => closing.run('feed', { url, body: feed(1), contentType: undefined }));
    const settled = Promise.allSettled(waiting);
    await closing.close();
    for (const { status } of await settled) expect(status).toBe('rejected');
    await expect(closing.run('feed', { url, body: feed(1), contentType: undefined })).rejects.toThrow('closed');
  });
});
