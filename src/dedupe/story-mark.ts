import type { Instant } from '../domain/article.ts';
import { hashWord } from './hash.ts';
import { type NumberSet, numberSet } from './number-set.ts';
import { rarity } from './rarity.ts';
import { type TermCounts, wordForm } from './story-terms.ts';
import type { Words } from './words.ts';

/** A name of a headline. */
export interface HeadlineName {
  /** As a term of the story: how common it is. */
  readonly term: number;
  /** Its beginning, hashed. */
  readonly stem: number;
  /** How rare it is, 0…1; 1 until it is weighed. */
  readonly weight: number;
}

/** What tells an event from another of its kind: the headline and the lead in order, and which names the headline has. All hashed. */
export interface Outline {
  /** Words, runs of characters where the script has no spaces; what holds a number is odd, all else even. */
  readonly headline: Int32Array;
  readonly lead: Int32Array;
  readonly names: readonly HeadlineName[];
  /** Beginnings of the words of headline and text. */
  readonly stems: NumberSet;
}

/** An article as its story remembers it. */
export interface StoryMark extends Outline {
  readonly at: Instant | undefined;
  /** The source, hashed. */
  readonly source: number;
}

/** Where the script has no spaces. Single characters stand elsewhere in the other text too. */
const charactersInRun = 2;
const headlineWords = 30;
const leadWords = 45;
const namesKept = 12;
const stemsKept = 160;
const wordsAsked = 260;
const namesAsked = 400;
/** From this share on the capitals of a headline are its style and mark no names. */
const allCapitals = 0.6;

const number = /\p{Nd}|[〇零一二三四五六七八九十百千两兩]/u;
const digit = /^\p{Nd}/u;

/** A name changes its end with its case (`Šapcu`, `Шапца`): two are one when they begin alike. */
export const stemOf = (word: string): number =>
  ~hashWord(word.slice(0, word.length > 6 ? 5 : Math.max(3, word.length - 2)));

/** @param title, text of an article, the text empty where there is but a headline */
export function outlineOf(title: Words, text: Words): Outline {
  const form = wordForm(text.all.length > 0 ? text : title);
  const tokens = ({ all, spaced }: Words, limit: number): Int32Array => {
    const first = all.slice(0, limit);
    const runs = spaced ? first.map(form) : first.map((_, at) => all.slice(at, at + charactersInRun).join(''));
    return Int32Array.from(runs, (run) => (hashWord(run) & ~1) | (number.test(run) ? 1 : 0));
  };
  const stems = new Set<number>();
  for (const word of [...title.all, ...text.all.slice(0, wordsAsked)]) {
    if (stems.size === stemsKept) break;
    if (word.length > 2) stems.add(stemOf(form(word)));
  }
  const names = namesOf(title, text).slice(0, namesKept).map(form);
  return {
    headline: tokens(title, headlineWords),
    lead: tokens(text, leadWords),
    names: names.map((name) => ({ term: hashWord(name), stem: stemOf(name), weight: 1 })),
    stems: numberSet(stems),
  };
}

/** Words of a headline with a capital there, or in the text where that is more than a headline's style or a sentence's beginning. */
function namesOf(title: Words, text: Words): string[] {
  const inTitle = new Set(title.names);
  const inText = new Set(text.names.slice(0, namesAsked));
  const words = title.all.filter((word) => !digit.test(word));
  const style = words.filter((word) => inTitle.has(word)).length > allCapitals * (words.length - 1);
  return [...new Set(words)].filter((word) => inText.has(word) || (!style && inTitle.has(word)));
}

/** Weighs the names of a headline: a word that many articles have tells no event. */
export function weighed(mark: StoryMark, counts: TermCounts): StoryMark {
  const rarest = rarity(0, { articles: counts.articles, holding: new Map() });
  const names = mark.names.map((name) => ({ ...name, weight: Math.min(1, rarity(name.term, counts) / rarest) }));
  return { ...mark, names };
}
