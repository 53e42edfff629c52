import { unspacedLanguages } from '../text/scripts.ts';
import type { Name } from './gazetteer.ts';
import type { Word } from './words.ts';

/** A place, people or institution named in a text. */
export interface Mention {
  /** ISO 3166-1 alpha-2 or a region's id. */
  readonly code: string;
  /** `listing` is the stock exchange of a company: like a hint, but a strong one. */
  readonly kind: Name['kind'] | 'listing';
  readonly rank: number;
  readonly start: number;
  readonly end: number;
}

/** A name found in the text with all its readings, before it is known which is meant. */
export interface Find {
  readonly readings: readonly Name[];
  readonly first: number;
  /** Index of the word after the name. */
  readonly after: number;
  readonly start: number;
  readonly end: number;
}

/** What is known of the article besides its text. */
export interface MentionContext {
  readonly lang: string;
  /** ISO 3166-1 alpha-2 country of the source: it tells which of two namesakes is meant, but is no mention. */
  readonly country?: string | undefined;
  /** Year of the article: a head of state names a country while in office. */
  readonly year?: number | undefined;
}

/** A text with the names that were found in it. */
export interface Passage {
  readonly text: string;
  readonly words: readonly Word[];
  readonly finds: readonly Find[];
  readonly context: MentionContext;
}

/** Whether a word in capitals stands among others: there 'US' may be 'us'. */
export const shouted = (words: readonly Word[], at: number): boolean =>
  [at - 1, at + 1].some((other) => isShout(words[at]) && isShout(words[other]));

export const isShout = (word: Word | undefined): boolean =>
  word !== undefined && word.capitals === word.end - word.start;

/** Kinds of names that say where, and not who or what. */
const placeKinds = new Set<Mention['kind']>(['name', 'adjective', 'city', 'area']);

/** The places among the mentions; none in languages without spaces, where a name is a part of what is said ('中国队', the team). */
export const placesAmong = (mentions: readonly Mention[], lang: string): readonly Mention[] =>
  unspacedLanguages.has(lang) ? [] : mentions.filter(({ kind }) => placeKinds.has(kind));
