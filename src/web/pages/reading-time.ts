import { countWords } from '../../text/words.ts';

/** Words that grown people read in a minute, silently: 238 in English (Brysbaert 2019), fewer in languages of longer words. */
const wordsAMinute = 220;

/** How long a text takes to read. */
export const readingTime = (text: string): string =>
  `${Math.max(1, Math.round(countWords(text) / wordsAMinute))} min read`;
