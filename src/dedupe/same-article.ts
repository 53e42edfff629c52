import { type Fingerprint, isHeadlineAlone } from './fingerprint.ts';
import { shared } from './number-set.ts';

/** Whether two texts can be versions of one article, where something else (the page's own word) already says so. */
export function sameArticle(a: Fingerprint, b: Fingerprint): boolean {
  const smaller = Math.min(a.shingles.length, b.shingles.length);
  const untold = isHeadlineAlone(a) || isHeadlineAlone(b);
  // Parts of a daily series have alike headlines, one canonical address and the same turns of phrase: the text alone decides.
  if (!untold) return smaller === 0 || shared(a.shingles, b.shingles) >= 0.3 * smaller;
  const words = Math.min(a.headline.length, b.headline.length);
  return words > 0 && shared(a.headline, b.headline) >= 0.75 * words;
}
