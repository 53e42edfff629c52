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

const wordCharacter = /^[\p{L}\p{M}\p{N}]$/u;
/** For each UTF-16 unit whether it belongs to words: 0 not yet asked, 1 no, 2 yes. */
const classes = new Uint8Array(65_536);

/** How many units of the text from here on are one letter, mark or digit: 0, 1, or 2 for what lies beyond 16 bits. */
function wordUnits(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit >= 0xd800 && unit <= 0xdbff) return wordCharacter.test(text.slice(at, at + 2)) ? 2 : 0;
  if (classes[unit] === 0) classes[unit] = wordCharacter.test(String.fromCharCode(unit)) ? 2 : 1;
  return classes[unit] === 2 ? 1 : 0;
}

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
  for (let start = 0; start < text.length; ) {
    let end = start;
    for (let units = wordUnits(text, end); units > 0; units = end < text.length ? wordUnits(text, end) : 0)
      end += units;
    if (end === start) {
      start++;
      continue;
    }
    // Not a slice of the whole text in lower case: V8 (13.6) then makes the whole small again for every word.
    const raw = text.slice(start, end);
    const key = raw.toLowerCase();
    const initial = raw.charAt(0);
    const large = initial !== key.charAt(0);
    words.push({
      key,
      start,
      end,
      capital: large || initial === initial.toUpperCase(),
      capitals: large ? capitals(raw) : 0,
      first: last === 0 || endsSentence(text, last, start),
    });
    last = end;
    start = end;
  }
  return words;
}
