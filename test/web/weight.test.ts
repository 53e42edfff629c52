import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfLifeHours, type Standing, weightOf } from '../../src/web/weight.ts';

const now = new Date('2026-11-28T12:00:00Z');
const hoursAgo = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);
const standing = (fields: Partial<Standing>): Standing => ({
  outlets: 2,
  langs: 1,
  countries: 1,
  newestAt: now,
  ...fields,
});

describe('the weight of a story', () => {
  it('is what the formula says', () => {
    expect(weightOf(standing({ outlets: 1 }), now)).toBe(0);
    expect(weightOf(standing({ outlets: 8 }), now)).toBe(3);
    expect(weightOf(standing({ outlets: 8, newestAt: hoursAgo(halfLifeHours) }), now)).toBe(1.5);
    expect(weightOf(standing({ outlets: 4, langs: 2, countries: 3 }), now)).toBeCloseTo(2.6);
    expect(weightOf(standing({ outlets: 4, langs: 9, countries: 9 }), now)).toBe(3);
  });

  it('never falls with one more outlet, language or country, nor rises with age', () => {
    const any = fc.record({
      outlets: fc.integer({ min: 0, max: 300 }),
      langs: fc.integer({ min: 0, max: 30 }),
      countries: fc.integer({ min: 0, max: 60 }),
      newestAt: fc.integer({ min: -2, max: 200 }).map(hoursAgo),
    });
    fc.assert(
      fc.property(any, fc.constantFrom('outlets', 'langs', 'countries'), (one, field) => {
        const weight = weightOf(one, now);
        expect(weightOf({ ...one, [field]: one[field] + 1 }, now)).toBeGreaterThanOrEqual(weight);
        expect(weightOf(one, new Date(now.getTime() + 3_600_000))).toBeLessThanOrEqual(weight);
        expect(Number.isFinite(weight) && weight >= 0).toBe(true);
      }),
    );
  });
});
