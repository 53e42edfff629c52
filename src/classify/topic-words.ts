import { unspacedLanguages } from '../text/scripts.ts';
import { plainLetters } from './morphology.ts';

/**
 * The units that carry a topic, as the weights know them: words in English; the first six letters of a word where words are bent, seven
 * where they are written together; pairs of characters where words are not set apart. Lower case.
 */
export interface TopicWord {
  readonly key: string;
  /** Number of the key among those that are known. */
  readonly row: number;
  readonly start: number;
  readonly end: number;
}

const word = /[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:[.'’&-][\p{L}\p{M}\p{N}]+)*/gu;
const plainWord = /[\p{L}\p{M}][\p{L}\p{M}\p{N}]+/gu;
const stemLength = 6;
/**
 * Where nouns are written together six letters often end before the second noun begins: 'Bundesrat' and 'Bundesliga' are two words. German
 * articles of which seven in ten are answered: 81 % right with six, 83 with seven, 82 with eight.
 */
const compoundStemLength = 7;
const compounding = new Set(['da', 'de', 'nl', 'no', 'sv']);

const isIdeographic = (lang: string): boolean => unspacedLanguages.has(lang) || lang === 'ko';

/** @param rowOf number of a key; negative for one that is not known, which is left out */
export function topicWords(text: string, lang: string, rowOf: (key: string) => number): TopicWord[] {
  const lower = text.toLowerCase();
  // 'İ' alone becomes two characters, and what comes after it would be out of place: there each word is made small by itself.
  const inPlace = lower.length === text.length ? lower : text;
  const small = (word: string): string => (inPlace === lower ? word : word.toLowerCase());
  const found: TopicWord[] = [];
  const note = (key: string, start: number, end: number): boolean => {
    const row = rowOf(key);
    if (row >= 0) found.push({ key, row, start, end });
    return row >= 0;
  };
  if (lang === 'en') {
    for (const { 0: whole, index } of inPlace.matchAll(word)) {
      // 'climate-related' and "minister's" are known by their parts.
      if (note(small(whole), index, index + whole.length) || !/[.'’&-]/.test(whole)) continue;
      for (const { 0: part, index: within } of whole.matchAll(plainWord))
        note(small(part), index + within, index + within + part.length);
    }
    return found;
  }
  const length = compounding.has(lang) ? compoundStemLength : stemLength;
  for (const { 0: run, index } of inPlace.matchAll(plainWord)) {
    if (isIdeographic(lang))
      for (let i = 0; i + 1 < run.length; i++) note(small(run.slice(i, i + 2)), index + i, index + i + 2);
    else note(plainLetters(small(run), lang).slice(0, length), index, index + run.length);
  }
  return found;
}
