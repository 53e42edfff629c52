/** What counts for the weight of a story. */
export interface Standing {
  /** Outlets that tell it in words of their own: copies of an agency's text do not count. */
  readonly outlets: number;
  /** Languages in which it is told. */
  readonly langs: number;
  /** Countries where these outlets sit; 0 when unknown. */
  readonly countries: number;
  /** Its newest article. */
  readonly newestAt: Date;
}

/** After so many hours without a new article a story weighs half. */
export const halfLifeHours = 9;
/** Each further language or country adds a tenth, up to half. */
const perPlace = 0.1;
const mostForSpread = 0.5;

/**
 * The weight by which the front page chooses its top stories:
 *
 *   log2(outlets) × (1 + spread) × 2^(-hours since the newest article / 9)
 *
 * The logarithm, because the tenth outlet tells less about a story than the second; nothing for a single outlet. Spread is a tenth for
 * each language and country beyond the first, half at most.
 */
export function weightOf({ outlets, langs, countries, newestAt }: Standing, now: Date): number {
  const places = Math.max(0, langs - 1) + Math.max(0, countries - 1);
  const spread = Math.min(mostForSpread, perPlace * places);
  const hours = Math.max(0, now.getTime() - newestAt.getTime()) / 3_600_000;
  return Math.log2(Math.max(1, outlets)) * (1 + spread) * 2 ** (-hours / halfLifeHours);
}
