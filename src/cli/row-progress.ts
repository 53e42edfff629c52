const everyMs = 2000;

/** Says on stderr how many rows of which table are done, every two seconds and at the end. */
export function showRows() {
  const done = new Map<string, number>();
  let saidAt = performance.now();
  const total = () => [...done.values()].reduce((sum, rows) => sum + rows, 0);
  return {
    show(table: string, rows: number): void {
      done.set(table, rows);
      if (performance.now() - saidAt < everyMs) return;
      saidAt = performance.now();
      console.error(`${total()} rows; ${table}: ${rows}`);
    },
    total,
    rows: (): Record<string, number> => Object.fromEntries(done),
  };
}
