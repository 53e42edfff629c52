import { createHash } from 'node:crypto';
import { hashWord, shingleHashes } from './hash.ts';
import { headlineKeys } from './headline-words.ts';
import { keysOf } from './keys.ts';
import { type NumberSet, numberSet } from './number-set.ts';
import { type Outline, outlineOf } from './story-mark.ts';
import { type StoryTerms, storyTerms } from './story-terms.ts';
import { wordsOf } from './words.ts';

/** What is compared of an article instead of its text. */
export interface Fingerprint {
  /**
   * 128 bits of SHA-256 over the words, in hexadecimal: equal for texts that differ in punctuation, case and white space only. In a
   * short text the headline counts too: a line such as 'Watch the video' stands under many. Undefined for an empty text.
   */
  readonly textHash: string | undefined;
  /** Number of words (characters in scripts without spaces). */
  readonly length: number;
  /** A sample of the shingles by which candidates are found in an index (see `keysOf`); of a headline alone its words. */
  readonly keys: NumberSet;
  /** All short shingles, by which a candidate is verified. */
  readonly shingles: NumberSet;
  /** The same in order of the text, with repeats. */
  readonly ordered: Int32Array;
  /** Shingles of the first 50 words. */
  readonly lead: NumberSet;
  /** Words of the headline. */
  readonly headline: NumberSet;
  readonly numbers: NumberSet;
  /** Numbers written with digits, repeats counted, per word of the text. */
  readonly numberDensity: number;
  readonly names: NumberSet;
  readonly terms: StoryTerms;
  readonly outline: Outline;
}

/** Words of a key and of a verifying shingle. In scripts without spaces both are six characters. */
const keySize = 5;
const shingleSize = 3;
const characterSize = 6;
const leadWords = 50;
/** A text of so many words is not found under two headlines by chance. */
const speaksForItself = 40;

/** Whether nothing but the headline is known: the source gives no more. */
export const isHeadlineAlone = (fingerprint: Pick<Fingerprint, 'length'>): boolean => fingerprint.length === 0;

/** Fingerprint of an article's headline and plain text. Never throws. */
export function fingerprintOf(title: string, text: string): Fingerprint {
  const heading = wordsOf(title);
  const words = wordsOf(text);
  const hashes = words.all.map(hashWord);
  const shingles = shingleHashes(hashes, words.spaced ? shingleSize : characterSize);
  return {
    textHash: textHash(words.all, heading.all),
    length: hashes.length,
    keys:
      hashes.length === 0 ? headlineKeys(heading) : keysOf(words.spaced ? shingleHashes(hashes, keySize) : shingles),
    shingles: numberSet(shingles),
    ordered: shingles,
    lead: numberSet(shingles.subarray(0, leadWords)),
    headline: numberSet(heading.all.map(hashWord)),
    numbers: numberSet(words.numbers.map(hashWord)),
    numberDensity: hashes.length === 0 ? 0 : words.numbers.length / hashes.length,
    names: numberSet(words.names.map(hashWord)),
    terms: storyTerms(heading, words),
    outline: outlineOf(heading, words),
  };
}

function textHash(words: readonly string[], heading: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const text = words.length < speaksForItself ? [...heading, '\n', ...words] : words;
  return createHash('sha256').update(text.join(' ')).digest('hex').slice(0, 32);
}
