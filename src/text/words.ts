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

/** Latin letters and the usual punctuation only: most lines, and no need for Unicode tables. */
const simple =
  /^[\s\u0020-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf-\u024f\u2010-\u2023\u2026-\u2030\u2032-\u203a\u20ac]*$/;

/** Letters and digits only, lower case, single spaces: for comparing what two places of a page say. */
export const fold = (text: string): string =>
  simple.test(text)
    ? foldSimple(text.toLowerCase())
    : text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\p{M}\u00ad\u200b-\u200f\ufeff]+/gu, '')
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();

function foldSimple(text: string): string {
  const seen = text.includes('\u00ad') ? text.replace(/\u00ad+/g, '') : text;
  // A single space between two letters stands for itself: most of what would match need not be touched.
  return seen.replace(notSimple, ' ').trim();
}
const notSimple =
  /(?: [^a-z0-9\u00b5\u00df-\u00f6\u00f8-\u024f]|[^ a-z0-9\u00b5\u00df-\u00f6\u00f8-\u024f])[^a-z0-9\u00b5\u00df-\u00f6\u00f8-\u024f]*/g;

/** White space as single spaces; invisible characters gone. */
export const squeeze = (text: string): string =>
  text
    .replace(/[\u00ad\u200b\u2060\ufeff\u200e\u200f]/g, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
