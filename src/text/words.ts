import { isUnspaced } from './scripts.ts';

/*
 * How texts are taken apart. One rule for what a word is (letters and marks, digits) and one list of scripts without spaces
 * (`scripts.ts`); the rooms differ where they must:
 * - here words are counted only, on every line of every page: by spaces, without Unicode's tables;
 * - `dedupe/words.ts` hashes them, and the hashes are stored: a change there would part every article from its earlier copies;
 * - `classify/words.ts` needs places and capitals, and `G20` in one piece, for names;
 * - `classify/function-words.ts` and `topic-words.ts` must cut as their trained lists were cut.
 */

/** White space as `\s` has it. */
export const isSpace = (code: number): boolean =>
  code === 0x20 ||
  (code >= 0x09 && code <= 0x0d) ||
  code === 0xa0 ||
  (code >= 0x1680 &&
    (code === 0x1680 ||
      (code >= 0x2000 && code <= 0x200a) ||
      code === 0x2028 ||
      code === 0x2029 ||
      code === 0x202f ||
      code === 0x205f ||
      code === 0x3000 ||
      code === 0xfeff));

/** Number of words in a text; two characters of Chinese, Japanese, Thai, Khmer, Lao or Burmese count as one. */
export function countWords(text: string): number {
  let words = 0;
  let dense = 0;
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 0x20 || code === 0xa0) inside = false;
    else if (isUnspaced(code)) {
      dense++;
      inside = false;
    } else if (!inside) {
      // A lone dash, bullet or bar is no word.
      if (code > 0x2f || text.charCodeAt(i + 1) > 0x2f) words++;
      inside = true;
    }
  }
  return words + dense / 2;
}

/** What folding makes of a UTF-16 unit: its letter or digit in lower case, or one of these signs, which no letter has; 0 before it is first asked. */
const foldedUnits = new Uint16Array(65_536);
const Sign = { apart: 1, gone: 2, hard: 3 } as const;

/** Units of the longest text that is folded in one pass, and the memory that holds the pass's letters. */
const longestFold = 32_768;
const letters = Buffer.alloc(longestFold * 2);
const letterUnits = new Uint16Array(letters.buffer, letters.byteOffset, longestFold);

/**
 * Letters and digits only, lower case, single spaces: for comparing what two places of a page say. One pass over a table; what a table cannot
 * tell (marks, which join the letter before them, and letters that are written as several) is left to `foldSlowly`.
 */
export function fold(text: string): string {
  if (text.length > longestFold) return foldSlowly(text);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const made = foldedUnits[unit] || learn(unit);
    if (made > Sign.hard) letterUnits[length++] = made;
    else if (made === Sign.hard) return foldSlowly(text);
    else if (made === Sign.apart && length > 0 && letterUnits[length - 1] !== 0x20) letterUnits[length++] = 0x20;
  }
  if (letterUnits[length - 1] === 0x20 && length > 0) length--;
  return letters.toString('utf16le', 0, length * 2);
}

/** What folding means: the rule that the table is filled by. */
const foldSlowly = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{M}\u00ad\u200b-\u200f\ufeff]+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Units that depend on their neighbours: marks, halves of characters, the parts of Korean syllables, and sigma, which ends a word otherwise. */
const dependent = /[\p{M}\p{Cs}\u03a3\u1100-\u11ff]/u;

function learn(unit: number): number {
  const character = String.fromCharCode(unit);
  const between = dependent.test(character) ? '' : foldSlowly(`a${character}b`);
  const letter = character.normalize('NFKC') === character ? character.toLowerCase() : '';
  let made: number = Sign.hard;
  if (between === 'a b') made = Sign.apart;
  else if (between === 'ab') made = Sign.gone;
  else if (letter.length === 1 && between === `a${letter}b`) made = letter.charCodeAt(0);
  foldedUnits[unit] = made;
  return made;
}

/** White space as single spaces; invisible characters gone. */
export const squeeze = (text: string): string =>
  text
    .replace(/[\u00ad\u200b\u2060\ufeff\u200e\u200f]/g, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
