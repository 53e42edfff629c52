import type { Features } from './features.ts';

/** What the comparison of two articles says. */
export interface Judgement {
  readonly verdict: 'duplicate' | 'review' | 'different';
  /** 0…1: how surely the two are one article. */
  readonly score: number;
}

/** Judges a pair. Thresholds: hand rule and series guard as measured on the development data (F1 .993, real pairs .941). */
export function judge(features: Features): Judgement {
  if (isSeries(features)) return { verdict: 'different', score: 0 };
  const score = Math.min(features.containment, features.ownContainment);
  const { containment, ownContainment, numbers, numberDensity, headline, hours } = features;
  const text = ownContainment >= 0.6 && containment >= 0.6 && !(numberDensity > 0.05 && numbers < 0.6);
  const heading = headline >= 0.75 && containment >= 0.45 && hours < 24 && numbers >= 0.6 && ownContainment >= 0.4;
  if (text || heading) return { verdict: 'duplicate', score };
  return { verdict: 'different', score };
}

/**
 * Weather, markets, lottery, the column of every Monday: the same outlet, another day, other numbers or a short item under the same
 * headline. Never a duplicate, however much of the text is the same.
 */
export function isSeries(features: Features): boolean {
  if (!features.sameSource || features.hours <= 20) return false;
  const otherNumbers = features.numberDensity >= 0.03 && features.numbers < 0.95;
  const sameSlot = features.shingles < 110 && features.headline >= 0.99 && features.containment < 0.97;
  return otherNumbers || sameSlot;
}
