import type { Features } from './features.ts';

/**
 * Weather, markets, lottery, the column of every Monday: the same outlet, another day, and other numbers or a short item under the same
 * headline. Never a duplicate, however much of the text is the same. Thresholds measured on the development data, whose reports of one
 * series share up to 78 % of their text.
 */
export function isSeries(features: Features): boolean {
  if (!features.sameSource || features.hours <= 20) return false;
  return hasOtherNumbers(features) || isSameSlot(features);
}

/** The figures of another day. A long text that is all there, with most of its figures, is a correction and not a report. */
function hasOtherNumbers({ numberDensity, numbers, containment, shingles }: Features): boolean {
  const corrected = containment >= 0.92 && numbers >= 0.75 && shingles >= 150;
  return numberDensity >= 0.03 && numbers < 0.95 && !corrected;
}

/** A short item under a standing headline. A much longer text that holds the whole item is its full version. */
function isSameSlot({ shingles, headline, containment, lengthRatio }: Features): boolean {
  return shingles < 110 && headline >= 0.99 && containment < 0.97 && lengthRatio >= 0.6;
}
