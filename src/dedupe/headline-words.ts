import { hashWord } from './hash.ts';
import { type NumberSet, numberSet } from './number-set.ts';
import type { Words } from './words.ts';

/** Words of form rather than matter are shorter than this. */
const shortest = 2;
/** Endings that inflect: `landing` and `lander` are about one thing. */
const endings = /(?:ings?|ers?|ed|es|s)$/;

/**
 * The words of a headline that carry the matter, each under its stem as it stands there. In scripts without spaces a word is a pair of
 * neighbouring characters.
 */
export function matterOf({ all, spaced }: Words): ReadonlyMap<string, string> {
  const words = spaced ? all : all.slice(1).map((character, index) => `${all[index]}${character}`);
  const stems = words.map(
    (word) => [word.length > 5 ? word.replace(endings, '') : word.replace(/s$/, ''), word] as const,
  );
  return new Map(stems.filter(([stem]) => stem.length >= shortest));
}

/** Keys by which a headline without a text is found among others of its kind: its words but the short ones, apart from keys of texts. */
export function headlineKeys(headline: Words): NumberSet {
  const stems = [...matterOf(headline).keys()];
  const telling = headline.spaced ? stems.filter((stem) => stem.length > 3 || /\p{Nd}/u.test(stem)) : stems;
  return numberSet(telling.map((stem) => hashWord(`headline: ${stem}`)));
}
