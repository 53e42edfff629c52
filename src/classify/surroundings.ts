import { homonyms, type Name } from './gazetteer.ts';
import { type Find, isShout, type Passage, shouted } from './mention.ts';
import {
  companyWords,
  givenNames,
  notPersonBefore,
  opensOtherwise,
  wordsAfterPlaces,
  wordsBeforePlaces,
} from './place-context.ts';
import { isLanguage } from './spoken.ts';
import { isStreet } from './street.ts';
import type { Word } from './words.ts';

/** What stands beside a name and tells whether it is a place. */
export interface Surroundings {
  /** The name is one word. */
  readonly single: boolean;
  /** At most three letters, none of them with a mark: 'Bar', 'Ica', but not 'Niš'. */
  readonly short: boolean;
  readonly afterComma: boolean;
  /** A capitalised word stands before it that makes it a person's name or a longer name: 'John Paris'. */
  readonly afterCapital: boolean;
  /** A capitalised word stands after it. */
  readonly followed: boolean;
  /** It is a given name and a capitalised word follows: 'Paris Hilton'. */
  readonly isGivenName: boolean;
  /** A word before or after it says that it is a place: 'in Reading', 'Reading police'. */
  readonly inPlace: boolean;
  /** The same, or it opens the text as a dateline does. */
  readonly placed: boolean;
  /** It opens the text, and a word in lower case follows: 'Mostar votes'. */
  readonly opens: boolean;
  /** It is a person's name or a noun too, or a company's. */
  readonly doubtful: boolean;
  readonly isHomonym: boolean;
  /** Its reading as a city of a million or more. */
  readonly metropolis: Name | undefined;
}

/** @returns undefined where the name is none: a share's short name, a part of a German compound, a street, a language */
export function surroundingsOf(find: Find, passage: Passage): Surroundings | undefined {
  if (isStreet(find, passage) || isLanguage(find, passage)) return undefined;
  const { text, words } = passage;
  const word = words[find.first] as Word;
  const previous = words[find.first - 1];
  const following = words[find.after];
  // '<CALI>' is how a share is called.
  if (isShout(word) && text[find.start - 1] === '<' && text[find.end] === '>') return undefined;
  // An 'US-Bundesrichter' is no German one.
  if (text[find.start - 1] === '-' && text.startsWith('Bundes', find.start)) return undefined;
  // Among capitals a capital tells nothing.
  const shout = shouted(words, find.first);
  const spaced = (left: Word, start: number): boolean => text.slice(left.end, start) === ' ';
  const followed = Boolean(
    !shout && following?.capital && !following.first && text.slice(find.end, following.start) === ' ',
  );
  const inPlace = wordsBeforePlaces.has(previous?.key ?? '') || wordsAfterPlaces.has(following?.key ?? '');
  return {
    single: find.after === find.first + 1,
    short: /^[a-z]{1,3}$/i.test(text.slice(find.start, find.end)),
    afterComma: previous !== undefined && /^,\s?$/.test(text.slice(previous.end, find.start)),
    afterCapital: Boolean(
      previous?.capital &&
        !shout &&
        !word.first &&
        spaced(previous, find.start) &&
        !notPersonBefore.has(previous.key) &&
        !wordsBeforePlaces.has(previous.key),
    ),
    followed,
    isGivenName: givenNames.has(word.key),
    inPlace,
    placed: find.first === 0 || inPlace,
    opens:
      find.first === 0 &&
      following?.capital === false &&
      text.slice(find.end, following.start) === ' ' &&
      !opensOtherwise.has(word.key),
    doubtful: homonyms.has(word.key) || companyWords.has(following?.key ?? ''),
    isHomonym: homonyms.has(word.key),
    metropolis: find.readings.find(({ kind, rank }) => kind === 'city' && rank === 0),
  };
}
