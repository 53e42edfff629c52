import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dedupeAll, type StreamArticle } from '../../src/app/dedupe-stream.ts';
import { fingerprintOf } from '../../src/dedupe/fingerprint.ts';
import { hashWord } from '../../src/dedupe/hash.ts';
import { findStory } from '../../src/dedupe/stories.ts';
import type { KnownStory, StoryIndex } from '../../src/dedupe/story-index.ts';
import { openIngest } from '../../src/ingest/batch.ts';
import { ingestStore } from '../../src/store/ingest.ts';
import { closeStories } from '../../src/store/stories.ts';
import { canonicalUrl } from '../../src/text/canonical-url.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';
import { ingestInput } from './input.ts';
import { edited, writing } from './writing.ts';

const hour = (hours: number) => new Date(Date.UTC(2026, 10, 20, hours)).toISOString();
const at = hour(48);
const newcomer = (text: string, time: string) => ({ ...fingerprintOf('', text), at: time, source: 'post' });
const none: ReadonlySet<string> = new Set();

const indexOf = (stories: readonly KnownStory[]): StoryIndex => ({
  termCounts: async () => ({ articles: 0, holding: new Map() }),
  byTerms: async () => stories,
  members: async () => [],
});

/** A story of one article, as `findStory` makes it. */
async function story(id: string, time: string, text: string): Promise<KnownStory> {
  const { story: opened } = await findStory(newcomer(text, time), indexOf([]), none);
  return { ...opened, id };
}

/** A report of an event in words of its own: some that all reports of such events use, most that those of this event use. */
function report(event: string, outlet: string): string {
  const words = [
    ...writing('what all such reports say', 22).split(' '),
    ...writing(event, 48).split(' '),
    ...writing(`${event} ${outlet}`, 30).split(' '),
  ];
  return words
    .map((word) => word.replace('.', '').toLowerCase())
    .toSorted((a, b) => hashWord(a + outlet) - hashWord(b + outlet))
    .join(' ');
}

describe('findStory', () => {
  const flood = writing('flood', 120);
  /** A text with no word of any other. */
  const other = (seed: string) => writing(seed, 120).replaceAll(/\w+/g, `${seed}$&`);

  it('joins the most alike, and opens a story where none is alike', async () => {
    const stories = [await story('bank', hour(1), other('bank')), await story('flood', hour(2), edited(flood, 3))];
    const find = async (text: string, closed = none) =>
      (await findStory(newcomer(text, at), indexOf(stories), closed)).story;
    expect(await find(flood)).toMatchObject({ id: 'flood', absorbs: [], articles: 2, first: hour(2), latest: at });
    expect((await find(other('vote'))).id).toBeUndefined();
    expect((await find(flood, new Set(['flood']))).id).toBeUndefined();
  });

  it('asks for more likeness after a week', async () => {
    const text = (seed: string) => `${other(seed).split(' ').slice(0, 70).join(' ')} ${writing('flood', 30)}`;
    const told = await story('flood', hour(0), text('rain'));
    const again = text('mud');
    const days = async (count: number) =>
      (await findStory(newcomer(again, hour(24 * count)), indexOf([told]), none)).story.id;
    expect([await days(6), await days(9)]).toEqual(['flood', undefined]);
  });

  it('makes one of stories that an article shows to be one, under the oldest id', async () => {
    const stories = [
      await story('younger', hour(9), edited(flood, 9)),
      await story('older', hour(2), edited(flood, 8)),
    ];
    const { story: found } = await findStory(newcomer(flood, at), indexOf(stories), none);
    expect(found).toMatchObject({ id: 'older', absorbs: ['younger'], articles: 3 });
  });
});

const outlets = ['post', 'herald', 'globe', 'echo', 'star', 'tribune'];
/** Reports of two floods, by turns. */
const reports = outlets.flatMap((outlet, index) =>
  ['north', 'south'].map((event, side): StreamArticle & { readonly published: string } => ({
    ...{ id: `${event}-${outlet}`, url: `https://${outlet}.example/${event}`, source: outlet, lang: undefined },
    ...{ title: '', text: report(event, outlet), published: hour(index * 2 + side) },
  })),
);

describe('a story that turns out to be two', () => {
  it('is one at first and then taken apart; the article that opened it keeps its id', async () => {
    const stories = async (count: number) =>
      Object.fromEntries((await dedupeAll(reports.slice(0, count))).map((answer) => [answer.id, answer.story]));
    expect(Object.values(await stories(2))).toEqual(['north-post', 'north-post']);
    const all = await stories(reports.length);
    for (const { id } of reports) expect(all[id]).toBe(id.startsWith('north') ? 'north-post' : 'south-post');
  });
});

describe('stories in the store', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openTestStore();
  });
  afterAll(() => store[Symbol.asyncDispose]());
  beforeEach(async () => {
    await store.pool.query(
      'truncate articles, fingerprints, shingle_keys, stories, story_terms, term_counts, links cascade',
    );
  });

  const publish = async (articles: typeof reports, inParallel: number): Promise<void> => {
    const ingest = openIngest(ingestStore(store));
    const queue = articles.map(({ url, source, title, text, published }) =>
      ingestInput({ urlKey: canonicalUrl(url ?? ''), source, title, text, published, seenAt: published }),
    );
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await ingest.add(next);
    };
    await Promise.all(Array.from({ length: inParallel }, work));
    await ingest.close();
  };
  const storedStories = async (): Promise<string[][]> => {
    const { rows } = await store.pool.query<{ keys: string[] }>(
      'select array_agg(key order by key) as keys from articles group by story order by 1',
    );
    return rows.map((row) => row.keys);
  };
  /** What the tables say of each other that is not so. */
  const contradictions = async (): Promise<unknown[]> =>
    (
      await store.pool.query(`
        select id::text from stories where articles <> (select count(*) from articles where story = stories.id)
        union all select story::text from articles where story not in (select id from stories)
        union all select story::text from story_terms where story not in (select number from stories)
        union all select id::text from stories, unnest(found_by) as led
          where not exists (select from story_terms held where held.story = stories.number and held.term = led)`)
    ).rows;
  const events = ['north', 'south'].map((event) =>
    reports.filter((one) => one.id.startsWith(event)).map((one) => canonicalUrl(one.url ?? '')),
  );

  it('are taken apart as in memory, with the opener’s id', async () => {
    await publish(reports, 1);
    expect(await storedStories()).toEqual(events.map((keys) => keys.toSorted()).toSorted());
    const { rows } = await store.pool.query('select count(*)::int as n from articles where id = story');
    expect(rows).toEqual([{ n: 2 }]);
    expect(await contradictions()).toEqual([]);
  });

  it.each([4, reports.length])('are the same whoever comes first, with %i at once', async (atOnce) => {
    await publish(reports, atOnce);
    expect(await storedStories()).toEqual(events.map((keys) => keys.toSorted()).toSorted());
    expect(await contradictions()).toEqual([]);
  });

  it('hand their articles over when they become one', async () => {
    const flood = writing('flood', 120);
    const told = (id: string, text: string, time: number) => ({
      ...{
        id,
        url: `https://${id}.example/flood`,
        source: id,
        lang: undefined,
        title: '',
        text,
        published: hour(time),
      },
    });
    const halves = [0, 1].map((side) =>
      termsOrder(flood)
        .filter((_, index) => index % 2 === side)
        .join(' '),
    );
    await publish([told('post', halves[0] ?? '', 1), told('herald', halves[1] ?? '', 2)], 1);
    expect(await storedStories()).toHaveLength(2);
    await publish([told('globe', termsOrder(flood).toReversed().join(' '), 3)], 1);
    expect(await storedStories()).toHaveLength(1);
    expect(await contradictions()).toEqual([]);
  });

  it('do so within one batch too, before any of them is written', async () => {
    const flood = writing('flood', 120);
    const words = termsOrder(flood);
    const half = (side: number) => words.filter((_, index) => index % 2 === side).join(' ');
    const texts = [half(0), half(1), words.toReversed().join(' ')];
    const told = texts.map((text, index) => {
      const source = outlets[index] ?? '';
      const url = `https://${source}.example/flood`;
      return { id: source, url, source, lang: undefined, title: '', text, published: hour(index) };
    });
    await publish(told, told.length);
    expect(await storedStories()).toHaveLength(1);
    expect(await contradictions()).toEqual([]);
  });

  it('are forgotten when they are closed, and their articles keep them', async () => {
    const count = async (table: string) =>
      (await store.pool.query(`select count(*)::int as n from ${table}`)).rows[0].n;
    await publish(reports.slice(0, 2), 1);
    await closeStories(store.db, new Date('2026-11-01'));
    expect(await count('story_terms')).toBeGreaterThan(0);
    await closeStories(store.db, new Date('2026-12-01'));
    expect([await count('story_terms'), await count('stories'), await count('articles')]).toEqual([0, 1, 2]);
  });
});

const termsOrder = (text: string): string[] => text.toLowerCase().replaceAll('.', '').split(/\s+/);
