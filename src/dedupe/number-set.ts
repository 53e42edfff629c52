/** A set of int32 as a sorted array without repeats: a quarter of a `Set`'s memory, and intersections in one pass. */
export type NumberSet = Int32Array;

/** Sorts and drops repeats; the argument is left as it is. */
export function numberSet(values: Iterable<number>): NumberSet {
  const sorted = Int32Array.from(values).sort();
  let kept = 0;
  for (let index = 0; index < sorted.length; index++) {
    if (index === 0 || sorted[index] !== sorted[index - 1]) sorted[kept++] = sorted[index] ?? 0;
  }
  return sorted.slice(0, kept);
}

/** How many values both sets hold. */
export function shared(a: NumberSet, b: NumberSet): number {
  let count = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const left = a[i] ?? 0;
    const right = b[j] ?? 0;
    if (left === right) {
      count++;
      i++;
      j++;
    } else if (left < right) i++;
    else j++;
  }
  return count;
}

/** The values of `a` that are not in `b`. */
export function without(a: NumberSet, b: ReadonlySet<number>): NumberSet {
  return b.size === 0 ? a : a.filter((value) => !b.has(value));
}
