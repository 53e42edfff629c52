import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalUrl } from '../../src/dedupe/canonical-url.ts';
import type { DedupeIndex, KnownStory } from '../../src/dedupe/dedupe-index.ts';
import { fingerprint } from '../../src/dedupe/fingerprint.ts';
import { MemoryIndex } from '../../src/dedupe/memory-index.ts';
import { findStory } from '../../src/dedupe/stories.ts';
import { ingestArticle } from '../../src/store/ingest.ts';
import { closeStories, writeStory } from '../../src/store/stories.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';
import { ingestInput } from './input.ts';
import { edited, writing } from './writing.ts';

const at = '2026-11-22T08:00:00.000Z';
const termsOf = (text: string) => fingerprint('', text).terms;
const none: ReadonlySet<string> = new Set();

function indexOf(stories: readonly KnownStory[]): DedupeIndex {
  return {
    find: async () => ({ atAddress: [], sameText: undefined, near: [] }),
    termCounts: async () => ({ articles: 0, holding: new Map() }),
    byTerms: async () => stories,
  };
}
const story = (id: string, hour: number, text: string): KnownStory => {
  const time = new Date(Date.UTC(2026, 10, 20, hour)).toISOString();
  return { id, first: time, latest: time, terms: termsOf(text) };
};

describe('findStory', () => {
  const flood = writing('flood', 120);

  it('joins the most alike, and opens a story where none is alike', async () => {
    const stories = [story('bank', 1, writing('bank', 120)), story('flood', 2, edited(flood, 3))];
    expect(await findStory(termsOf(flood), at, indexOf(stories), none)).toMatchObject({ id: 'flood', absorbs: [] });
    expect((await findStory(termsOf(writing('vote', 120)), at, indexOf(stories), none)).id).toBeUndefined();
    expect((await findStory(termsOf(flood), at, indexOf(stories), new Set(['flood']))).id).toBeUndefined();
  });

  it('makes one of stories that an article shows to be one, under the oldest id', async () => {
    const stories = [story('younger', 9, edited(flood, 9)), story('older', 2, edited(flood, 8))];
    const found = await findStory(termsOf(flood), at, indexOf(stories), none);
    expect(found).toMatchObject({ id: 'older', absorbs: ['younger'] });
  });
});

describe('absorbed stories', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openTestStore();
  });
  afterAll(() => store[Symbol.asyncDispose]());

  it('hand their articles over in the store', async () => {
    const ids: string[] = [];
    for (const slug of ['flood', 'bank']) {
      const urlKey = canonicalUrl(`https://post.example/${slug}`);
      const outcome = await ingestArticle(
        store,
        ingestInput({ urlKey, source: 'post', title: slug, text: writing(slug, 120), seenAt: at }),
      );
      if (outcome.kind === 'published') ids.push(outcome.article);
    }
    const [into = '', gone = ''] = ids;
    const terms = termsOf(writing('flood', 120));
    const leading = new Map([...terms].slice(0, 5));
    await writeStory(store.db, into, { id: into, absorbs: [gone], terms, leading }, at);
    const articles = await store.db.selectFrom('articles').select('story').execute();
    expect(articles).toEqual([{ story: into }, { story: into }]);
    const stories = await store.db.selectFrom('stories').select(['id', 'articles']).execute();
    expect(stories).toEqual([{ id: into, articles: 3 }]);
    const led = await store.db.selectFrom('story_terms').selectAll().execute();
    expect(led).toHaveLength(5);
  });

  it('are forgotten when they are closed, and their articles keep them', async () => {
    const count = async (table: string) =>
      (await store.pool.query(`select count(*)::int as n from ${table}`)).rows[0].n;
    await closeStories(store.db, new Date('2026-11-01'));
    expect(await count('story_terms')).toBeGreaterThan(0);
    await closeStories(store.db, new Date('2026-12-01'));
    expect([await count('story_terms'), await count('stories'), await count('articles')]).toEqual([0, 1, 2]);
  });

  it('hand their articles over in memory', async () => {
    const index = new MemoryIndex();
    const add = (id: string, into: string, absorbs: readonly string[]) => {
      const print = fingerprint(id, writing(id, 60));
      const terms = { terms: print.terms, leading: print.terms };
      index.add(
        { id, urlKey: undefined, source: 'post', at, title: id, print, story: into },
        { id: into, absorbs, ...terms },
      );
    };
    add('a', 'a', []);
    add('b', 'b', []);
    add('c', 'a', ['b']);
    expect(['a', 'b', 'c'].map((id) => index.storyOf(id))).toEqual(['a', 'a', 'a']);
    expect((await index.byTerms(fingerprint('b', writing('b', 60)).terms, at)).map((one) => one.id)).toEqual(['a']);
  });
});
