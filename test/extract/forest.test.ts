import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, type Forest, predict, type Tree } from '../../src/extract/features/forest.ts';

const columns = 5;
const values = [-1, 0, 0.25, 0.5, 1, 3];

/** A tree with so many splits; each of them grows at a leaf, the leaf that it takes the place of being its left one. */
const trees: fc.Arbitrary<Tree> = fc
  .array(
    fc.record({
      at: fc.nat(),
      feature: fc.nat(columns - 1),
      threshold: fc.constantFrom(...values),
      value: fc.double({ min: -1, max: 1, noNaN: true }),
    }),
    { maxLength: 31 },
  )
  .map((splits) => {
    const left: number[] = [];
    const right: number[] = [];
    /** The place in `left` or `right` that names each leaf. */
    const places: (readonly [number[], number])[] = [];
    for (const [split, { at }] of splits.entries()) {
      const leaf = at % (split + 1);
      const place = places[leaf];
      if (place) place[0][place[1]] = split;
      left.push(-1 - leaf);
      right.push(-1 - (split + 1));
      places[leaf] = [left, split];
      places[split + 1] = [right, split];
    }
    return {
      feature: splits.map(({ feature }) => feature),
      threshold: splits.map(({ threshold }) => threshold),
      left,
      right,
      leaf: [0.5, ...splits.map(({ value }) => value)],
    };
  });

/** What a forest means: from split to split, down each tree. */
function walked({ bias, trees }: Forest, row: Float32Array): number {
  let sum = bias;
  for (const { feature, threshold, left, right, leaf } of trees) {
    let at = feature.length > 0 ? 0 : -1;
    while (at >= 0) {
      const value = row[feature[at] as number] as number;
      at = (value <= Math.fround(threshold[at] as number) ? left[at] : right[at]) as number;
    }
    sum += Math.fround(leaf[-1 - at] as number);
  }
  return 1 / (1 + Math.exp(-sum));
}

describe('a compiled forest', () => {
  const names = Array.from({ length: columns }, (_, index) => `f${index}`);

  it('says what its trees say, whatever a row holds', () => {
    const rows = fc.array(fc.oneof(fc.constantFrom(...values, Number.NaN), fc.float()), {
      minLength: columns,
      maxLength: columns,
    });
    fc.assert(
      fc.property(fc.array(trees, { maxLength: 6 }), fc.float({ noNaN: true }), rows, (grown, bias, row) => {
        const forest = { features: names, bias, trees: grown };
        const compiled = compile(forest, names);
        const padded = Float32Array.from([9, ...row]);
        for (let time = 0; time < 2; time++)
          expect(predict(compiled, padded, 1)).toBe(walked(forest, Float32Array.from(row)));
      }),
      { numRuns: 500 },
    );
  });

  it('finds features by name, and tells which are gone', () => {
    const tree: Tree = { feature: [0], threshold: [0], left: [-1], right: [-2], leaf: [-1, 1] };
    const forest = { features: ['f3'], bias: 0, trees: [tree] };
    expect(predict(compile(forest, names), Float32Array.from([0, 0, 0, 1, 0]), 0)).toBeGreaterThan(0.5);
    expect(() => compile({ ...forest, features: ['f9'] }, names)).toThrow(/f9/);
  });

  it('refuses a tree with more leaves than it has bits for', () => {
    const chain = Array.from({ length: 32 }, (_, index) => index);
    const tree: Tree = {
      feature: chain.map(() => 0),
      threshold: chain,
      left: chain.map((index) => -1 - index),
      right: chain.map((index) => (index < 31 ? index + 1 : -33)),
      leaf: Array.from({ length: 33 }, () => 0),
    };
    expect(() => compile({ features: ['f0'], bias: 0, trees: [tree] }, names)).toThrow(/33 leaves/);
  });
});
