import type { Label } from '../domain/article.ts';

/** A region as far as the roll-up needs it. */
interface Grouping {
  readonly id: string;
  readonly countries: readonly string[];
}

/**
 * The regions of the countries that an article is about, and those that the text names itself ('the Balkans').
 * A region is as sure as the surest of its countries; regions that the text names keep their own words as evidence.
 */
export function rollUp(countries: readonly Label[], named: readonly Label[], regions: readonly Grouping[]): Label[] {
  const labels = new Map<string, Label>(named.map((label) => [label.id, label]));
  for (const region of regions) {
    const members = countries.filter((country) => region.countries.includes(country.id));
    const best = members.reduce<Label | undefined>(
      (top, label) => (top && top.confidence >= label.confidence ? top : label),
      undefined,
    );
    if (!best || (labels.get(region.id)?.confidence ?? 0) >= best.confidence) continue;
    labels.set(region.id, {
      id: region.id,
      confidence: best.confidence,
      origin: best.origin,
      evidence: members.map((country) => country.id),
    });
  }
  return [...labels.values()].sort((a, b) => b.confidence - a.confidence);
}
