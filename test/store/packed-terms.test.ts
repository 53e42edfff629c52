import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packTerms, unpackTerms } from '../../src/store/packed-terms.ts';

const terms = fc.array(fc.tuple(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.float({ noNaN: true })));

it("packed terms are the same terms in the same order, with weights as PostgreSQL's real has them", () => {
  fc.assert(
    fc.property(terms, (pairs) => {
      const packed = packTerms(new Map(pairs));
      expect([...unpackTerms(packed)]).toEqual([...new Map(pairs)]);
      // Of a larger buffer, as the driver gives them.
      const within = Buffer.concat([Buffer.from('before'), packed, Buffer.from('after')]);
      expect(unpackTerms(within.subarray(6, 6 + packed.length))).toEqual(new Map(pairs));
    }),
  );
});
