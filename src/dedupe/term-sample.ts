import { type Fingerprint, isHeadlineAlone } from './fingerprint.ts';

const countedOneIn = 8;
const allCountUntil = 2000;

/**
 * For how many articles a new one counts when it is told how common a term is. After the first articles one in `countedOneIn` counts
 * for all, chosen by its first key, so that a retry does the same: a sample of a handful says nothing, and a row for each word of each
 * article would cost more than the article. How common a word is, is told by how many texts hold it: a headline alone does not count.
 * @param counted articles counted so far
 */
export function countsFor(fingerprint: Fingerprint, counted: number): number {
  if (isHeadlineAlone(fingerprint)) return 0;
  if (counted < allCountUntil) return 1;
  return ((fingerprint.keys[0] ?? 0) >>> 0) % countedOneIn === 0 ? countedOneIn : 0;
}
