import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDays, storiesPerTerm, storyLimit } from '../../src/dedupe/story-index.ts';
import { dayMs } from '../../src/domain/time.ts';
import { storiesByTerms } from '../../src/store/read/stories.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const at = new Date('2026-11-22T08:00:00Z');
const terms = 12;

it('gives the stories with the largest products, closed ones last, however many share a term', async () => {
  const story = fc.record({
    days: fc.integer({ min: 0, max: 14 }),
    // Of 1,024 parts, so that sums are exact.
    weights: fc.array(fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 1023 })), {
      minLength: terms,
      maxLength: terms,
    }),
  });
  // More than are looked at first, and so many of them closed that the others must be, too.
  const stories = fc.array(story, { minLength: 1, maxLength: 260, size: 'max' });
  await fc.assert(
    fc.asyncProperty(stories, fc.integer({ min: 0, max: 9 }), async (held, age) => {
      await sql`delete from stories`.execute(store.db);
      await sql`delete from story_terms`.execute(store.db);
      await sql`alter sequence stories_number_seq restart`.execute(store.db);
      const days = held.map((one) => one.days + age);
      await sql`
        insert into stories (id, articles, first_at, latest_at, vector, found_by)
        select gen_random_uuid(), days, told, told, '', '{}'
        from unnest(${days}::int[]) with ordinality as held (days, place),
          lateral (select ${at}::timestamptz - days * interval '1 day' as told) times order by place`.execute(store.db);
      await sql`
        insert into story_terms (term, story, weight, first_minute, latest_minute)
        select term, place, parts / 1024.0, minute, minute
        from unnest(${held.map(({ weights }) => weights.join(' '))}::text[], ${days.map((one) => (at.getTime() - one * dayMs) / 60_000)}::int[])
            with ordinality as held (written, minute, place),
          unnest(string_to_array(written, ' ')::int[]) with ordinality as weights (parts, term) where parts > 0`.execute(
        store.db,
      );
      // Of a term that leads more, only the latest count.
      const counts = (index: number, term: number): boolean =>
        held.slice(index + 1).filter(({ weights }) => (weights[term] ?? 0) > 0).length < storiesPerTerm;
      const expected = held
        .map(({ weights }, index) => ({
          days: days[index] ?? 0,
          number: index,
          product: weights.reduce((sum, weight, term) => sum + (counts(index, term) ? weight : 0), 0),
        }))
        .filter(({ product }) => product > 0)
        .sort(
          (a, b) =>
            Number(a.days > openDays) - Number(b.days > openDays) || b.product - a.product || a.number - b.number,
        )
        .slice(0, storyLimit);
      const wanted = new Map(Array.from({ length: terms }, (_, term) => [term + 1, 1]));
      const found = await storiesByTerms(store.db, wanted, at.toISOString());
      expect(found.map(({ articles, first }) => [articles, first])).toEqual(
        expected.map((one) => [one.days, new Date(at.getTime() - one.days * dayMs).toISOString()]),
      );
    }),
    { numRuns: 8, endOnFailure: true },
  );
});
