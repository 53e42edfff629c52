/** A page of a corpus with what annotators say of it. */
export interface Gold {
  readonly id: string;
  readonly url: string;
  readonly domain?: string;
  readonly text?: string;
  readonly text_nosummary?: string;
  readonly paragraphs?: readonly string[];
  readonly optional?: readonly number[];
  readonly with?: readonly string[];
  readonly without?: readonly string[];
  readonly title?: string;
  readonly authors?: readonly string[];
  readonly author?: string;
  readonly date?: string;
  readonly lang?: string;
  readonly lead_image?: string | readonly string[];
}

/** Gold texts with and without the parts that the annotators call optional. */
export function variants(gold: Gold): string[] {
  const all = gold.text ?? '';
  if (gold.text_nosummary) return [all, gold.text_nosummary];
  if (gold.optional?.length && gold.paragraphs)
    return [
      all,
      gold.paragraphs
        .filter((_, i) => !gold.optional?.includes(i))
        .map((p) => p.replace(/^\[(.*)\]$/s, '$1'))
        .join('\n\n'),
    ];
  return [all];
}
