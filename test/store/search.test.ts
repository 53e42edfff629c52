import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { searchTexts } from '../../src/store/search.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const words = [
  'running',
  'runs',
  'Läufe',
  'café',
  'AT&T',
  '&amp;',
  'a.b/c?d=e',
  '-5',
  '1,000',
  'x@y.org',
  "won't",
  '<b>',
  '<',
  'İstanbul',
];

it('each word once has the stems that the whole text has, whatever a stranger wrote', async () => {
  const text = fc.array(
    fc.oneof(fc.constantFrom(...words, ' ', '\n', '\u00a0'), fc.string({ unit: 'grapheme', maxLength: 6 })),
    {
      maxLength: 30,
    },
  );
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom('en', 'de', 'fr', 'tr'), async (parts, lang) => {
      const written = parts.join(' ').replaceAll('\0', '');
      const { stemmer, stemmed } = searchTexts('', written, lang);
      const { rows } = await store.pool.query<{ own: string; whole: string }>(
        `select tsvector_to_array(to_tsvector($1::regconfig, $2))::text as own, tsvector_to_array(to_tsvector($1::regconfig, $3))::text as whole`,
        [stemmer, stemmed, written],
      );
      expect(rows[0]?.own).toBe(rows[0]?.whole);
    }),
    { numRuns: 300 },
  );
});

it('a stem with a mark, a long one and a text without words come as they are stored', async () => {
  const { rows } = await store.pool.query(
    `select search_mark('french', 'ét') as mark, length(search_mark('french', repeat('x', 500))) as longest,
      search_other_stems('english', '', ''::tsvector)::text as nothing,
      search_other_stems('english', 'cats cat running', to_tsvector('simple', 'cats cat running'))::text as few`,
  );
  expect(rows[0]).toEqual({ mark: 'french~et', longest: 200, nothing: "'english~'", few: "'english~' 'english~run'" });
});
