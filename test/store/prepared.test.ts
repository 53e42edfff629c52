import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
