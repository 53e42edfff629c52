import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIngest } from '../../src/ingest/batch.ts';
import { openStore } from '../../src/store/db.ts';
import { ingestStore } from '../../src/store/ingest.ts';
import { type CanonicalUrl, canonicalUrl } from '../../src/text/canonical-url.ts';
import { ingestInput } from '../dedupe/input.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

describe('arrays of numbers on their way', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openTestStore();
  });
  afterAll(() => store[Symbol.asyncDispose]());

  it('come back as they went, also by a prepared statement', async () => {
    const numbers = [0, -1, 2 ** 31 - 1, 0.1, 1e-30, 1e30, Number.POSITIVE_INFINITY, Number.NaN];
    for (let time = 1; time <= 3; time++) {
      const { rows } = await store.pool.query(
        'select $1::int[] as whole, $2::float8[] as parts, $3::real[] as none, $4::text[] as words, $5::int[] as gaps',
        [[3, -4, 0], numbers, [], ['a', '{b,"c'], [1, null]],
      );
      expect(rows[0]).toEqual({ whole: [3, -4, 0], parts: numbers, none: [], words: ['a', '{b,"c'], gaps: [1, null] });
    }
  });

  it('may be of any form that PostgreSQL writes', async () => {
    const { rows } = await store.pool.query(
      `select '{{1,2},{3,4}}'::int[] as nested, '[0:1]={5,6}'::int[] as shifted, '{NULL}'::real[] as nothing, null::int[] as missing, '{}'::int[] as none`,
    );
    expect(rows[0]).toEqual({
      nested: [
        [1, 2],
        [3, 4],
      ],
      shifted: [5, 6],
      nothing: [null],
      missing: null,
      none: [],
    });
  });
});

describe('statements that come again and again', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openTestStore();
  });
  afterAll(() => store[Symbol.asyncDispose]());

  it('are planned once: all that look stories, candidates and counts up and write them for an article', async () => {
    const { url, schema } = store;
    const single = await openStore(url, { schema, connections: 1 });
    const ingest = openIngest(ingestStore(single));
    for (let index = 0; index < 4; index++) {
      const urlKey = canonicalUrl(`https://planned.example/${index}`) as CanonicalUrl;
      const text = `The ferry to island ${index} was late again on day ${index}, said captain Mole${index}.`.repeat(3);
      const seenAt = new Date().toISOString();
      await ingest.add(ingestInput({ urlKey, source: 'planned', title: `Ferry ${index} late`, text, seenAt }));
    }
    await ingest.close();
    const { rows } = await single.pool.query<{ statement: string }>('select statement from pg_prepared_statements');
    await single.close();
    const kept = rows.map((row) => row.statement).join('\n');
    for (const table of ['articles', 'stories', 'story_terms', 'term_counts', 'shingle_keys', 'events', 'links'])
      expect(kept).toMatch(new RegExp(`(?:insert into|update) ${table}\\b`));
    for (const looked of [
      'from story_terms where term',
      'from term_counts where',
      'from shingle_keys where',
      'at_address',
    ])
      expect(kept).toContain(looked);
  });

  it('keep their plans however many others came once before', async () => {
    for (let index = 0; index < 1500; index++) await store.pool.query(`select ${index} as a, $1::int as b`, [index]);
    const client = await store.pool.connect();
    try {
      for (let time = 0; time < 3; time++) await client.query(`select 'again' as a, $1::int as b`, [time]);
      const { rows } = await client.query(`select 1 from pg_prepared_statements where statement like '%again%$1%'`);
      expect(rows).toHaveLength(1);
    } finally {
      client.release();
    }
  });
});
