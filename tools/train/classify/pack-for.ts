import { topicWords } from '../../../src/classify/topic-words.ts';
import { topics } from '../../../src/classify/topics.ts';
import type { Document } from './documents.ts';
import { pack, strongest } from './pack.ts';
import type { Trained } from './softmax.ts';

/** Words kept for English, for Chinese, for other languages with a dictionary, with news texts, and for those with sentences alone. */
const kept = { en: 20_000, zh: 5000, translated: 5000, news: 680, sentences: 300 };
/** Sets whose texts are no news. */
const noNews = new Set(['sib', 'iptc', 'lexicon']);

/** Frequent words are worth their place even where they say little: by their rank among all. */
const worthOf = (rank: number): number => 1 / Math.sqrt(rank + 2000);

/** What the English table that is shipped says: the words that it leaves out are rare, and only guessed from their vectors. */
export const englishWords = (model: Trained) => strongest(model, kept.en, worthOf);

/** The table of a language: the words of our list, where there is one, and of the others those that say most. */
export function packFor(model: Trained, lang: string, documents: readonly Document[]) {
  if (lang === 'en') return pack(model, kept.en, worthOf);
  if (lang === 'zh') return pack(model, kept.zh, () => 1);
  const listed = new Set<string>();
  let hasNews = false;
  for (const document of documents) {
    if (document.lang !== lang) continue;
    if (!noNews.has(document.source)) hasNews = true;
    if (document.source !== 'lexicon') continue;
    for (const { key } of topicWords(document.title, lang, () => 0)) listed.add(key);
  }
  // Words of sentences on all subjects of the world crowd out those of the list: on German articles 69 % right with them, 75 % without.
  const { words, told } = model.vocabulary;
  const others = told ? kept.translated : hasNews ? kept.news : listed.size === 0 ? kept.sentences : 0;
  const isTold = (row: number): boolean =>
    told?.subarray(row * topics.length, (row + 1) * topics.length).some(Boolean) === true;
  const useful = (row: number): number => {
    if (listed.has(words[row] as string)) return 1000;
    if (!told) return 1;
    return hasNews || isTold(row) ? 1 : 0;
  };
  return pack(model, listed.size + others, useful);
}
