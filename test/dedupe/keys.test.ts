import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../src/dedupe/fingerprint.ts';
import { mix } from '../../src/dedupe/hash.ts';
import { keysNeeded, keysOf } from '../../src/dedupe/keys.ts';
import { shared } from '../../src/dedupe/number-set.ts';
import { writing } from './writing.ts';

const shingles = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { minLength: 34, maxLength: 120 });
const long = (seed: number): number[] => Array.from({ length: 400 }, (_, index) => mix(seed * 1000 + index));

describe('keysOf', () => {
  it('promises a common key to texts with a passage in common, wherever it stands', () => {
    fc.assert(
      fc.property(shingles, fc.nat(300), fc.nat(300), (passage, before, after) => {
        const a = keysOf(Int32Array.from([...long(1).slice(0, 100 + before), ...passage, ...long(2)]));
        const b = keysOf(Int32Array.from([...long(3).slice(0, 100 + after), ...passage, ...long(4)]));
        expect(shared(a, b)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('chooses from a part what it chooses from the whole, and more', () => {
    const whole = Int32Array.from(long(7));
    const part = whole.slice(100, 180);
    const inside = keysOf(whole).filter((key) => part.slice(33, -33).includes(key));
    expect(shared(keysOf(part), inside)).toBe(inside.length);
  });

  it('takes about a sixteenth of a long text and most of a short one', () => {
    expect(fingerprintOf('', writing('long', 1200)).keys.length).toBeLessThan(1200 / 14);
    expect(fingerprintOf('', writing('long', 1200)).keys.length).toBeGreaterThan(1200 / 22);
    expect(fingerprintOf('', writing('short', 30)).keys.length).toBeGreaterThan(8);
    expect(keysOf(new Int32Array(0))).toHaveLength(0);
    expect(keysOf(Int32Array.of(5))).toHaveLength(1);
  });
});

describe('keysNeeded', () => {
  it('is met by a text and itself, and never by nothing in common', () => {
    for (let keys = 1; keys <= 600; keys++) {
      expect(keysNeeded(keys)).toBeGreaterThan(0);
      expect(keysNeeded(keys)).toBeLessThanOrEqual(keys);
    }
  });
});
