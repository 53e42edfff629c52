import type { Db } from '../store/db.ts';
import { articlesBySeq } from '../store/read/articles.ts';
import { foundWords } from '../store/read/found-words.ts';
import type { StoryCard } from '../store/read/story-cards.ts';
import { aroundFound, wordsIn } from './highlight.ts';
import { mayRead, type Names } from './names.ts';
import { standfirst } from './pages/labels.ts';

/** What a search found in the stories of a page. */
export interface SearchHits {
  /** The words to mark, in lower case. */
  readonly words: ReadonlySet<string>;
  /** By the article's id, the part of its text around the hit, where neither headline nor summary shows one and the text may be read. */
  readonly around: ReadonlyMap<string, string>;
}

const nothing: SearchHits = { words: new Set(), around: new Map() };
/** Characters of a text in which a hit is looked for. */
const longest = 40_000;

/** @param operator whether the one who asks may read every text */
export async function searchHits(
  db: Db,
  query: string | undefined,
  cards: readonly StoryCard[],
  names: Names,
  operator: boolean,
): Promise<SearchHits> {
  if (query === undefined || cards.length === 0) return nothing;
  const faces = cards.map(({ face }) => face);
  const shown = faces.map((face) => ({ face, words: wordsIn(`${face.title} ${standfirst(face)}`) }));
  const wanted = (lang: string, words: readonly string[]) => words.map((word) => ({ word, lang }));
  const first = await foundWords(
    db,
    query,
    shown.flatMap(({ face, words }) => wanted(face.lang, words)),
  );
  const hidden = shown.filter(({ words }) => !words.some((word) => first.has(word))).map(({ face }) => face.seq);
  const texts = (await articlesBySeq(db, hidden)).filter((article) => mayRead(article, names, operator));
  const inTexts = texts.flatMap(({ lang, text }) => wanted(lang, wordsIn(text.slice(0, longest))));
  const words = inTexts.length === 0 ? first : first.union(await foundWords(db, query, inTexts));
  const around = texts.flatMap(({ id, text }) => {
    const part = aroundFound(text.slice(0, longest), words);
    return part === undefined ? [] : [[id, part] as const];
  });
  return { words, around: new Map(around) };
}
