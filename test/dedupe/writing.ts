import { hashWord } from '../../src/dedupe/hash.ts';

const syllables = ['ka', 'lo', 'mi', 'ner', 'tu', 'vas', 'pre', 'dol', 'shi', 'gra', 'en', 'or', 'bel', 'zu', 'fan'];

/** A made-up text of so many words, always the same for the same seed, in sentences of twelve words, four to a line. */
export function writing(seed: string, words: number): string {
  const made = Array.from({ length: words }, (_, index) => {
    const dice = hashWord(`${seed} ${index}`) >>> 0;
    const length = 2 + (dice % 3);
    const word = Array.from({ length }, (_, part) => syllables[(dice >>> (part * 5)) % syllables.length]).join('');
    return index % 12 === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : word;
  });
  const sentences = Array.from(
    { length: Math.ceil(words / 12) },
    (_, at) => `${made.slice(at * 12, at * 12 + 12).join(' ')}.`,
  );
  return Array.from({ length: Math.ceil(sentences.length / 4) }, (_, at) =>
    sentences.slice(at * 4, at * 4 + 4).join(' '),
  ).join('\n');
}

/** The text with every n-th word exchanged. */
export const edited = (text: string, every: number): string =>
  text
    .split(' ')
    .map((word, index) => (index % every === every - 1 ? `nov${index}` : word))
    .join(' ');
