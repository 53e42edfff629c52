import { randomFrom } from '../generated-text.ts';

/** Draws from a seed: the same seed gives the same page. */
export interface Draw {
  pick<T>(list: readonly T[]): T;
  chance(share: number): boolean;
  /** Some of the list, in any order. */
  some<T>(list: readonly T[], counts: readonly number[]): T[];
  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number;
}

export function drawFrom(seed: number): Draw {
  const random = randomFrom(seed);
  const below = (end: number): number => Math.floor(random() * end);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  return {
    pick,
    below,
    chance: (share) => random() < share,
    some: (list, counts) =>
      list
        .map((item) => [random(), item] as const)
        .sort(([one], [other]) => one - other)
        .slice(0, pick(counts))
        .map(([, item]) => item),
  };
}
