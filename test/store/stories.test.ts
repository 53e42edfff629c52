import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDays, storyLimit } from '../../src/dedupe/story-index.ts';
import { dayMs } from '../../src/domain/time.ts';
import { storiesByTerms } from '../../src/store/read/stories.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const at = new Date('2026-11-22T08:00:00Z');

it('gives the stories with the largest products, closed ones last, however many share a term', async () => {
  const story = fc.record({
    days: fc.integer({ min: 0, max: 14 }),
    // Of 1,024 parts, so that sums are exact.
    weights: fc.array(fc.integer({ min: 0, max: 1023 }), { minLength: 3, maxLength: 3 }),
  });
  const stories = fc.array(story, { minLength: 1, maxLength: 64 });
  await fc.assert(
    fc.asyncProperty(stories, fc.integer({ min: 0, max: 14 }), async (held, mostDays) => {
      await sql`truncate stories, story_terms restart identity`.execute(store.db);
      const days = held.map((one) => Math.min(one.days, mostDays));
      await sql`
        insert into stories (id, articles, first_at, latest_at, vector, found_by)
        select gen_random_uuid(), days, told, told, '', '{}'
        from unnest(${days}::int[]) with ordinality as held (days, place),
          lateral (select ${at}::timestamptz - days * interval '1 day' as told) times order by place`.execute(store.db);
      for (const [term] of [0, 1, 2].entries())
        await sql`
          insert into story_terms (term, story, weight)
          select ${term}::int, place, parts / 1024.0 from unnest(${held.map(({ weights }) => weights[term] ?? 0)}::int[])
            with ordinality as held (parts, place) where parts > 0`.execute(store.db);
      const expected = held
        .map(({ weights }, index) => ({
          days: days[index] ?? 0,
          number: index,
          product: weights.reduce((sum, weight) => sum + weight, 0),
        }))
        .filter(({ product }) => product > 0)
        .sort(
          (a, b) =>
            Number(a.days > openDays) - Number(b.days > openDays) || b.product - a.product || a.number - b.number,
        )
        .slice(0, storyLimit);
      const terms = new Map([0, 1, 2].map((term) => [term, 1]));
      const found = await storiesByTerms(store.db, terms, at.toISOString());
      expect(found.map(({ articles, first }) => [articles, first])).toEqual(
        expected.map((one) => [one.days, new Date(at.getTime() - one.days * dayMs).toISOString()]),
      );
    }),
    { numRuns: 40 },
  );
});
