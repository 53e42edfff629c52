import lists from './data/function-words.json' with { type: 'json' };

/** Word → the languages in which it is frequent and in no other. */
const languagesOf = new Map<string, string[]>();
for (const [lang, words] of Object.entries(lists)) {
  for (const word of words.split(' ')) {
    const others = languagesOf.get(word);
    if (others) others.push(lang);
    else languagesOf.set(word, [lang]);
  }
}

/** The words of a text as the lists hold them: lower case, with what an apostrophe joins. */
export const plainWords = (text: string): string[] =>
  text.toLowerCase().match(/[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu) ?? [];

/** Share of the words of a text, and number, that must be in a language's list. */
const leastShare = 0.08;
const leastHits = 4;
const leastDistinct = 3;

/**
 * The language of a text by its most frequent words, for those of Africa that the model does not know or confuses; undefined for
 * all others and for less than a sentence or two.
 */
export function languageByWords(text: string): string | undefined {
  const words = plainWords(text);
  const hits = new Map<string, string[]>();
  for (const word of words) {
    for (const lang of languagesOf.get(word) ?? []) {
      const found = hits.get(lang);
      if (found) found.push(word);
      else hits.set(lang, [word]);
    }
  }
  const [best, second] = [...hits].sort((a, b) => b[1].length - a[1].length);
  if (!best || best[1].length < Math.max(leastHits, leastShare * words.length)) return undefined;
  if (new Set(best[1]).size < leastDistinct || best[1].length < 2 * (second?.[1].length ?? 0)) return undefined;
  return best[0];
}
