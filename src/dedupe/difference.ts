import { wordsOf } from './words.ts';

/** What a copy tells otherwise than the article it was made from. */
export interface Difference {
  /** Sentences that only the copy has. */
  readonly added: readonly string[];
  /** Sentences that the copy leaves out. */
  readonly cut: readonly string[];
  /** Sentences that both have, with other figures. */
  readonly figures: readonly { readonly before: string; readonly after: string }[];
}

/** Share of the words in common from which two sentences are one, edited or not. */
const sameSentence = 0.6;
/** Only so many sentences of each text are compared: the work grows with the square of their number. */
const mostCompared = 400;
/** At most so many of each are kept, each cut to so many characters. */
const mostKept = 20;
const longest = 300;

/** Compares a copy's plain text with the original's, sentence by sentence; where a sentence stands does not matter. */
export function differenceOf(original: string, copy: string): Difference {
  const before = sentences(original);
  const after = sentences(copy);
  const holders = new Map<string, number[]>();
  before.forEach((sentence, index) => {
    for (const word of sentence.words) {
      const indexes = holders.get(word);
      if (indexes) indexes.push(index);
      else holders.set(word, [index]);
    }
  });
  const found = new Set<number>();
  const added: string[] = [];
  const figures: { before: string; after: string }[] = [];
  for (const sentence of after) {
    const index = bestMatch(sentence, before, holders);
    const match = index === undefined ? undefined : before[index];
    if (index === undefined || !match) {
      added.push(sentence.text);
      continue;
    }
    found.add(index);
    if (match.numbers !== sentence.numbers) figures.push({ before: match.text, after: sentence.text });
  }
  const cut = before.flatMap((sentence, index) => (found.has(index) ? [] : [sentence.text]));
  return { added: added.slice(0, mostKept), cut: cut.slice(0, mostKept), figures: figures.slice(0, mostKept) };
}

interface Sentence {
  readonly text: string;
  readonly words: ReadonlySet<string>;
  /** The numbers in order, as one word. */
  readonly numbers: string;
}

function sentences(text: string): Sentence[] {
  const segments = new Intl.Segmenter('und', { granularity: 'sentence' });
  return text
    .split('\n')
    .flatMap((line) => [...segments.segment(line)].map((one) => one.segment.trim()))
    .map((sentence) => {
      const words = wordsOf(sentence);
      return { text: shorten(sentence), words: new Set(words.all), numbers: words.numbers.join(' ') };
    })
    .filter((sentence) => sentence.words.size > 0)
    .slice(0, mostCompared);
}

/** The sentence with most words in common, if that is enough of the longer one of the two. */
function bestMatch(
  sentence: Sentence,
  others: readonly Sentence[],
  holders: ReadonlyMap<string, readonly number[]>,
): number | undefined {
  const shared = new Map<number, number>();
  for (const word of sentence.words) {
    for (const index of holders.get(word) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
  }
  let best: { index: number; share: number } | undefined;
  for (const [index, count] of shared) {
    const share = count / Math.max(sentence.words.size, others[index]?.words.size ?? 1);
    if (share >= sameSentence && (!best || share > best.share)) best = { index, share };
  }
  return best?.index;
}

const shorten = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`;
