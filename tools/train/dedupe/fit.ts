import type { Logistic } from '../../../src/dedupe/logistic.ts';

export interface Example {
  readonly inputs: readonly number[];
  readonly yes: boolean;
  readonly weight: number;
}

/**
 * Fits a logistic regression by Newton's method (iteratively reweighted least squares) on standardised inputs with an L2 penalty on the
 * weights. Deterministic: the same examples give the same weights to the last digit kept.
 */
export function fitLogistic(examples: readonly Example[], penalty: number): Logistic {
  const size = examples[0]?.inputs.length ?? 0;
  const columns = Array.from({ length: size }, (_, column) => spread(examples.map((one) => one.inputs[column] ?? 0)));
  const rows = examples.map((one) => [
    1,
    ...one.inputs.map((value, column) => (value - (columns[column]?.mean ?? 0)) / (columns[column]?.deviation ?? 1)),
  ]);
  let weights: number[] = Array(size + 1).fill(0);
  for (let round = 0; round < 50; round++) {
    const step = newtonStep(rows, examples, weights, penalty);
    weights = weights.map((weight, index) => weight - (step[index] ?? 0));
    if (step.every((change) => Math.abs(change) < 1e-8)) break;
  }
  const [bias = 0, ...scaled] = weights;
  const raw = scaled.map((weight, column) => weight / (columns[column]?.deviation ?? 1));
  const shift = raw.reduce((sum, weight, column) => sum + weight * (columns[column]?.mean ?? 0), 0);
  const kept = (value: number): number => Number(value.toPrecision(7));
  return { bias: kept(bias - shift), weights: raw.map(kept) };
}

function spread(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}

function newtonStep(
  rows: readonly (readonly number[])[],
  examples: readonly Example[],
  weights: readonly number[],
  penalty: number,
): number[] {
  const size = weights.length;
  const gradient: number[] = weights.map((weight, index) => (index === 0 ? 0 : penalty * weight));
  const hessian = weights.map((_, i) => weights.map((__, j) => (i === j && i > 0 ? penalty : 0)));
  rows.forEach((row, number) => {
    const example = examples[number];
    if (!example) return;
    const sum = row.reduce((total, value, index) => total + value * (weights[index] ?? 0), 0);
    const given = 1 / (1 + Math.exp(-sum));
    const error = (given - (example.yes ? 1 : 0)) * example.weight;
    const curve = Math.max(1e-6, given * (1 - given)) * example.weight;
    for (let i = 0; i < size; i++) {
      gradient[i] = (gradient[i] ?? 0) + error * (row[i] ?? 0);
      const line = hessian[i] ?? [];
      for (let j = 0; j < size; j++) line[j] = (line[j] ?? 0) + curve * (row[i] ?? 0) * (row[j] ?? 0);
    }
  });
  return solve(hessian, gradient);
}

/** Solves `matrix · x = right` by Gaussian elimination with pivots; both arguments are used up. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let column = 0; column < rows.length; column++) {
    let pivot = column;
    for (let row = column; row < rows.length; row++)
      if (Math.abs(at(row, column)) > Math.abs(at(pivot, column))) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot] ?? [], rows[column] ?? []];
    for (let row = 0; row < rows.length; row++) {
      if (row === column) continue;
      const factor = at(row, column) / (at(column, column) || 1e-12);
      rows[row] = (rows[row] ?? []).map((value, index) => value - factor * at(column, index));
    }
  }
  return rows.map((row, index) => (row[rows.length] ?? 0) / (row[index] || 1e-12));
}
