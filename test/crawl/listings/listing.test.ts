import { describe, expect, it } from 'vitest';
import { type ListingInput, readListing } from '../../../src/crawl/listings/listing.ts';

const now = new Date('2026-11-22T10:00:00Z');
const read = (kind: ListingInput['kind'], text: string) =>
  readListing({
    kind,
    url: 'https://paper.example/list',
    body: Buffer.from(text),
    contentType: undefined,
    shapes: {},
    now,
  });
const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const rss = (items: readonly string[]) =>
  `<rss version="2.0"><channel><title>P</title>${items.join('')}</channel></rss>`;
const item = (path: string, minutes?: number) => {
  const date =
    minutes === undefined ? '' : `<pubDate>${new Date(now.getTime() - minutes * 60_000).toUTCString()}</pubDate>`;
  return `<item><title>Story at ${path}</title><link>https://paper.example${path}</link>${date}</item>`;
};
const paths = async (kind: ListingInput['kind'], text: string) =>
  (await read(kind, text)).links.map(({ url }) => new URL(url).pathname);

describe('of a long list the newest are taken', () => {
  it.each([
    ['dated, the oldest first', range(400).map((index) => item(`/n/${index}`, 400 - index))],
    ['dated, in no order', range(400).map((index) => item(`/n/${(index * 7) % 400}`, 400 - ((index * 7) % 400)))],
    ['undated, by the number in the address', range(400).map((index) => item(`/n/${index}`))],
    ['all with the date of the build', range(400).map((index) => item(`/n/${index}`, 5))],
    ['3,000 items, the oldest first', range(3000).map((index) => item(`/n/${index - 2600}`, 3000 - index))],
  ])('%s', async (_, items) => {
    const taken = await paths('feed', rss(items));
    expect(taken.length).toBe(300);
    expect(taken).toContain('/n/399');
    expect(taken).toContain('/n/150');
    expect(taken).not.toContain('/n/0');
  });

  it('by the day in the address', async () => {
    const day = (index: number) => new Date(now.getTime() - index * 86_400_000).toISOString().slice(0, 10);
    const items = range(400).map((index) => item(`/${day(400 - index).replaceAll('-', '/')}/story`));
    const taken = await paths('feed', rss(items));
    expect(taken[0]).toBe(`/${day(1).replaceAll('-', '/')}/story`);
  });

  it('a list that tells nothing keeps its order, and so does a short one', async () => {
    expect((await paths('feed', rss(range(400).map((index) => item(`/story-${'abcdefghij'[index % 10]}`)))))[0]).toBe(
      '/story-a',
    );
    expect(await paths('feed', rss([item('/old', 900), item('/new', 1)]))).toEqual(['/old', '/new']);
  });

  it('of news sitemaps too', async () => {
    const urls = range(400).map((index) => {
      const at = new Date(now.getTime() - (400 - index) * 60_000).toISOString();
      return `<url><loc>https://paper.example/n/${index}</loc><news:news><news:publication_date>${at}</news:publication_date><news:title>Story ${index}</news:title></news:news></url>`;
    });
    expect((await paths('sitemap', `<urlset>${urls.join('')}</urlset>`))[0]).toBe('/n/399');
  });
});

describe('of a sitemap index', () => {
  const parts = async (names: readonly string[], lastmod: (index: number) => string | undefined = () => undefined) => {
    const entries = names.map((name, index) => {
      const at = lastmod(index);
      return `<sitemap><loc>https://paper.example/${name}</loc>${at ? `<lastmod>${at}</lastmod>` : ''}</sitemap>`;
    });
    const { listings } = await read('sitemap', `<sitemapindex>${entries.join('')}</sitemapindex>`);
    return listings.map(({ url }) => url.slice('https://paper.example/'.length));
  };
  const months = ['2024-01', '2024-02', '2025-12', '2026-01', '2026-09', '2026-10', '2026-11'];

  it.each([
    [
      'the month',
      months.map((month) => `sitemap-${month}.xml`),
      ['sitemap-2026-11.xml', 'sitemap-2026-10.xml', 'sitemap-2026-09.xml'],
    ],
    [
      'the month in parameters',
      months.map((month) => `s.php?yyyy=${month.slice(0, 4)}&amp;mm=${month.slice(5)}`),
      ['s.php?yyyy=2026&mm=11', 's.php?yyyy=2026&mm=10', 's.php?yyyy=2026&mm=09'],
    ],
    [
      'the month by name',
      ['may-2026.xml', 'october-2026.xml', 'november-2025.xml', 'january-2026.xml'],
      ['october-2026.xml', 'may-2026.xml', 'january-2026.xml'],
    ],
    [
      'the number',
      range(12).map((index) => `post-sitemap${index + 1}.xml`),
      ['post-sitemap12.xml', 'post-sitemap11.xml', 'post-sitemap10.xml'],
    ],
    [
      'posts before tags, authors and pages',
      [
        'author-sitemap9.xml',
        'post_tag-sitemap8.xml',
        'page-sitemap.xml',
        'category-sitemap7.xml',
        'post-sitemap.xml',
        'post-sitemap2.xml',
        'a.xml',
      ],
      ['post-sitemap2.xml', 'post-sitemap.xml', 'a.xml'],
    ],
    [
      'news before all',
      ['2026-11.xml', '2026-10.xml', '2026-09.xml', 'news.xml'],
      ['news.xml', '2026-11.xml', '2026-10.xml'],
    ],
  ])('%s tells which parts are read', async (_, names, expected) => {
    expect(await parts(names)).toEqual(expected);
    // The same time for all of them is that of the file.
    expect(await parts(names, () => '2026-11-22')).toEqual(expected);
  });

  it('the times of change come first where they differ', async () => {
    expect(await parts(['a-1.xml', 'a-2.xml', 'a-3.xml', 'a-4.xml'], (index) => `2026-11-${20 - index}`)).toEqual([
      'a-1.xml',
      'a-2.xml',
      'a-3.xml',
    ]);
  });
});

it('a feed that is named as a sitemap is read as a feed', async () => {
  expect(await paths('sitemap', rss([item('/n/1', 5)]))).toEqual(['/n/1']);
  const atom =
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>x</title><link href="https://paper.example/n/2"/></entry></feed>';
  expect(await paths('sitemap', atom)).toEqual(['/n/2']);
  await expect(read('sitemap', '<html><p>moved</p></html>')).rejects.toThrow();
});

describe('a time of update', () => {
  const atom = (...updates: readonly string[]) =>
    `<feed xmlns="http://www.w3.org/2005/Atom">${updates
      .map(
        (at, index) =>
          `<entry><title>Story ${index}</title><link href="https://paper.example/${index}"/><published>2026-11-20T10:00:00Z</published><updated>${at}</updated></entry>`,
      )
      .join('')}</feed>`;
  const updates = async (...given: readonly string[]) =>
    (await read('feed', atom(...given))).links.map(({ updated }) => updated);

  it('that is the time of the request, or of the build, tells nothing', async () => {
    expect(await updates('2026-11-22T09:59:58Z')).toEqual([undefined]);
    expect(await updates('2026-11-22T09:00:00Z', '2026-11-22T09:00:01Z')).toEqual([undefined, undefined]);
    expect(await updates('2027-11-22T09:00:00Z')).toEqual([undefined]);
  });

  it('of one entry counts', async () => {
    const own = '2026-11-22T09:30:00.000Z';
    expect(await updates(own, '2026-11-21T09:30:00Z', '2026-11-20T12:00:00Z')).toContain(own);
    expect(await updates(own)).toEqual([own]);
  });
});
