import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MemoryIndex } from '../../src/dedupe/memory-index.ts';
import type { Outcome } from '../../src/domain/article.ts';
import { decideBatch } from '../../src/ingest/decide-batch.ts';
import { ingestStore } from '../../src/store/ingest.ts';
import { articleOf, claimOf, describeIndex } from '../dedupe/index-contract.ts';
import { edited, writing } from '../dedupe/writing.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());
const empty = () =>
  store.pool.query(
    'truncate articles, copies, revisions, fingerprints, shingle_keys, stories, story_terms, term_counts, links restart identity cascade',
  );

describe('the index in PostgreSQL', () => {
  describeIndex(async () => {
    await empty();
    return ingestStore(store).batch;
  });

  it('decides as the index in memory does', async () => {
    await empty();
    const events = ['flood', 'bank', 'vote', 'storm', 'quake', 'match'];
    const articles = events.flatMap((event, number) => {
      const text = writing(event, 150 + number * 20);
      const names = `${writing(`${event} names`, 25)} ${writing('what all reports say', 20)}`;
      const own = (outlet: string) => `${names} ${writing(`${event} of ${outlet}`, 40)} ${names}`;
      return [
        articleOf(event, 'post', number, event, text),
        articleOf(event, 'herald', number + 1, event, edited(text, 25)),
        articleOf(event, 'globe', number + 2, `Again ${event}`, own('globe')),
        articleOf(event, 'echo', number + 3, `Still ${event}`, own('echo')),
        articleOf(event, 'post', number + 4, event, edited(text, 11)),
        articleOf(`${event}-2`, 'post', number + 5, event, edited(edited(text, 11), 31)),
        articleOf(event, 'star', number + 6, event, text.slice(0, text.length / 3)),
      ];
    });
    const memory = Object.assign(new MemoryIndex(), {
      earlierOutcomes: async () => new Map<string, Outcome>(),
      end: () => undefined,
    });
    const batches = Array.from({ length: 6 }, (_, part) => articles.filter((__, index) => index % 6 === part));
    for (const batch of batches) {
      const claims = batch.map(claimOf);
      const expected = await decideBatch(memory, claims);
      expect(await ingestStore(store).batch((trx) => decideBatch(trx, claims))).toEqual(expected);
    }
    const { rows } = await store.pool.query<{ id: string; story: string }>('select id, story from articles');
    for (const { id, story } of rows) expect(memory.storyOf(id)).toBe(story);
  });
});
