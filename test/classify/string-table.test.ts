import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StringTable } from '../../src/classify/string-table.ts';

describe('StringTable', () => {
  it('finds what is in it and nothing else, as a Map does', () => {
    const word = fc.string({ maxLength: 4, unit: fc.constantFrom('a', 'b', 'č', '語') });
    fc.assert(
      fc.property(fc.uniqueArray(word.filter(Boolean)), word, (words, other) => {
        const table = new StringTable(words.join('|'), '|');
        expect(table.size).toBe(words.length);
        words.forEach((one, number) => {
          expect([table.indexOf(one), table.at(number)]).toEqual([number, one]);
        });
        expect(table.indexOf(other)).toBe(words.indexOf(other));
      }),
    );
  });
});
