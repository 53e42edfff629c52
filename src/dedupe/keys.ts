import { type NumberSet, numberSet } from './number-set.ts';

/**
 * Shingles of which one, the smallest hash, becomes a key, in every position of a window over the text (winnowing: Schleimer, Wilkerson
 * and Aiken, SIGMOD 2003). Two texts with a passage of 34 + 5 words in common are sure to share a key, which a sample by threshold
 * cannot promise: of 1,533 pairs of duplicates 2 share too few keys, with 28 keys an article; a threshold sample of 1/12 (38 keys)
 * loses 30, of 1/8 (57 keys) 6.
 */
const widest = 34;
/** Short texts take narrower windows, which choose the same keys and more, for about twenty in all. */
const narrowest = 4;

/** The keys of a text whose shingles are given in order. */
export function keysOf(shingles: Int32Array): NumberSet {
  const width = Math.min(widest, Math.max(narrowest, Math.floor(shingles.length / 9)));
  const keys = new Set<number>();
  let smallest = -1;
  for (let end = 0; end < shingles.length; end++) {
    const start = Math.max(0, end - width + 1);
    if (smallest < start) {
      smallest = start;
      for (let index = start + 1; index <= end; index++) if (isSmaller(shingles, index, smallest)) smallest = index;
    } else if (isSmaller(shingles, end, smallest)) smallest = end;
    if (end >= width - 1 || end === shingles.length - 1) keys.add(shingles[smallest] ?? 0);
  }
  return numberSet(keys);
}

const isSmaller = (shingles: Int32Array, a: number, b: number): boolean =>
  (shingles[a] ?? 0) >>> 0 <= (shingles[b] ?? 0) >>> 0;

/**
 * How many keys two articles must share to be compared: a tenth of the shorter one's, and more than one unless it has very few.
 * @param fewer keys of the one that has fewer
 */
export const keysNeeded = (fewer: number): number => (fewer <= 12 ? 1 : Math.max(2, Math.floor(0.1 * fewer)));
