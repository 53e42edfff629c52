import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/text/words.ts';

/** What folding means, step by step. */
const meant = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{M}\u00ad\u200b-\u200f\ufeff]+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

describe('fold', () => {
  it.each([
    ['  Bridge — opens, at last!  ', 'bridge opens at last'],
    ['İSTANBUL’da', 'istanbul da'],
    ['re\u0301sume\u0301', 'résumé'],
    ['ΟΔΟΣ ΟΔΟΣ', 'οδος οδος'],
    ['co\u00adoperation', 'cooperation'],
    ['ﬁve ½ ²', 'five 1 2 2'],
    ['가\u11a8', '각'],
    ['𝐁old', 'bold'],
    ['', ''],
  ])('%s is %s', (text, folded) => expect(fold(text)).toBe(folded));

  it('makes of each unit between others what its rule says', () => {
    for (let unit = 0; unit < 65_536; unit++) {
      const character = String.fromCharCode(unit);
      for (const text of [`Ab${character}cD`, character, `\u1100${character}\u0301`])
        if (fold(text) !== meant(text)) expect(fold(text), JSON.stringify(text)).toBe(meant(text));
    }
  });

  it('makes of any text what its rule says', () => {
    const units = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'aZ Σσ\u0301\u0307İı\u1100\u1161\u11a8\uac00\u00ad\u200d\ufeff´…ﬁ١') }),
    );
    fc.assert(
      fc.property(units, (text) => {
        expect(fold(text)).toBe(meant(text));
      }),
      { numRuns: 1_000 },
    );
    const long = 'Über Ähren, '.repeat(5_000);
    expect(fold(long)).toBe(meant(long));
  });
});
