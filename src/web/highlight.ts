import { type Html, html } from './html.ts';

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });
const fold = (word: string): string => word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const wordsIn = (text: string): string[] =>
  [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => fold(segment));

/** The words that a search looks for, folded; those that it leaves out (`-word`, `-"a phrase"`) and its `or` are none. */
export const searchedWords = (query: string | undefined): ReadonlySet<string> =>
  new Set(wordsIn((query ?? '').replace(/(?<!\S)-(?:"[^"]*"?|\S+)/g, ' ')).filter((word) => word !== 'or'));

/** A text with the words that were searched for marked; marks and case of letters do not matter. */
export function highlight(text: string, words: ReadonlySet<string>): Html | string {
  if (words.size === 0) return text;
  const pieces = [...segmenter.segment(text)].map(({ segment, isWordLike }) =>
    isWordLike && words.has(fold(segment)) ? html`<mark>${segment}</mark>` : segment,
  );
  return html`${pieces}`;
}
