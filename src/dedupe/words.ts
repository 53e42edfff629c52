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
const unspacedScript = new RegExp(`^[${unspacedScripts.map((script) => `\\p{sc=${script}}`).join('')}]`, 'u');
const digit = /^\p{Nd}/u;
const letterOrMark = /^[\p{L}\p{M}]/u;

/** Kinds of characters, as bits: a digit may be of a script without spaces. */
const isUnspaced = 1;
const isDigit = 2;
const isLetter = 4;
const asked = 8;
/** Kinds of the characters of the basic plane, found out when they are first met: a pattern would be asked for each of a text. */
const kinds = new Uint8Array(65_536);

function kindOf(character: string): number {
  const unspaced = unspacedScript.test(character);
  return (
    (unspaced ? isUnspaced : 0) |
    (digit.test(character) ? isDigit : 0) |
    (!unspaced && letterOrMark.test(character) ? isLetter : 0)
  );
}

/** The kind of the character that begins at an index. */
function kindAt(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  if (unit >= 0xd800 && unit < 0xe000) return kindOf(String.fromCodePoint(text.codePointAt(index) ?? 0));
  const known = kinds[unit] ?? 0;
  if (known !== 0) return known;
  const kind = kindOf(text.charAt(index)) | asked;
  kinds[unit] = kind;
  return kind;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
/** Where the character after the one at an index begins. */
const after = (text: string, index: number): number =>
  isHigh(text.charCodeAt(index)) && (text.codePointAt(index) ?? 0) > 0xffff ? index + 2 : index + 1;

/** The end of a run of characters of a kind. */
function endOfRun(text: string, start: number, kind: number): number {
  let end = start;
  while (end < text.length && (kindAt(text, end) & kind) !== 0) end = after(text, end);
  return end;
}

/** The end of a number: digits, and more of them after a point or comma. */
function endOfNumber(text: string, start: number): number {
  for (let end = endOfRun(text, start, isDigit); ; ) {
    const separator = text[end];
    const more = separator === '.' || separator === ',' ? endOfRun(text, end + 1, isDigit) : end + 1;
    if (more === end + 1) return end;
    end = more;
  }
}

/** What opens a sentence or a quotation: a capital after it is no sign of a name. */
const openers = new Set('.!?:\n"“”„»«');

/**
 * Takes a text apart. Never throws; an empty text gives no words. It goes through the text itself: one pattern for all words took
 * more than twice as long. A test compares the two.
 */
export function wordsOf(text: string): Words {
  const plain = text.normalize('NFKC');
  const all: string[] = [];
  const numbers: string[] = [];
  const names: string[] = [];
  let characters = 0;
  let opens = true;
  for (let index = 0; index < plain.length; ) {
    const kind = kindAt(plain, index);
    if ((kind & (isUnspaced | isDigit | isLetter)) === 0) {
      opens ||= openers.has(plain.charAt(index));
      index = after(plain, index);
      continue;
    }
    const start = index;
    if (kind & isUnspaced) {
      index = after(plain, start);
      characters++;
      all.push(plain.slice(start, index).toLowerCase());
    } else if (kind & isDigit) {
      index = endOfNumber(plain, start);
      const found = plain.slice(start, index);
      all.push(found.toLowerCase());
      numbers.push(plainNumber(found));
    } else {
      index = endOfRun(plain, start, isLetter);
      const found = plain.slice(start, index);
      const lower = found.toLowerCase();
      all.push(lower);
      if (!opens && lower !== found && found.length > 1) names.push(lower);
    }
    opens = false;
  }
  return { all, spaced: characters * 2 <= all.length, numbers, names };
}

/** `1,200` and `1.200` are twelve hundred in some country; a separator before exactly three digits is taken for one of thousands. */
function plainNumber(written: string): string {
  return written.replace(/[.,](?=\p{Nd}{3}(?!\p{Nd}))/gu, '').replace(',', '.');
}
