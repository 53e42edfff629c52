import { randomUUID } from 'node:crypto';
import Parser from 'rss-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestWire, type TestWire, writeArticle, writeCopy, writeSources } from './wire.ts';

const base = 'https://news.example';
const story = '0b0e0000-0000-4000-8000-0000000000aa';
const flood = 'The river rose by two metres. The road to the mill is closed. Nobody was hurt.';
const day = (name: string, hour = 8): Date => new Date(`2026-11-${name}T${String(hour).padStart(2, '0')}:00:00Z`);

let wire: TestWire;
let first: string;
beforeAll(async () => {
  wire = await openTestWire({ HUB_URL: 'https://hub.example/', PUBLIC_URL: base });
  const { db } = wire.store;
  await writeSources(db, [
    { id: 'mill', name: 'The Mill', content: 'full' },
    { id: 'weir', name: 'The Weir', content: 'full' },
    { id: 'closed', name: 'The Closed Book' },
  ]);
  first = await writeArticle(db, { source: 'mill', title: 'River rises', text: flood, story, seenAt: day('20') });
  await writeArticle(db, { source: 'closed', title: 'Bakery opens', seenAt: day('20', 9) });
  await writeArticle(db, { source: 'closed', title: 'Bakery closes', seenAt: day('18') });
});
afterAll(() => wire[Symbol.asyncDispose]());

const get = (path: string): Promise<Response> => fetch(`${wire.url}${path}`);
interface Item {
  id: string;
  url: string;
  title: string;
  content_html: string;
  date_modified: string;
}
const items = async (path: string): Promise<Item[]> => ((await (await get(path)).json()) as { items: Item[] }).items;

describe('one item a story', () => {
  it('keeps its id, and is updated only when an outlet adds something substantial', async () => {
    const before = (await items('/feed.json?items=story')).find(({ title }) => title === 'River rises');
    expect(before?.url).toBe(`https://paper.example/${first}`);
    // The same words again move nothing, nor does a copy.
    const { db } = wire.store;
    await writeArticle(db, { source: 'weir', title: 'River up', text: `${flood} `, story, seenAt: day('20', 10) });
    await writeCopy(db, first, 'closed', 'https://closed.example/river');
    await expect.poll(async () => (await items('/feed.json?items=story')).length).toBe(3);
    const repeated = (await items('/feed.json?items=story')).find(({ id }) => id === before?.id);
    expect(repeated?.date_modified).toBe(before?.date_modified);

    const news = 'The mayor asked the army for boats. Forty families left their houses in the night.';
    await writeArticle(db, {
      source: 'weir',
      title: 'Army sends boats',
      text: `${flood} ${news}`,
      story,
      seenAt: day('20', 12),
    });
    await expect
      .poll(async () => (await items('/feed.json?items=story')).find(({ id }) => id === before?.id)?.date_modified)
      .toBe(day('20', 12).toISOString());
    const after = (await items('/feed.json?items=story')).find(({ id }) => id === before?.id);
    expect(after?.url).toBe(`${base}/story/${story}`);
    for (const words of [
      'River rises',
      'Army sends boats',
      'adds 2 sentences',
      'https://closed.example/river',
      'a copy of The Mill',
    ])
      expect(after?.content_html, words).toContain(words);
  });

  it('in all three formats, each story once', async () => {
    const wanted = await items('/feed.json?items=story');
    expect(wanted.map(({ id }) => id)).toEqual([...new Set(wanted.map(({ id }) => id))]);
    for (const file of ['feed.xml', 'feed.atom']) {
      const feed = await new Parser().parseString(await (await get(`/${file}?items=story`)).text());
      expect(feed.items.map((item) => item.guid ?? item.id)).toEqual(wanted.map(({ id }) => id));
    }
  });

  it('an article has another id than the story it opened', async () => {
    const articles = (await items('/feed.json?items=article')).map(({ id }) => id);
    for (const { id } of await items('/feed.json?items=story')) expect(articles).not.toContain(id);
  });

  it('is what FEED_ITEMS says where the address says nothing', async () => {
    await using other = await openTestWire({ FEED_ITEMS: 'story' });
    const both = randomUUID();
    for (const title of ['One', 'Two']) await writeArticle(other.store.db, { title, story: both });
    const read = async (path: string) => ((await (await fetch(other.url + path)).json()) as { items: Item[] }).items;
    expect(await read('/feed.json')).toHaveLength(1);
    expect(await read('/feed.json?items=article')).toHaveLength(2);
  });

  it('summaries only, where they are asked for', async () => {
    expect(
      (await items('/feed.json?items=article')).some((item) => item.content_html.includes('Nobody was hurt')),
    ).toBe(true);
    const brief = (await (await get('/feed.atom?text=summary')).text()).match(/<content /g);
    expect(brief).toBeNull();
  });
});

describe('archives by day', () => {
  const links = async (path: string): Promise<Record<string, string>> => {
    const text = await (await get(path)).text();
    const found = text.matchAll(/<link rel="(current|prev-archive|next-archive)" href="([^"]+)"/g);
    return Object.fromEntries(
      [...found].map(([, rel, href]) => [rel, href?.replace(/&#x26;/g, '&').replace(base, '')]),
    );
  };

  it('lead from the feed back to the first day and forth again, over all that arrived', async () => {
    const { 'prev-archive': start } = await links('/feed.atom');
    expect(start).toBe('/feed.atom?day=2026-11-18');
    const last = await links('/feed.atom?day=2026-11-20');
    expect(last).toEqual({ current: '/feed.atom', 'prev-archive': '/feed.atom?day=2026-11-18' });
    expect(await links('/feed.atom?day=2026-11-18')).toEqual({
      current: '/feed.atom',
      'next-archive': '/feed.atom?day=2026-11-20',
    });
    expect((await items('/feed.json?day=2026-11-18')).map(({ title }) => title)).toEqual(['Bakery closes']);
    expect(await (await get('/feed.xml?day=2026-11-18')).text()).toContain('<fh:archive/>');
    expect(await (await get('/feed.xml')).text()).not.toContain('fh:archive');
  });

  it('have parts of 500, in the order of arrival', async () => {
    await using long = await openTestWire();
    for (let index = 0; index < 3; index++)
      await writeArticle(long.store.db, { title: `A${index}`, seenAt: day('20', index) });
    await long.store.pool.query(
      `insert into articles (id, key, text_hash, url, source, story, title, text, html, first_seen_at, updated_at, labels)
       select gen_random_uuid(), 'k' || n, sha256(n::text::bytea), 'https://paper.example/' || n, 'paper', gen_random_uuid(), 'B' || n, 'x', 'x',
         '2026-11-20T12:00:00Z', '2026-11-20T12:00:00Z', '{"countries":[],"regions":[],"topics":[],"mentioned":[],"lang":"en"}'
       from generate_series(1, 500) n`,
    );
    const answer = async (path: string) =>
      (await (await fetch(long.url + path)).json()) as { items: Item[]; next_url?: string };
    const second = await answer('/feed.json?day=2026-11-20&part=2');
    expect(second.items.map(({ title }) => title)).toEqual(['B500', 'B499', 'B498']);
    expect(second.next_url).toMatch(/\/feed\.json\?day=2026-11-20$/);
    expect((await answer('/feed.json?day=2026-11-20')).items).toHaveLength(500);
    expect((await answer('/feed.json')).next_url).toMatch(/day=2026-11-20&part=2$/);
  });

  it.each([
    ['/feed.xml?day=2026-02-31', 'is a day such as'],
    ['/feed.xml?day=2026-11-20&limit=5', 'do not go together'],
    ['/feed.xml?part=2', "name the 'day' too"],
    ['/feed.xml?items=stories', 'is one of article, story, change, correction'],
    ['/feed.xml?items=change&day=2026-11-20', 'no archive of changes'],
  ])('%s is refused with what helps', async (path, words) => {
    const answer = await get(path);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(words.replace(/'/g, '&#39;').replace(/"/g, '&quot;'));
  });
});

describe('changes and corrections', () => {
  it('are feeds of their own, quoted where the text may be given', async () => {
    const { db } = wire.store;
    const open = await writeArticle(db, {
      source: 'mill',
      title: 'Bridge, 90 m',
      text: 'It is 90 m long.\nCorrection: not 19.',
      seenAt: day('19'),
    });
    const closed = await writeArticle(db, {
      source: 'closed',
      title: 'Tram',
      text: 'It comes in 2030.',
      seenAt: day('19', 9),
    });
    await db
      .insertInto('revisions')
      .values([
        { article: open, replaced_at: day('19', 12), title: 'Bridge, 19 m', text: 'It is 19 m long.' },
        { article: closed, replaced_at: day('19', 13), title: 'Tram', text: 'It comes in 2029.' },
      ])
      .execute();
    const changes = await items('/feed.json?items=change');
    expect(changes.map(({ title }) => title)).toEqual(['Tram', 'Bridge, 90 m']);
    expect(changes[0]?.content_html).not.toContain('2030');
    expect(changes[1]?.content_html).toMatch(/<del>19<\/del>.*<ins>90<\/ins>/s);
    expect((await items('/feed.json?items=correction')).map(({ title }) => title)).toEqual(['Bridge, 90 m']);
    expect((await items('/source/closed/feed.json?items=correction')).length).toBe(0);
  });
});
