import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/domain/article.ts';
import { markQueued, openLinks, registerLinks } from '../../src/store/links.ts';
import { oneArticle, revisionsOf } from '../../src/store/read/articles.ts';
import { syncSources } from '../../src/store/sources.ts';
import { canonicalUrl } from '../../src/text/canonical-url.ts';
import { ingestInput } from '../dedupe/input.ts';
import { writing } from '../dedupe/writing.ts';
import { ingestArticle } from '../support/ingest.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';
import { sourceWith } from '../support/source.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(async () => {
  await store.pool.query(
    'truncate articles, copies, revisions, fingerprints, shingle_keys, stories, story_terms, term_counts, links, events, sources restart identity cascade',
  );
});

const at = (hours: number): string => new Date(Date.UTC(2026, 10, 20) + hours * 3_600_000).toISOString();
const flood = 'River Talbe floods market town of Oster, two shopkeepers missing';
const reworded = 'River Talbe floods market town of Oster, two shopkeepers still missing';
const report = [
  'The river Talbe has flooded the market town of Oster, and two shopkeepers are missing.',
  writing('flood', 160),
].join('\n');

interface Told {
  readonly title?: string;
  readonly hours?: number;
  readonly text?: string;
  readonly canonicalUrl?: string;
}
/** What a source sends: a headline alone unless it is given a text. */
async function send(
  address: string,
  { title = flood, hours = 0, text = '', canonicalUrl: named }: Told = {},
): Promise<Outcome> {
  const urlKey = canonicalUrl(address);
  const source = new URL(address).hostname;
  const article = { urlKey, source, title, text, seenAt: at(hours), published: at(hours), lang: 'en' };
  const input = ingestInput(article, { pageUrl: address, canonicalUrl: named, ...(text === '' ? { html: '' } : {}) });
  await registerLinks(store.db, source, [{ key: input.urlKey, link: input.link }], new Date(input.now));
  return ingestArticle(store, input);
}
async function published(address: string, told: Told = {}): Promise<string> {
  const outcome = await send(address, told);
  if (outcome.kind !== 'published') throw new Error(`expected published, not ${JSON.stringify(outcome)}`);
  return outcome.article;
}
const item = async (id: string) => {
  const found = await oneArticle(store.db, id);
  if (!found) throw new Error('the item is gone');
  return found;
};
const items = async (): Promise<number> =>
  Number((await store.pool.query('select count(*) from articles')).rows[0].count);

describe('a headline alone', () => {
  it('is an item without a text, and the same job again changes nothing', async () => {
    const first = await send('https://ticker.example/1');
    expect(await send('https://ticker.example/1')).toEqual(first);
    expect(first.kind).toBe('published');
    expect(await items()).toBe(1);
  });

  it('sent again by another outlet is one item, which stands at both', async () => {
    const id = await published('https://ticker.example/1');
    expect(await send('https://herald.example/a', { hours: 3 })).toEqual({ kind: 'duplicate', of: id, match: 'near' });
    expect(await send('https://herald.example/a', { hours: 3 })).toEqual({ kind: 'duplicate', of: id, match: 'near' });
    const { title, url, alsoAt } = await item(id);
    expect([title, url]).toEqual([flood, 'https://ticker.example/1']);
    expect(alsoAt).toMatchObject([{ source: 'herald.example', url: 'https://herald.example/a', share: 0 }]);
  });

  it('reworded by its own outlet takes the new wording, at the same address and at another', async () => {
    const id = await published('https://ticker.example/1');
    expect(await send('https://ticker.example/1', { title: reworded, hours: 1 })).toEqual({
      kind: 'updated',
      article: id,
    });
    expect((await item(id)).title).toBe(reworded);
    const again = reworded.replace('still', 'feared');
    expect(await send('https://ticker.example/2', { title: again, hours: 2 })).toMatchObject({
      kind: 'duplicate',
      of: id,
    });
    expect(await item(id)).toMatchObject({ title: again, url: 'https://ticker.example/2' });
    expect((await revisionsOf(store.db, id)).map(({ title }) => title)).toEqual([reworded, flood]);
    expect(await items()).toBe(1);
  });

  it('of another day, of a few words, or of another matter is an item of its own', async () => {
    await published('https://ticker.example/1');
    await published('https://ticker.example/2', { hours: 30 });
    await published('https://ticker.example/3', { title: 'In pictures' });
    await published('https://ticker.example/4', { title: 'In pictures' });
    await published('https://ticker.example/5', {
      title: 'River Velm floods market town of Mirsk, four anglers missing',
    });
    expect(await items()).toBe(5);
  });

  it('is never merged with an article that is told under the same headline, but joins its story', async () => {
    const article = await published('https://herald.example/a', { text: report });
    const id = await published('https://ticker.example/1', { hours: 1 });
    expect(id).not.toBe(article);
    expect((await item(id)).story).toBe(article);
    const late = await published('https://post.example/b', { text: writing('own words', 200), hours: 2 });
    expect(new Set([article, id, late]).size).toBe(3);
  });

  it('at the address of an article changes nothing of it', async () => {
    const id = await published('https://herald.example/a', { text: report });
    const again = await send('https://herald.example/a', { title: 'Oster: news in brief', hours: 1 });
    expect(again).toEqual({ kind: 'published', article: id, story: id });
    expect(await item(id)).toMatchObject({ title: flood, text: report, alsoAt: [] });
  });
});

describe('an article that comes where its headline alone was known', () => {
  it('takes the place of the headline, which keeps its id', async () => {
    const id = await published('https://ticker.example/1');
    expect(await send('https://ticker.example/1', { text: report, hours: 1 })).toEqual({
      kind: 'updated',
      article: id,
    });
    expect(await item(id)).toMatchObject({ text: report, url: 'https://ticker.example/1' });
    expect(await revisionsOf(store.db, id)).toMatchObject([{ title: flood, text: '' }]);
    expect(await items()).toBe(1);
  });

  it('does so behind an address of which only a copy of the headline was seen, and behind one that names it', async () => {
    const id = await published('https://ticker.example/1');
    await send('https://herald.example/a', { hours: 1 });
    expect(await send('https://herald.example/a', { text: report, hours: 2 })).toEqual({
      kind: 'duplicate',
      of: id,
      match: 'url',
    });
    expect(await item(id)).toMatchObject({ url: 'https://herald.example/a', text: report });
    expect((await item(id)).alsoAt).toMatchObject([{ url: 'https://ticker.example/1', share: 0 }]);

    const other = await published('https://ticker.example/7', {
      title: 'Stadium of Brodno opens with a concert of nine choirs',
    });
    const told = {
      title: 'Stadium of Brodno opens with a concert of nine choirs',
      text: writing('brodno', 150),
      hours: 1,
    };
    const named = { ...told, canonicalUrl: 'https://ticker.example/7' };
    expect(await send('https://ticker.example/story?id=7', named)).toEqual({ kind: 'updated', article: other });
    expect((await item(other)).text).toBe(told.text);
    expect(await items()).toBe(2);
  });

  it('is fetched by a source that takes articles when it lists the link as well', async () => {
    const sources = [
      { id: 'ticker.example', take: 'headlines' },
      { id: 'herald.example', take: 'articles' },
    ];
    await syncSources(store.db, sources.map(sourceWith));
    const url = 'https://herald.example/a';
    const key = canonicalUrl(url) ?? '';
    const found = [{ key, link: { url, title: flood, authors: [], categories: [] } }];
    const now = new Date(at(0));
    const linkOf = () => store.db.selectFrom('links').selectAll().where('key', '=', key).executeTakeFirstOrThrow();
    expect(await registerLinks(store.db, 'ticker.example', found, now)).toBe(1);
    // The headline comes first, whoever lists the link meanwhile.
    expect(await registerLinks(store.db, 'herald.example', found, now)).toBe(0);
    const input = ingestInput({
      urlKey: canonicalUrl(url),
      source: 'ticker.example',
      title: flood,
      text: '',
      seenAt: at(0),
    });
    const outcome = await ingestArticle(store, input);
    await markQueued(store.db, [{ key, at: now, revisitAt: null }]);

    expect(await registerLinks(store.db, 'ticker.example', found, now)).toBe(0);
    expect(await registerLinks(store.db, 'herald.example', found, now)).toBe(1);
    expect(await registerLinks(store.db, 'herald.example', found, now)).toBe(0);
    expect(await registerLinks(store.db, 'ticker.example', found, now)).toBe(0);
    expect(await linkOf()).toMatchObject({ source: 'herald.example', state: 'done', outcome: outcome.kind });
    expect(await openLinks(store.db, 'herald.example', { now, limit: 10 })).toMatchObject([{ key, revisit: true }]);
  });

  it('is fetched there too where the headline was a copy or was refused', async () => {
    await syncSources(store.db, [
      sourceWith({ id: 'ticker.example', take: 'headlines' }),
      sourceWith({ id: 'post.example' }),
    ]);
    await send('https://herald.example/a');
    const outcome = await send('https://ticker.example/1', { hours: 1 });
    expect(outcome.kind).toBe('duplicate');
    const url = 'https://ticker.example/1';
    const key = canonicalUrl(url) ?? '';
    const now = new Date(at(2));
    const found = [{ key, link: { url, authors: [], categories: [] } }];
    expect(await registerLinks(store.db, 'post.example', found, now)).toBe(1);
    expect(await openLinks(store.db, 'post.example', { now, limit: 10 })).toMatchObject([{ key, revisit: false }]);
  });
});
