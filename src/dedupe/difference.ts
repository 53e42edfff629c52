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
  before.forEach((sentence, place) => {
    for (const word of sentence.words) {
      const places = holders.get(word);
      if (places) places.push(place);
      else holders.set(word, [place]);
    }
  });
  const found = new Set<number>();
  const added: string[] = [];
  const figures: { before: string; after: string }[] = [];
  for (const sentence of after) {
    const place = bestMatch(sentence, before, holders);
    const match = place === undefined ? undefined : before[place];
    if (place === undefined || !match) {
      added.push(sentence.text);
      continue;
    }
    found.add(place);
    if (match.numbers !== sentence.numbers) figures.push({ before: match.text, after: sentence.text });
  }
  const cut = before.flatMap((sentence, place) => (found.has(place) ? [] : [sentence.text]));
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
    for (const place of holders.get(word) ?? []) shared.set(place, (shared.get(place) ?? 0) + 1);
  }
  let best: { place: number; share: number } | undefined;
  for (const [place, count] of shared) {
    const share = count / Math.max(sentence.words.size, others[place]?.words.size ?? 1);
    if (share >= sameSentence && (!best || share > best.share)) best = { place, share };
  }
  return best?.place;
}

const shorten = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`;
