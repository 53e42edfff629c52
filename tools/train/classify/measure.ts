import { topics } from '../../../src/classify/topics.ts';
import type { Document } from './documents.ts';

/** What a model says of a text: probabilities in the order of `topics`, undefined when it knows no word. */
export type Predict = (document: Document) => readonly number[] | undefined;

export interface Score {
  readonly fine: number;
  readonly fineRight: number;
  readonly coarse: number;
  readonly coarseRight: number;
  /** [confidence, right] of each answer on rows with one right topic or a wide label. */
  readonly answers: readonly (readonly [number, boolean])[];
  /** Macro F1 over the topics that occur. */
  readonly macro: number;
}

/** Best answers against labels, as score.mjs of the data folder counts them: an answer inside a wide label is right. */
export function measure(documents: readonly Document[], predict: Predict): Score {
  let fine = 0;
  let fineRight = 0;
  let coarse = 0;
  let coarseRight = 0;
  const answers: (readonly [number, boolean])[] = [];
  const hits = new Float64Array(topics.length);
  const said = new Float64Array(topics.length);
  const gold = new Float64Array(topics.length);
  for (const document of documents) {
    const odds = predict(document);
    const best = odds ? odds.indexOf(Math.max(...odds)) : -1;
    const right = document.right.includes(best);
    answers.push([odds?.[best] ?? 0, right]);
    if (document.main === undefined) {
      coarse++;
      if (right) coarseRight++;
      continue;
    }
    fine++;
    if (right) fineRight++;
    gold[document.main] = (gold[document.main] as number) + 1;
    const counted = right ? document.main : best;
    if (counted >= 0) said[counted] = (said[counted] as number) + 1;
    if (right) hits[document.main] = (hits[document.main] as number) + 1;
  }
  const scores = topics.flatMap((_, k) =>
    (gold[k] as number) >= 5 ? [(2 * (hits[k] as number)) / ((gold[k] as number) + (said[k] as number))] : [],
  );
  return {
    fine,
    fineRight,
    coarse,
    coarseRight,
    answers,
    macro: scores.reduce((sum, f) => sum + f, 0) / (scores.length || 1),
  };
}

/** Share of the texts that are answered at a threshold, and of the answers that are right. */
export function atThreshold(answers: Score['answers'], threshold: number): { coverage: number; precision: number } {
  const given = answers.filter(([confidence]) => confidence >= threshold);
  return {
    coverage: given.length / (answers.length || 1),
    precision: given.filter(([, right]) => right).length / (given.length || 1),
  };
}

/** Answers of several sources, each source counted the same: many rows of one must not decide for the others. */
export function balancedThreshold(sources: readonly Score['answers'][], precision: number): number {
  for (let step = 1; step < 100; step++) {
    const at = sources.map((answers) => atThreshold(answers, step / 100)).filter(({ coverage }) => coverage > 0.02);
    if (at.length && at.reduce((sum, one) => sum + one.precision, 0) / at.length >= precision) return step / 100;
  }
  return 1;
}

/** The highest threshold (in steps of 0.01) at which so many are answered, each source counted the same. */
export function thresholdOfCoverage(sources: readonly Score['answers'][], coverage: number): number {
  for (let step = 99; step > 0; step--) {
    const at = sources.map((answers) => atThreshold(answers, step / 100).coverage);
    if (at.reduce((sum, one) => sum + one, 0) / at.length >= coverage) return step / 100;
  }
  return 0.01;
}

/** How many of the surest answers are right, as many as are a share of all. */
export function precisionAt(answers: Score['answers'], coverage: number): number {
  const surest = answers.toSorted((a, b) => b[0] - a[0]).slice(0, Math.round(coverage * answers.length));
  return surest.filter(([, right]) => right).length / (surest.length || 1);
}

/** The lowest threshold (in steps of 0.01) at which the answers given are right as often as wanted. */
export function thresholdFor(answers: Score['answers'], precision: number): number {
  for (let step = 1; step < 100; step++) {
    if (atThreshold(answers, step / 100).precision >= precision) return step / 100;
  }
  return 1;
}

export const percent = (part: number, whole: number): string =>
  (whole ? ((100 * part) / whole).toFixed(1) : '-').padStart(6);
/** A score in a line of a table. */
export const line = (name: string, score: Score): string =>
  `${name.padEnd(24)} fine ${percent(score.fineRight, score.fine)} (${score.fine})  coarse ${percent(score.coarseRight, score.coarse)} (${score.coarse})`;
