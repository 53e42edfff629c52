import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SearchedText, searchVector, searchVectors } from '../../src/store/search-vector.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

/** Words as texts have them, and what parsers stumble over. */
const words = [
  ...[
    'running',
    'Runs',
    'RUNS',
    'Läufe',
    'café',
    'İstanbul',
    'мост',
    'Москву',
    'Αθήνα',
    '東京都',
    'القاهرة',
    'नमस्ते',
    'Müller',
    'Şehir',
  ],
  ...[
    'AT&T',
    '&amp;',
    '&',
    'a.b/c?d=e',
    'https://a.example/b?c=d#e',
    'x@y.org',
    'well-known',
    'a-b-a',
    "won't",
    "o'Neill",
    "'tis",
    '"said"',
  ],
  ...[
    '-5',
    '+5',
    '1,000',
    '1.5e10',
    '3.14',
    '2026-11-29',
    'covid-19',
    'U.S.',
    'end.',
    'end...',
    'end?!',
    '(end)',
    '“end”',
    '«end»',
    '/usr/bin',
    'end/',
    '\\',
    ':',
    '_',
    'a_b',
    '~',
    '…',
    '—',
  ],
];
const spaces = [' ', '\n', '\t', '\u00a0', '\u2028', '  '];
const strange = ['<b>', '<', '<a href="x y">', '\u200b', '\ufeff', 'x'.repeat(3000)];

const made = async (searched: SearchedText) => {
  const { rows } = await sql<{ vector: string }>`select ${searchVector(searched)}::text as vector`.execute(store.db);
  return rows[0]?.vector;
};
const written = async (searched: readonly SearchedText[]) => {
  const vectors = await searchVectors(store.db, searched);
  const { rows } = await store.pool.query('select given::tsvector::text as vector from unnest($1::text[]) as given', [
    vectors,
  ]);
  return rows.map((row) => row.vector);
};

it('a text is found by what the server makes of the whole, whatever a stranger wrote', async () => {
  const word = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...words) },
    { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
    { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(...'aZ\'".,;:!?()“”‘’«»„…-/&@_1é'), maxLength: 8 }) },
  );
  const text = fc
    .array(fc.tuple(word, fc.constantFrom(...spaces)), { maxLength: 30 })
    .map((parts) => parts.flat().join('').replaceAll('\0', '').toWellFormed());
  const lang = fc.constantFrom('en', 'de', 'fr', 'tr', 'sr', 'el', 'ar', 'ja', 'sr');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ title: text, text, lang }), { minLength: 1, maxLength: 3 }),
      async (searched) => {
        expect(await written(searched)).toEqual(await Promise.all(searched.map(made)));
      },
    ),
    { numRuns: 300 },
  );
});

it('so is one with what looks like tags, a word that stands in it hundreds of times, and one that is very long', async () => {
  const searched = [
    ...strange.map((one) => ({ title: `Running ${one} runs`, text: `the end ${one} of b > c ${one}`, lang: 'en' })),
    { title: 'Often often', text: 'often, never '.repeat(400), lang: 'en' },
    { title: 'Long', text: Array.from({ length: 20_000 }, (_, index) => `w${index % 37}`).join(' '), lang: 'en' },
    { title: '', text: '', lang: 'xx' },
  ];
  expect(await written(searched)).toEqual(await Promise.all(searched.map(made)));
});

it('a stem with a mark, a long one and a text without words come as they are stored', async () => {
  const { rows } = await store.pool.query(
    `select search_mark('french', 'ét') as mark, length(search_mark('french', repeat('x', 500))) as longest,
      search_other_stems('english', '', ''::tsvector)::text as nothing,
      search_other_stems('english', 'cats cat running', to_tsvector('simple', 'cats cat running'))::text as few`,
  );
  expect(rows[0]).toEqual({ mark: 'french~et', longest: 200, nothing: "'english~'", few: "'english~' 'english~run'" });
});
