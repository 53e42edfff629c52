/** The measures of bench:extract, as the public benchmarks define them. */
export const tokens = (text: string): string[] => text.match(/[\p{L}\p{N}_]+/gu) ?? [];

export interface Overlap {
  readonly hits: number;
  readonly found: number;
  readonly gold: number;
}

/** Multiset overlap of 4-word runs (scrapinghub/article-extraction-benchmark, evaluate.py). */
export function overlap(gold: string, text: string): Overlap {
  const a = runs(gold);
  const b = runs(text);
  let hits = 0;
  for (const [run, count] of a) hits += Math.min(count, b.get(run) ?? 0);
  return { hits, found: sum(b), gold: sum(a) };
}

/** Runs of four words, counted. */
export function runs(text: string): Map<string, number> {
  const words = tokens(text);
  const counts = new Map<string, number>();
  for (let i = 0; i < Math.max(1, words.length - 3); i++) {
    const run = words.slice(i, i + 4).join(' ');
    if (run) counts.set(run, (counts.get(run) ?? 0) + 1);
  }
  return counts;
}

const sum = (counts: Map<string, number>): number => counts.values().reduce((total, count) => total + count, 0);

export const pageF1 = ({ hits, found, gold }: Overlap): number => (found + gold > 0 ? (2 * hits) / (found + gold) : 1);

/** F1 of the mean precision and the mean recall; a page without any text has no precision. */
export function macroF1(pages: readonly Overlap[]): number {
  const withText = pages.filter((page) => page.found > 0);
  const precision = mean(withText.map(({ hits, found }) => hits / found));
  const recall = mean(pages.filter((page) => page.gold > 0).map(({ hits, gold }) => hits / gold));
  return precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
}

export const mean = (values: readonly number[]): number =>
  values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : Number.NaN;

export const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN;

export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
