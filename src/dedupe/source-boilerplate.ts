import type { KnownArticle } from './dedupe-index.ts';
import type { Side } from './features.ts';

/** A shingle that a source used in so many other articles is its boilerplate, not this article’s own. */
const usesNeeded = 3;
const none: ReadonlySet<number> = new Set();

/**
 * Shingles that the newcomer shares with several articles of its own or the known article’s source besides the known one: the wording
 * of a daily report, a standing block. The candidates are just the articles that share much with the newcomer, so no other memory of
 * a source's wording is needed.
 */
export function sourceBoilerplate(
  newcomer: Side,
  known: KnownArticle,
  candidates: readonly KnownArticle[],
): ReadonlySet<number> {
  const siblings = candidates.filter(
    (one) => one !== known && (one.source === newcomer.source || one.source === known.source),
  );
  if (siblings.length < usesNeeded) return none;
  const uses = new Map<number, number>();
  for (const sibling of siblings) {
    for (const shingle of sibling.fingerprint.shingles) uses.set(shingle, (uses.get(shingle) ?? 0) + 1);
  }
  return new Set([...uses].filter(([, count]) => count >= usesNeeded).map(([shingle]) => shingle));
}
