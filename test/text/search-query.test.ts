import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSearch } from '../../src/text/search-query.ts';

const words = (query: string) =>
  readSearch(query).map(({ all, none }) => [
    all.map(({ text, isPhrase }) => (isPhrase ? `"${text}"` : text)),
    none.map(({ text, isPhrase }) => (isPhrase ? `"${text}"` : text)),
  ]);

describe('a search', () => {
  it.each([
    ['tram bridge', [[['tram', 'bridge'], []]]],
    ['"old bridge" -tram -"new line"', [[['"old bridge"'], ['tram', '"new line"']]]],
    [
      'tram or bus',
      [
        [['tram'], []],
        [['bus'], []],
      ],
    ],
    ['"open end', [[['"open end"'], []]]],
    ['covid-19', [[['covid-19'], []]]],
    ['-- "" or - !', []],
  ])('%s', (query, read) => expect(words(query)).toEqual(read));

  it('is read whatever it is, within bounds', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        const terms = readSearch(query.repeat(20)).flatMap(({ all, none }) => [...all, ...none]);
        expect(terms.length).toBeLessThanOrEqual(24);
      }),
    );
  });
});
