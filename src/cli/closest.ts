/** Single edits that turn one word into the other: insert, delete, replace, swap of neighbours (Damerau–Levenshtein). */
function edits(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      next.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (next[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, last] = [last, next];
  }
  return last[b.length] ?? 0;
}

/** Which of the known words was probably meant: the one that begins like it, or that a third of its letters tells apart. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const asked = word.toLowerCase().slice(0, 40);
  const ranked = known
    .map((candidate) => ({
      candidate,
      distance: asked.length >= 2 && candidate.startsWith(asked) ? 0 : edits(asked, candidate),
    }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(best.candidate.length / 3)) ? best.candidate : undefined;
}
