import type { Name } from './gazetteer.ts';
import { type Find, isShout, type Passage } from './mention.ts';
import { companyForms, givenNames, notPersonBefore, wordsBeforePlaces } from './place-context.ts';
import type { Word } from './words.ts';

/** Countries whose towns are given with their state or province. */
export const statesAreTold = new Set(['US', 'CA', 'AU']);

/** What is called like a place and is none. */
export const noPlace: Name = { code: '--', kind: 'other', rank: 0 };

export const keyOf = (words: readonly Word[], { first, after }: Find): string =>
  words
    .slice(first, after)
    .map(({ key }) => key)
    .join(' ');

/** 'Paris, Texas': the readings of the name that follows after a comma. */
export function statedAfter(text: string, find: Find, next: Find | undefined): readonly Name[] | undefined {
  if (next?.first !== find.after) return undefined;
  return /^,\s?$/.test(text.slice(find.end, next.start)) ? next.readings : undefined;
}

/** The state that tells which town is meant: in full after what is a town elsewhere, short after any name ('Lebanon, N.H.'). */
function stateAfter(find: Find, stated: readonly Name[] | undefined): Name | undefined {
  const [first] = stated ?? [];
  if (!first || !statesAreTold.has(first.code) || find.readings.some(({ code }) => code === first.code))
    return undefined;
  const isTown = find.readings.every(({ kind }) => kind === 'city');
  return first.kind === 'abbreviation' || (first.kind === 'area' && isTown) ? first : undefined;
}

/** Whether a town stands in a company's name: 'Fairfax Ltd', 'Piedmont Aviation Inc'. */
function isCompany(words: readonly Word[], { first, after, readings }: Find): boolean {
  const isPlace = ({ kind, rank }: Name): boolean => kind === 'area' || (kind === 'city' && rank > 0);
  if (after > first + 1 || !readings.every(isPlace)) return false;
  for (const word of words.slice(after, after + 3)) {
    if (!word.capital || word.first) return false;
    if (companyForms.has(word.key)) return true;
  }
  return false;
}

/**
 * Whether a country's name that is a given name too stands in a person's: 'Michael Jordan', and no other name of that country is in
 * the text. A name before it is no first name ('Israel Jordan talks').
 */
function isPerson({ text, words, finds }: Passage, find: Find): boolean {
  const { first, after, start, readings } = find;
  const [only] = readings;
  const [word, previous] = [words[first], words[first - 1]];
  if (!word || !previous?.capital || after > first + 1 || !only || !givenNames.has(word.key)) return false;
  if (word.first || isShout(word) || text.slice(previous.end, start) !== ' ') return false;
  if (notPersonBefore.has(previous.key) || wordsBeforePlaces.has(previous.key)) return false;
  const isOther = (other: Find): boolean =>
    other.after === first || (other.readings[0]?.code === only.code && words[other.first]?.key !== word.key);
  return !finds.some(isOther);
}

/**
 * Names that the text itself explains, wherever it names them again: the town of 'Belgrade, Minn.' is not the one in Serbia, and where
 * there is a 'Fairfax Ltd', Fairfax is the company, and beside Michael Jordan 'Jordan' is he.
 */
export function toldElsewhere(passage: Passage): Map<string, Name> {
  const { text, words, finds } = passage;
  const told = new Map<string, Name>();
  finds.forEach((find, index) => {
    const state = stateAfter(find, statedAfter(text, find, finds[index + 1]));
    const key = keyOf(words, find);
    if (state) told.set(key, { ...state, kind: 'city', rank: 2 });
    else if (!told.has(key) && (isCompany(words, find) || isPerson(passage, find))) told.set(key, noPlace);
  });
  return told;
}
