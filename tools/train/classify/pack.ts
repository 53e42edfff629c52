import type { LanguageWeights } from '../../../src/classify/topic-model.ts';
import { topics } from '../../../src/classify/topics.ts';
import { type Trained, wordLogits } from './softmax.ts';

/** The `most` words that say most, in order, each with how much it counts and what it says for each topic. */
export function strongest(model: Trained, most: number, useful: (row: number) => number) {
  const { vocabulary } = model;
  const rows = vocabulary.words.map((word, row) => {
    const weight = vocabulary.weight[row] as number;
    const values = wordLogits(row, model).map((value) => value * weight);
    return { word, weight, values, strength: (Math.max(...values) - Math.min(...values)) * useful(row) };
  });
  return rows
    .sort((a, b) => b.strength - a.strength)
    .slice(0, most)
    .sort((a, b) => (a.word < b.word ? -1 : 1));
}

/** Folds a trained model into the table that is shipped: the `most` words that say most, 18 bytes each. */
export function pack(
  model: Trained,
  most: number,
  useful: (row: number) => number,
): Omit<LanguageWeights, 'threshold' | 'articleThreshold'> {
  const { vocabulary, dense } = model;
  const size = vocabulary.vectors?.dimensions ?? 0;
  const kept = strongest(model, most, useful);
  const sizes = kept.flatMap(({ values }) => Array.from(values, Math.abs)).sort((a, b) => a - b);
  // The few largest are clipped, so that the many small keep their difference.
  const scale = ((sizes[Math.floor(sizes.length * 0.9995)] ?? 1) || 1) / 127;
  const columns = topics.length + 1;
  const bytes = new Int8Array(kept.length * columns);
  kept.forEach(({ weight, values }, row) => {
    bytes[row * columns] = Math.round(weight * 127);
    values.forEach((value, k) => {
      bytes[row * columns + 1 + k] = Math.max(-127, Math.min(127, Math.round(value / scale)));
    });
  });
  return {
    words: kept.map(({ word }) => word).join(' '),
    table: Buffer.from(bytes.buffer).toString('base64'),
    scale: Number(scale.toPrecision(6)),
    bias: topics.map((_, k) => Number((dense[k * (size + 1) + size] as number).toFixed(4))),
  };
}
