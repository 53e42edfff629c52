import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fingerprintOf } from '../../src/dedupe/fingerprint.ts';
import { packMarks, unpackMarks } from '../../src/store/packed-marks.ts';

it('unpacks what was packed, and knows an article without a time', () => {
  const mark = fc.record({
    title: fc.string(),
    text: fc.lorem({ maxCount: 90 }),
    at: fc.option(fc.date({ noInvalidDate: true })),
  });
  fc.assert(
    fc.property(fc.array(mark, { maxLength: 6 }), (reports) => {
      const marks = reports.map(({ title, text, at }) => ({
        ...fingerprintOf(title, text).outline,
        ...{ at: at?.toISOString(), source: 7 },
      }));
      expect(unpackMarks(packMarks(marks))).toEqual(marks);
    }),
    { numRuns: 40 },
  );
});
