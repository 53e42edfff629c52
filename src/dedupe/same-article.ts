import { type Fingerprint, isHeadlineAlone } from './fingerprint.ts';
import { shared } from './number-set.ts';

/** Whether two texts can be versions of one article, where something else (the page's own word) already says so. */
export function sameArticle(a: Fingerprint, b: Fingerprint): boolean {
  const smaller = Math.min(a.shingles.length, b.shingles.length);
  const untold = isHeadlineAlone(a) || isHeadlineAlone(b);
  const common = shared(a.shingles, b.shingles);
  if (!untold && (smaller === 0 || common >= 0.3 * smaller)) return true;
  // Parts of a daily series have alike headlines and one canonical address, but no sentence in common.
  if (!untold && common < 0.05 * smaller) return false;
  const words = Math.min(a.headline.length, b.headline.length);
  return words > 0 && shared(a.headline, b.headline) >= 0.75 * words;
}
