import { randomUUID } from 'node:crypto';
import Parser from 'rss-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestWire, type TestWire, writeArticle, writeCopy, writeSources } from './wire.ts';

let wire: TestWire;
let bare: string;
let summed: string;
const story = randomUUID();
beforeAll(async () => {
  wire = await openTestWire();
  const { db } = wire.store;
  const ticker = { id: 'ticker', name: 'The Ticker', take: 'headlines', content: 'full' } as const;
  await writeSources(db, [ticker, { id: 'post', name: 'The Post' }]);
  const headline = { source: 'ticker', text: '', html: '', story };
  bare = await writeArticle(db, { ...headline, url: 'https://ticker.example/1', title: 'River floods Oster' });
  summed = await writeArticle(db, { ...headline, title: 'Oster <dries>', summary: 'The river is back in its bed.' });
  await writeArticle(db, { source: 'post', title: 'How Oster was flooded', text: 'It rained.', story });
});
afterAll(() => wire[Symbol.asyncDispose]());

const page = async (path: string): Promise<string> => (await fetch(`${wire.url}${path}`)).text();
type Json = Record<string, unknown>;

describe('a headline alone', () => {
  it('has a page that says so, and leads to the outlet', async () => {
    const text = await page(`/article/${bare}`);
    expect(text).toContain('Only the headline is taken from The Ticker; the article stands there.');
    expect(text).toMatch(/href="https:\/\/ticker\.example\/1"[^>]*>Read at The Ticker/);
    expect(text).not.toMatch(/class="(?:body|lead)"/);
    expect(await page(`/article/${summed}`)).toMatch(/class="lead"[^>]*>The river is back in its bed\./);
  });

  it('stands among the articles of its story, marked', async () => {
    const text = await page(`/story/${story}`);
    expect(text.match(/>Headline</g)).toHaveLength(2);
    expect(text.match(/class="standfirst"/g)).toHaveLength(2);
    expect(text).toContain('How Oster was flooded');
    expect(await page('/source/ticker')).not.toMatch(/class="standfirst"[^>]*><\//);
  });

  it('is in the feeds with title and link, with the summary if there is one, and no text', async () => {
    const { items } = await new Parser().parseURL(`${wire.url}/source/ticker/feed.xml`);
    const item = items.find(({ title }) => title === 'River floods Oster');
    expect(item).toMatchObject({ link: 'https://ticker.example/1' });
    // Readers that show no title in the article's own view show something all the same.
    expect([item?.content, item?.['content:encoded']]).toEqual(['<p>River floods Oster</p>', undefined]);
    expect(items.find(({ title }) => title === 'Oster <dries>')?.content).toBe('<p>The river is back in its bed.</p>');
    const atom = await page('/source/ticker/feed.atom');
    expect(atom.match(/<entry\b/g)).toHaveLength(2);
    expect(atom).toContain('The river is back in its bed.');
    expect(atom).not.toContain('<content');
    const { items: json } = JSON.parse(await page('/source/ticker/feed.json')) as { items: Json[] };
    expect(json.find(({ url }) => url === 'https://ticker.example/1')).toMatchObject({
      title: 'River floods Oster',
      content_html: '<p>River floods Oster</p>',
    });
  });

  it('says in the API what it is', async () => {
    const { articles } = JSON.parse(await page('/api/articles')) as { articles: Json[] };
    expect(articles.map(({ title, headlineOnly, text }) => [title, headlineOnly, text]).toSorted()).toEqual([
      ['How Oster was flooded', false, 'It rained.'],
      ['Oster <dries>', true, undefined],
      ['River floods Oster', true, undefined],
    ]);
  });

  it('shows the wording at another outlet, of which no text is known either', async () => {
    await writeCopy(wire.store.db, bare, 'post', 'https://post.example/b', 0);
    expect(await page(`/article/${bare}`)).toMatch(/The Post<\/a>\s*<span[^>]*>.*<q dir="auto">The copy<\/q>/s);
  });

  it('is told apart by the operator: the source is marked', async () => {
    expect(await page('/status')).toMatch(/The Ticker<\/a> <span class="soft">headlines<\/span>/);
    expect(await page('/status')).not.toMatch(/The Post<\/a> <span class="soft">headlines/);
  });
});
