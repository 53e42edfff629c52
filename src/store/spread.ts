/** Each index as often as it has things, the way in which lists of lists go into one `unnest`: `[2, 0, 1]` → `[0, 0, 2]`. */
export const spread = (sizes: readonly number[]): number[] =>
  sizes.flatMap((size, index) => Array<number>(size).fill(index));
