import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reclassification } from '../../src/app/over-store/reclassify.ts';
import { rededuplication } from '../../src/app/over-store/rededupe.ts';
import { reextraction } from '../../src/app/over-store/reextract.ts';
import { runTask, type StoreTask } from '../../src/app/over-store/run-task.ts';
import { type Classifier, loadClassifier } from '../../src/classify/classify.ts';
import { storedHttpCache } from '../../src/store/http-cache.ts';
import { openLinks } from '../../src/store/links.ts';
import { syncSources } from '../../src/store/sources.ts';
import { openTask } from '../../src/store/store-tasks.ts';
import { edited, writing } from '../dedupe/writing.ts';
import { ingestTestArticle } from '../support/articles.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';
import { sourceWith } from '../support/source.ts';

let store: TestStore;
let classifier: Classifier;
beforeAll(async () => {
  store = await openTestStore();
  classifier = await loadClassifier();
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(async () => {
  await sql`truncate articles, links, stories, store_tasks, sources, http_cache, events, term_counts cascade`.execute(
    store.db,
  );
});

const never = new AbortController().signal;
const run = (task: StoreTask, options: { signal?: AbortSignal; restart?: boolean } = {}) =>
  runTask(store.db, task, { signal: never, ...options });
const articles = () =>
  store.db.selectFrom('articles').select(['id', 'title', 'countries', 'lang']).orderBy('seq').execute();

const belgrade =
  'The government of Serbia met in Belgrade on Monday. The mayor of Belgrade and the minister spoke of the new bridge.';

describe('work over the whole store', () => {
  it('classifies anew, goes on where it was stopped, and changes nothing the second time', async () => {
    for (let index = 0; index < 60; index++)
      await ingestTestArticle(store, {
        url: `https://post.example/${index}`,
        title: `Number ${index}: ${writing(`t${index}`, 6)}`,
        text: index === 59 ? belgrade : writing(`text ${index}`, 60),
        countries: ['PE'],
      });
    const before = await articles();
    const stop = new AbortController();
    const task = reclassification(store, classifier);
    const first = await runTask(store.db, task, { signal: stop.signal, onProgress: () => stop.abort() });
    expect([first.ended, first.seen, first.total]).toEqual([false, 25, 60]);
    expect(await openTask(store.db, 'reclassify')).toMatchObject({ seen: 25 });
    const second = await run(task);
    expect([second.ended, second.seen, second.resumedAt, second.changed]).toEqual([true, 60, 25, 60]);
    expect(await openTask(store.db, 'reclassify')).toBeUndefined();
    const after = await articles();
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.at(-1)?.countries).toEqual(['RS']);
    expect(after[0]?.countries).toEqual([]);
    expect((await run(task)).changed).toBe(0);
  });

  it('merges what the present rules take for one, tells readers, and leaves the rest', async () => {
    const text = writing('flood', 200);
    const [first, second, third, other] = ['a', 'b', 'c', 'd'].map((name) => `https://${name}.example/flood`);
    for (const [index, url] of [first, second, third, other].entries())
      await ingestTestArticle(store, {
        url: url ?? '',
        source: `s${index}`,
        title: `T${index}`,
        text: writing(`own ${index}`, 200),
      });
    // As they would stand there when the rules of their day had seen no likeness.
    for (const [url, every] of [
      [first, 9999],
      [second, 60],
      [third, 45],
    ] as const)
      await sql`update articles set title = 'The flood', text = ${edited(text, every)} where key like ${`%${new URL(url ?? '').host}%`}`.execute(
        store.db,
      );
    const task = rededuplication(store);
    const { changed, ended } = await run(task);
    expect([changed, ended]).toEqual([2, true]);
    expect((await articles()).map(({ title }) => title)).toEqual(['The flood', 'T3']);
    const copies = await store.db.selectFrom('copies').select(['source', 'match']).orderBy('source').execute();
    expect(copies).toEqual([
      { source: 's1', match: 'near' },
      { source: 's2', match: 'near' },
    ]);
    const told = await store.db.selectFrom('events').select('kind').where('kind', '=', 'withdrawn').execute();
    expect(told).toHaveLength(2);
    expect((await run(task)).changed).toBe(0);
  });

  it('has pages fetched again, whole, of one source or of all, and rejected ones where it is asked for', async () => {
    const sources = ['one', 'two'].map((id) => sourceWith({ id }));
    await syncSources(store.db, sources);
    for (const source of ['one', 'two'])
      await ingestTestArticle(store, {
        url: `https://${source}.example/a`,
        source,
        title: source,
        text: writing(source, 80),
      });
    await sql`
      insert into links (key, url, source, listed, state, outcome, stage, reason)
      values ('https://one.example/no', 'https://one.example/no', 'one', '{}', 'done', 'rejected', 'extract', 'too-short')`.execute(
      store.db,
    );
    await storedHttpCache(store.db).save('https://one.example/a', { etag: '"1"' });
    const due = async (source: string) =>
      (await openLinks(store.db, source, { now: new Date(), limit: 10 })).map(({ key, revisit }) => [key, revisit]);

    expect((await run(reextraction(store.db, { source: 'one', rejected: false }))).changed).toBe(1);
    expect([await due('one'), await due('two')]).toEqual([[['https://one.example/a', true]], []]);
    expect(await storedHttpCache(store.db).load('https://one.example/a')).toBeUndefined();
    expect((await run(reextraction(store.db, { rejected: true }))).changed).toBe(3);
    expect(await due('one')).toEqual([
      ['https://one.example/no', false],
      ['https://one.example/a', true],
    ]);
    expect((await articles()).map(({ title }) => title)).toEqual(['one', 'two']);
  });
});
