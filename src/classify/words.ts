/** A run of letters, marks and digits in a text. */
export interface Word {
  /** Lower case, NFC. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** Whether the first letter is upper case; scripts without case count as upper. */
  readonly capital: boolean;
  /** First word of a sentence or line: its capital says nothing. */
  readonly first: boolean;
}

const run = /[\p{L}\p{M}\p{N}]+/gu;
const sentenceEnd = /[.!?…:;"“”«»„\n\r|•–—]/;

/** The words of a text in order. Punctuation is told only by the gaps between `end` and the next `start`. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let last = 0;
  for (const match of text.matchAll(run)) {
    const start = match.index;
    const raw = match[0];
    const end = start + raw.length;
    const initial = raw[0] as string;
    words.push({
      key: raw.toLowerCase(),
      start,
      end,
      capital: initial !== initial.toLowerCase() || initial === initial.toUpperCase(),
      first: start === 0 || last === 0 || sentenceEnd.test(text.slice(last, start)),
    });
    last = end;
  }
  return words;
}
