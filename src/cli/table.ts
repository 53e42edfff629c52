/** Rows as columns of equal width, two spaces apart; long cells of the last column are not cut. */
export function table(head: readonly string[] | undefined, rows: readonly (readonly (string | number)[])[]): string {
  const all = [...(head ? [head] : []), ...rows].map((row) => row.map(String));
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Columns on a terminal: East Asian characters take two, combining marks none. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => {
    if (/\p{M}/u.test(character)) return sum;
    return (
      sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(character) ? 2 : 1)
    );
  }, 0);
