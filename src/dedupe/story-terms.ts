import { beginsCountry, countryAt } from '../text/country-names.ts';
import { fold } from '../text/fold.ts';
import { hashWord } from './hash.ts';
import type { Words } from './words.ts';

/** The words that tell a story from others: hash of the term → weight, not yet divided by how common the term is. */
export type StoryTerms = ReadonlyMap<number, number>;

/** How common terms are. */
export interface TermCounts {
  /** Articles counted. */
  readonly articles: number;
  /** How many of them hold the term; nothing, or 0, where none does. */
  readonly holding: { get(term: number): number | undefined };
}

const headlineWeight = 3;
const leadWeight = 1.5;
const leadWords = 100;
const nameWeight = 2;
/**
 * Two similar events are told apart by their figures: which year, how many. On the pairs of one topic of ECB+ a regression (five-fold,
 * by topic) gives them as much weight as all other words; at 3 the stories' BCubed F1 is .922, at 1 .916, on halves of the topics .952
 * and .891 after .941 and .889.
 */
const figureWeight = 3;
const digit = /^\p{Nd}/u;
/** Most words begin with a letter of ASCII. */
const isFigure = (word: string): boolean => {
  const unit = word.charCodeAt(0);
  return unit < 128 ? unit >= 48 && unit <= 57 : digit.test(word);
};
/** Saturation of repeats (BM25's k1). At the usual 1.2 the actors of a story, named in every paragraph, count hardly more than 'the'. */
const k1 = 4;
/**
 * A syllable of a language that writes its words in syllables, to 1 for a pair of neighbours. On 316 Vietnamese articles (BCubed F1,
 * pair precision): syllables alone .912 / .66, pairs alone .878 / .99, both with this weight .958 / .95.
 */
const syllableWeight = 1.5;

/**
 * Terms of an article: its words, folded; in Vietnamese syllables and pairs of them; in scripts without spaces runs of neighbouring characters.
 * A country is one term in all languages.
 *
 * Stories in the store are sums of these terms: whoever changes what a term is adds a migration that forgets them (see
 * `migrations/015-story-terms.ts`), or old and new ones would be compared.
 */
export function storyTerms(title: Words, text: Words): StoryTerms {
  const counts = new Map<number, number>();
  const names = new Set([...title.names, ...text.names]);
  const termsAt = cutterOf(text.all.length > 0 ? text : title);
  const add = (words: Words, weightAt: (index: number) => number): void => {
    words.all.forEach((word, index) => {
      const base = weightAt(index) * (names.has(word) ? nameWeight : isFigure(word) ? figureWeight : 1);
      termsAt(words.all, index, (term, weight = 1) => {
        counts.set(term, (counts.get(term) ?? 0) + base * weight);
      });
    });
  };
  add(title, () => headlineWeight);
  add(text, (index) => (index < leadWords ? leadWeight : 1));
  for (const [term, count] of counts) counts.set(term, (count * (k1 + 1)) / (count + k1));
  return counts;
}

/** Gives the terms that begin with the word at an index; the weight is 1 where none is given. */
type Cutter = (words: readonly string[], index: number, give: (term: number, weight?: number) => void) => void;

/** Letters that Vietnamese alone has: a vowel with a tone and another mark, or with a horn. */
const vietnamese = /[\u1ea0-\u1ef9\u01a1\u01b0]/;
/** More than a third of the words of a Vietnamese text hold one; so many of the first words must. */
const vietnameseShare = 0.15;
const wordsAsked = 200;
/** Scripts whose characters are letters, not syllables or words: four of them are about two syllables. */
const lettered = /^[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

function cutterOf(words: Words): Cutter {
  if (!words.spaced) return runsOfCharacters;
  return isVietnamese(words) ? syllables : singleWords;
}

const asked = new WeakMap<Words, boolean>();

function isVietnamese(words: Words): boolean {
  const known = asked.get(words);
  if (known !== undefined) return known;
  const first = words.all.slice(0, wordsAsked);
  const is = first.filter((word) => vietnamese.test(word)).length > vietnameseShare * first.length;
  asked.set(words, is);
  return is;
}

/** How a word of a text is compared: folded, so that one story is found in Latin, Cyrillic and Greek; in Vietnamese marks tell words apart. */
export const wordForm = (words: Words): ((word: string) => string) =>
  !words.spaced || isVietnamese(words) ? (word) => word : folded;

const beyondAscii = /[^\p{ASCII}]/u;
/** Words come again and again, in other articles too; to fold each anew took a third of a fingerprint's time. */
const foldedWords = new Map<string, string>();
const wordsRemembered = 50_000;

/** @param word in lower case already */
function folded(word: string): string {
  if (!beyondAscii.test(word)) return word;
  const known = foldedWords.get(word);
  if (known !== undefined) return known;
  if (foldedWords.size >= wordsRemembered) foldedWords.clear();
  const form = fold(word);
  foldedWords.set(word, form);
  return form;
}

/** Words that begin no country's name, and what they are as terms. */
const plainTerms = new Map<string, number>();
const termsRemembered = 20_000;

const singleWords: Cutter = (words, index, give) => {
  const word = words[index] ?? '';
  const known = plainTerms.get(word);
  if (known !== undefined) return give(known);
  const country = countryAt(word, words[index + 1]);
  if (country !== undefined) give(hashWord(`country: ${country}`));
  else if (word.length >= 2) give(plainTerm(word));
};

function plainTerm(word: string): number {
  const term = hashWord(folded(word));
  if (beginsCountry(word)) return term;
  if (plainTerms.size >= termsRemembered) plainTerms.clear();
  plainTerms.set(word, term);
  return term;
}

const syllables: Cutter = (words, index, give) => {
  const [word = '', next] = [words[index], words[index + 1]];
  const country = countryAt(word, next);
  if (country !== undefined) return give(hashWord(`country: ${country}`));
  if (word.length >= 2) give(hashWord(word), syllableWeight);
  if (next !== undefined) give(hashWord(`${word} ${next}`));
};

const runsOfCharacters: Cutter = (words, index, give) => {
  const length = lettered.test(words[index] ?? '') ? 4 : 2;
  if (index + length <= words.length) give(hashWord(words.slice(index, index + length).join('')));
};
