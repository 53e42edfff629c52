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
  /** How many capitals it begins with, where the rest is no longer than an ending: 3 in 'USA', 'USAs'; 0 in other words. */
  readonly capitals: number;
}

const run = /[\p{L}\p{M}\p{N}]+/gu;
const sentenceEnd = /[.!?…:;"“”«»„\n\r|•–—]/;

/** Most gaps are one space: they are told without a regular expression. */
function endsSentence(text: string, from: number, to: number): boolean {
  if (to - from === 1 && text.charCodeAt(from) === 32) return false;
  return sentenceEnd.test(text.slice(from, to));
}

const acronym = /^(\p{Lu}{2,})\p{Ll}{0,3}$/u;
const capitals = (raw: string): number => {
  const second = raw.charCodeAt(1);
  // Nearly every word ends this test at its second letter.
  return second >= 97 && second <= 122 ? 0 : (acronym.exec(raw)?.[1]?.length ?? 0);
};

/** The words of a text in order. Punctuation is told only by the gaps between `end` and the next `start`. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let last = 0;
  for (const match of text.matchAll(run)) {
    const start = match.index;
    const raw = match[0];
    const end = start + raw.length;
    const initial = raw[0] as string;
    const key = raw.toLowerCase();
    words.push({
      key,
      start,
      end,
      capital: initial !== initial.toLowerCase() || initial === initial.toUpperCase(),
      capitals: raw !== key ? capitals(raw) : 0,
      first: last === 0 || endsSentence(text, last, start),
    });
    last = end;
  }
  return words;
}
