import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { latestArticles } from '../../src/store/read/articles.ts';
import { type Among, newestFirst } from '../../src/store/read/newest-first.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

const articles = 60;
let store: TestStore;

beforeAll(async () => {
  store = await openTestStore();
  await sql`
    insert into articles (id, key, text_hash, url, source, story, title, text, html, published, first_seen_at, updated_at, lang, labels, search)
    select gen_random_uuid(), 'https://a.example/' || n, sha256(n::text::bytea), 'https://a.example/' || n,
      case when n % 30 = 0 then 'rare' else 'common' end, gen_random_uuid(), 'Title', 'Text', '', at, at, at, 'en', '{}', ''
    from generate_series(1, ${sql.lit(articles)}) n, lateral (select timestamptz '2026-11-22' + n * 7 % 31 * interval '1 hour' as at) times`.execute(
    store.db,
  );
  await sql`
    insert into copies (key, article, url, source, title, seen_at, match, share)
    select 'https://b.example/' || seq, id, 'https://b.example/' || seq, 'copies', 'Title', first_seen_at, 'near', 1
    from articles where seq in (3, 50)`.execute(store.db);
});
afterAll(() => store[Symbol.asyncDispose]());

const ordered = async (condition: string, before?: string): Promise<string[]> => {
  const { rows } = await sql<{ seq: string }>`
    select seq from articles a where ${sql.raw(condition)} order by first_seen_at desc, seq desc`.execute(store.db);
  const seqs = rows.map(({ seq }) => seq);
  if (before === undefined) return seqs;
  const all = await ordered('true');
  return seqs.filter((seq) => all.indexOf(seq) > all.indexOf(before));
};

it('gives what all articles give, wherever it looks', async () => {
  const condition = fc.constantFrom('true', 'seq % 2 = 0', 'seq % 7 = 3', 'seq = 5', 'seq < 3', 'false');
  const before = fc.option(fc.integer({ min: 1, max: articles }).map(String), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(
      ...[condition, before, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 12 })],
      async (asked, from, limit, near) => {
        const looked: boolean[] = [];
        const ask = async (among: Among) => {
          looked.push(among.isWalk);
          const { rows } = await sql<{ seq: string }>`
            select a.seq from ${among.articles} a where ${sql.raw(asked)} order by a.first_seen_at desc, a.seq desc limit ${limit}`.execute(
            store.db,
          );
          return rows.map(({ seq }) => seq);
        };
        const found = await newestFirst({
          ...{ time: 'first_seen_at', before: from, ask, full: limit, windows: { near, far: 4 * near } },
          count: (rows) => rows.length,
        });
        expect(found).toEqual((await ordered(asked, from)).slice(0, limit));
        // Only what the walks did not fill comes from the indexes.
        expect(looked.at(-1) === false || found.length === limit).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

it('is content with fewer of what is rare, where it may be', async () => {
  const ask = async ({ articles: among }: Among) => {
    const { rows } = await sql`select from ${among} a where seq % 5 = 0 limit 12`.execute(store.db);
    return rows.length;
  };
  const windows = { near: 5, far: 30 };
  const asked = { time: 'first_seen_at', ask, count: (found: number) => found, full: 12, windows } as const;
  expect(await newestFirst(asked)).toBe(12);
  expect(await newestFirst({ ...asked, enough: 3 })).toBeLessThan(12);
});

it('finds the articles of a source, kept or as copies, walking and by index', async () => {
  for (const [source, expected] of [
    ['rare', ['60', '30']],
    ['copies', ['3', '50']],
  ] as const) {
    const inOrder = (await ordered('true')).filter((seq) => expected.includes(seq as never));
    for (const limit of [1, 5])
      expect((await latestArticles(store.db, { source }, limit)).map(({ seq }) => seq)).toEqual(
        inOrder.slice(0, limit),
      );
  }
});
