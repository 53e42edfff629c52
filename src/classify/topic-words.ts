import { plainLetters, unspaced } from './morphology.ts';

/**
 * The units that carry a topic, as the weights know them: words in English; the first six letters of a word where words are
 * bent; pairs of characters where words are not set apart. Lower case.
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

const isIdeographic = (lang: string): boolean => unspaced.has(lang) || lang === 'ko';

/** @param rowOf number of a key; negative for one that is not known, which is left out */
export function topicWords(text: string, lang: string, rowOf: (key: string) => number): TopicWord[] {
  const lower = text.toLowerCase();
  const found: TopicWord[] = [];
  const note = (key: string, start: number, end = start + key.length): boolean => {
    const row = rowOf(key);
    if (row >= 0) found.push({ key, row, start, end });
    return row >= 0;
  };
  if (lang === 'en') {
    for (const match of lower.matchAll(word)) {
      // 'climate-related' and "minister's" are known by their parts.
      if (note(match[0], match.index) || !/[.'’&-]/.test(match[0])) continue;
      for (const part of match[0].matchAll(plainWord)) note(part[0], match.index + part.index);
    }
    return found;
  }
  for (const { 0: run, index } of lower.matchAll(plainWord)) {
    if (isIdeographic(lang)) for (let i = 0; i + 1 < run.length; i++) note(run.slice(i, i + 2), index + i);
    else note(plainLetters(run, lang).slice(0, stemLength), index, index + run.length);
  }
  return found;
}
