/** A word or a phrase of a search, as it was typed. */
export interface SearchTerm {
  readonly text: string;
  readonly isPhrase: boolean;
}

/** What must stand in a text, and what must not. */
export interface SearchGroup {
  readonly all: readonly SearchTerm[];
  readonly none: readonly SearchTerm[];
}

/** A longer search is cut: each word costs a look-up for each language. */
const mostTerms = 24;
const longestTerm = 200;

const part = /(-?)"([^"]*)(?:"|$)|(\S+)/gu;
const hasWord = /[\p{L}\p{N}]/u;

/**
 * Reads a search: words that must all stand in the text, `"a phrase"`, `-word` and `-"a phrase"` that must not, `or` between what may
 * stand for one another. Never fails; signs alone are no words. A text fits when it fits one of the groups.
 */
export function readSearch(query: string): readonly SearchGroup[] {
  const groups: { all: SearchTerm[]; none: SearchTerm[] }[] = [{ all: [], none: [] }];
  let terms = 0;
  for (const [, minus, phrase, word] of query.replaceAll('\0', '').matchAll(part)) {
    if (word !== undefined && word.toLowerCase() === 'or') {
      groups.push({ all: [], none: [] });
      continue;
    }
    const isNot = minus === '-' || (word !== undefined && /^-./.test(word));
    const text = (phrase ?? word?.replace(/^-(?=.)/, '') ?? '').slice(0, longestTerm);
    if (!hasWord.test(text) || terms++ >= mostTerms) continue;
    groups.at(-1)?.[isNot ? 'none' : 'all'].push({ text, isPhrase: phrase !== undefined });
  }
  return groups.filter(({ all, none }) => all.length + none.length > 0);
}
