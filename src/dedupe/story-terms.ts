import { hashWord } from './hash.ts';
import type { Words } from './words.ts';

/** The words that tell a story from others: hash of the term → weight, not yet divided by how common the term is. */
export type StoryTerms = ReadonlyMap<number, number>;

const headlineWeight = 3;
const leadWeight = 1.5;
const leadWords = 100;
const nameWeight = 2;
/** Saturation of repeats (BM25's k1). At the usual 1.2 the actors of a story, named in every paragraph, count hardly more than 'the'. */
const k1 = 4;

/** Terms of an article. In scripts without spaces a term is a pair of neighbouring characters. */
export function storyTerms(title: Words, text: Words): StoryTerms {
  const counts = new Map<number, number>();
  const names = new Set([...title.names, ...text.names]);
  const add = (words: Words, weightAt: (index: number) => number): void => {
    words.all.forEach((word, index) => {
      const pair = words.all[index + 1];
      const term = words.spaced ? word : pair === undefined ? undefined : word + pair;
      if (term === undefined || (words.spaced && term.length < 2)) return;
      const hash = hashWord(term);
      const weight = weightAt(index) * (names.has(word) ? nameWeight : 1);
      counts.set(hash, (counts.get(hash) ?? 0) + weight);
    });
  };
  add(title, () => headlineWeight);
  add(text, (index) => (index < leadWords ? leadWeight : 1));
  for (const [term, count] of counts) counts.set(term, (count * (k1 + 1)) / (count + k1));
  return counts;
}
