import { plainLetters, unspaced } from './morphology.ts';

/**
 * The units that carry a topic, as the weights know them: words in English; the first six letters of a word where words are
 * bent; pairs of characters where words are not set apart. Lower case.
 */
export interface TopicWord {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

const word = /[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:[.'’&-][\p{L}\p{M}\p{N}]+)*/gu;
const plainWord = /[\p{L}\p{M}][\p{L}\p{M}\p{N}]+/gu;
const stemLength = 6;

const isIdeographic = (lang: string): boolean => unspaced.has(lang) || lang === 'ko';

export function topicWords(text: string, lang: string, known: (key: string) => boolean): TopicWord[] {
  const lower = text.toLowerCase();
  const found: TopicWord[] = [];
  if (lang === 'en') {
    for (const match of lower.matchAll(word)) {
      const start = match.index;
      if (known(match[0])) found.push({ key: match[0], start, end: start + match[0].length });
      // 'climate-related' and "minister's" are known by their parts.
      else if (/[.'’&-]/.test(match[0])) {
        for (const part of match[0].matchAll(plainWord)) {
          if (known(part[0]))
            found.push({ key: part[0], start: start + part.index, end: start + part.index + part[0].length });
        }
      }
    }
    return found;
  }
  for (const match of lower.matchAll(plainWord)) {
    const start = match.index;
    if (isIdeographic(lang)) {
      for (let i = 0; i + 1 < match[0].length; i++) {
        const key = match[0].slice(i, i + 2);
        if (known(key)) found.push({ key, start: start + i, end: start + i + 2 });
      }
    } else {
      const key = plainLetters(match[0], lang).slice(0, stemLength);
      if (known(key)) found.push({ key, start, end: start + match[0].length });
    }
  }
  return found;
}
