import { unspacedScripts } from '../text/scripts.ts';

/** What a text is made of, as far as comparing it with another needs: words in lower case, numbers, names. */
export interface Words {
  /** Words and numbers in order: lower case, compatibility forms unified (NFKC), without punctuation. */
  readonly all: readonly string[];
  /** Where the script writes no spaces, each character stands as a word. */
  readonly spaced: boolean;
  /** Numbers as written with digits, separators of thousands removed: `1,200.5` → `1200.5`. */
  readonly numbers: readonly string[];
  /** Words with a capital that do not open a sentence, lower case. */
  readonly names: readonly string[];
}

/** By script, not by script extensions as elsewhere: the words are stored as fingerprints, so they stay as they were first cut. */
const unspaced = unspacedScripts.map((script) => `\\p{sc=${script}}`).join('');
const word = new RegExp(`[${unspaced}]|\\p{Nd}+(?:[.,]\\p{Nd}+)*|(?:(?![${unspaced}])[\\p{L}\\p{M}])+`, 'gu');
const unspacedStart = new RegExp(`^[${unspaced}]`, 'u');

/** Takes a text apart. Never throws; an empty text gives no words. */
export function wordsOf(text: string): Words {
  const plain = text.normalize('NFKC');
  const all: string[] = [];
  const numbers: string[] = [];
  const names: string[] = [];
  let characters = 0;
  let end = 0;
  for (const match of plain.matchAll(word)) {
    const found = match[0];
    const first = found.codePointAt(0) ?? 0;
    const opens = end === 0 || /[.!?:\n"“”„»«]/.test(plain.slice(end, match.index));
    end = match.index + found.length;
    const lower = found.toLowerCase();
    all.push(lower);
    if (first >= 0x0e00 && unspacedStart.test(found)) characters++;
    else if (/^\p{Nd}/u.test(found)) numbers.push(plainNumber(found));
    else if (!opens && lower !== found && found.length > 1) names.push(lower);
  }
  return { all, spaced: characters * 2 <= all.length, numbers, names };
}

/** `1,200` and `1.200` are twelve hundred in some country; a separator before exactly three digits is taken for one of thousands. */
function plainNumber(written: string): string {
  return written.replace(/[.,](?=\p{Nd}{3}(?!\p{Nd}))/gu, '').replace(',', '.');
}
