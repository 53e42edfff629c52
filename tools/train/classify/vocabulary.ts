import { topicWords } from '../../../src/classify/topic-words.ts';
import type { Document } from './documents.ts';
import type { Vocabulary } from './softmax.ts';
import type { Vectors } from './vectors.ts';

/** The constant of smooth inverse frequency: a word as frequent as this counts half. */
const halfFrequency = 5e-4;

function vocabulary(
  lang: string,
  words: readonly string[],
  frequency: (row: number) => number,
  vectors?: Vectors,
): Vocabulary {
  const weight = Float32Array.from(words, (_, row) => halfFrequency / (halfFrequency + frequency(row)));
  return { lang, words, index: new Map(words.map((word, row) => [word, row])), weight, vectors };
}

/** The words that have a vector, most frequent first: by Zipf's law the r-th has a share of about 0.08 / r. */
export const vocabularyOfVectors = (lang: string, vectors: Vectors): Vocabulary =>
  vocabulary(lang, vectors.words, (row) => 0.08 / (row + 3), vectors);

/** The words of the documents themselves: those of our lists, and those that stand in at least two texts. */
export function vocabularyOfTexts(lang: string, documents: readonly Document[]): Vocabulary {
  const counts = new Map<string, number>();
  const listed = new Set<string>();
  let total = 0;
  for (const { source, title, text } of documents) {
    const keys = topicWords(`${title}\n${text}`, lang, () => 0).map(({ key }) => key);
    for (const key of new Set(keys)) {
      if (source === 'lexicon') listed.add(key);
      else {
        counts.set(key, (counts.get(key) ?? 0) + 1);
        total++;
      }
    }
  }
  const words = [...new Set([...listed, ...counts.keys()])]
    .filter((word) => listed.has(word) || (counts.get(word) ?? 0) >= 2)
    .sort();
  return vocabulary(lang, words, (row) => (counts.get(words[row] as string) ?? 0) / Math.max(total, 10_000));
}
