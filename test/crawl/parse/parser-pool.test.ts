import { afterAll, describe, expect, it } from 'vitest';
import { createParserPool } from '../../../src/crawl/parse/parser-pool.ts';

const url = 'https://news.example/a';
const bytes = (text: string) => new TextEncoder().encode(text);
const feed = (items: number) =>
  bytes(
    `<rss version="2.0"><channel>${'<item><title>Quay</title><link>https://news.example/q</link></item>'.repeat(items)}</channel></rss>`,
  );
const listing = { url, shapes: {}, now: new Date(), contentType: undefined };
const pool = createParserPool({ threads: 1 });
afterAll(() => pool.close());

describe('the parser pool', () => {
  it('answers each task', async () => {
    const page = '<h1>Quay</h1><h2><a href="/the-quay-is-open-again-2">The quay is open again</a></h2>';
    const [fromFeed, fromSection, fromSitemap, article] = await Promise.all([
      pool.run('listing', { ...listing, kind: 'feed', body: feed(3) }),
      pool.run('listing', { ...listing, kind: 'section', body: bytes(page), contentType: 'text/html' }),
      pool.run('listing', {
        ...listing,
        kind: 'sitemap',
        body: bytes('https://news.example/the-quay-is-open-again-2'),
      }),
      pool.run('article', {
        url,
        body: bytes(page),
        contentType: 'text/html',
        link: { url, authors: [], categories: [] },
      }),
    ]);
    expect(fromFeed.links.length).toBe(3);
    expect(fromSection.links[0]?.title).toBe('The quay is open again');
    expect(fromSitemap.links[0]?.url).toBe('https://news.example/the-quay-is-open-again-2');
    expect(article.verdict.kind).toBe('rejected');
  });

  it('says what was wrong', async () => {
    await expect(
      pool.run('listing', { ...listing, kind: 'feed', body: bytes('<html><p>moved</p></html>') }),
    ).rejects.toMatchObject({
      reason: 'unparseable',
      retry: false,
      busy: false,
    });
    await expect(pool.run('listing', { ...listing, kind: 'section', body: bytes('%PDF-1.7') })).rejects.toMatchObject({
      reason: 'not-html',
    });
  });

  it('ends a thread that takes too long, or too much memory, and goes on with another', async () => {
    const hasty = createParserPool({ threads: 1, timeoutMs: 1 });
    await expect(hasty.run('listing', { ...listing, kind: 'feed', body: feed(200_000) })).rejects.toMatchObject({
      reason: 'unparseable',
      message: 'it could not be read within 1 ms',
    });
    await hasty.close();
    const small = createParserPool({ threads: 1, heapMb: 56 });
    const huge = bytes(`<rss><channel>${'<item><title>x</title><link>https://news.example/'.repeat(600_000)}`);
    await expect(small.run('listing', { ...listing, kind: 'feed', body: huge })).rejects.toMatchObject({
      reason: 'unparseable',
    });
    expect((await small.run('listing', { ...listing, kind: 'feed', body: feed(1) })).links.length).toBe(1);
    await small.close();
  });

  it('starts another thread for a page that has waited long, and none before', async () => {
    let started = 0;
    const count = () => started++;
    process.on('worker', count);
    for (const [patienceMs, threads] of [
      [3_600_000, 1],
      [1, 2],
    ]) {
      started = 0;
      const patient = createParserPool({ threads: 2, patienceMs });
      await Promise.all([1, 2, 3].map(() => patient.run('listing', { ...listing, kind: 'feed', body: feed(1) })));
      await patient.close();
      expect([patienceMs, started]).toEqual([patienceMs, threads]);
    }
    process.off('worker', count);
  });

  it('leaves nobody waiting when it closes', async () => {
    const closing = createParserPool({ threads: 1 });
    const waiting = [1, 2].map(() => closing.run('listing', { ...listing, kind: 'feed', body: feed(1) }));
    const settled = Promise.allSettled(waiting);
    await closing.close();
    for (const { status } of await settled) expect(status).toBe('rejected');
    await expect(closing.run('listing', { ...listing, kind: 'feed', body: feed(1) })).rejects.toThrow('closed');
  });
});
