import { topicWords } from '../../../src/classify/topic-words.ts';
import { topics } from '../../../src/classify/topics.ts';
import type { Document } from './documents.ts';
import type { Vocabulary } from './softmax.ts';
import type { Told } from './translated.ts';
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

/** By Zipf's law the r-th word of a language has a share of about 0.08 / r. */
const shareOfFirst = 0.08;

/** The words that have a vector, most frequent first. */
export const vocabularyOfVectors = (lang: string, vectors: Vectors): Vocabulary =>
  vocabulary(lang, vectors.words, (row) => shareOfFirst / (row + 3), vectors);

/** The words of the documents themselves: those of our lists, those of a dictionary, and those that stand in at least two texts. */
export function vocabularyOfTexts(
  lang: string,
  documents: readonly Document[],
  told: ReadonlyMap<string, Told> = new Map(),
): Vocabulary {
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
  const words = [...new Set([...listed, ...told.keys(), ...counts.keys()])]
    .filter((word) => listed.has(word) || told.has(word) || (counts.get(word) ?? 0) >= 2)
    .sort();
  const own = vocabulary(lang, words, (row) => (counts.get(words[row] as string) ?? 0) / Math.max(total, 10_000));
  if (told.size === 0) return own;
  const table = new Float32Array(words.length * topics.length);
  words.forEach((word, row) => {
    const known = told.get(word);
    if (!known) return;
    own.weight[row] = Math.min(own.weight[row] as number, known.weight);
    table.set(known.logits, row * topics.length);
  });
  return { ...own, told: table };
}
