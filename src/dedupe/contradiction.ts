import { weekdays } from '../text/dates/months.ts';
import { fold } from '../text/fold.ts';
import type { Fingerprint } from './fingerprint.ts';
import { hashWord } from './hash.ts';
import lists from './opposites.json' with { type: 'json' };
import { type Outline, stemOf } from './story-mark.ts';
import { wordsOf } from './words.ts';

/** A report by its headline and what is compared of it. */
export interface Told {
  readonly title: string;
  readonly fingerprint: Pick<Fingerprint, 'outline' | 'names'>;
}

/**
 * Whether two reports tell two events, or an event and its opposite, however much of their texts is the same: a service's template is
 * filled for one town and for the next, a verdict is prepared both ways. Copies of one text under two headlines, edited ones too, are no
 * such pair: the names of either headline stand in the text that both have, and one headline does not say what the other denies.
 */
export function contradicts(a: Told, b: Told): boolean {
  const [one, other] = [a.fingerprint.outline, b.fingerprint.outline];
  if (saysOpposite(headlineOf(a.title), headlineOf(b.title))) return true;
  return isSameLead(one, other) && (namesStrangers(a, b) || namesOtherDays(one, other));
}

/** Share of the words of a lead from which on another is the same sentence. */
const sameLead = 0.6;

/** Whether two begin with the same sentence, but for a few words. Headlines alone have none. */
function isSameLead(a: Outline, b: Outline): boolean {
  const [wordsA, wordsB] = [new Set(a.lead), new Set(b.lead)];
  return wordsA.intersection(wordsB).size >= sameLead * Math.min(wordsA.size, wordsB.size);
}

/** Each has a name in headline and lead that the other report does not have. */
const namesStrangers = (a: Told, b: Told): boolean => hasStranger(a, b) && hasStranger(b, a);

function hasStranger({ fingerprint: { outline } }: Told, { title, fingerprint }: Told): boolean {
  // Very short words are no stems of an outline, and names are folded only where the script has spaces.
  const inTitle = wordsOf(title).all.flatMap((word) => [stemOf(word), stemOf(fold(word))]);
  const known = new Set([...fingerprint.outline.stems, ...inTitle]);
  // An outlet's own headline has words of its own: what is another fact stands in the text as well.
  const isTold = (term: number): boolean => outline.lead.length === 0 || outline.lead.includes(term & ~1);
  return outline.names.some(({ stem, term }) => !known.has(stem) && !fingerprint.names.includes(term) && isTold(term));
}

/** Days of the week by their names as words of an outline. */
const dayOfWord = new Map([...weekdays.long].map(([name, days]) => [hashWord(fold(name)) & ~1, days]));

/** Both leads name days of the week, and none in common: the market's report of Monday and of Tuesday. */
function namesOtherDays(a: Outline, b: Outline): boolean {
  const [ofA, ofB] = [daysOf(a), daysOf(b)];
  return ofA.size > 0 && ofB.size > 0 && ofA.isDisjointFrom(ofB);
}

const daysOf = ({ lead }: Outline): ReadonlySet<number> =>
  new Set([...lead].flatMap((word) => dayOfWord.get(word) ?? []));

const headlineOf = (title: string): string[] => wordsOf(title).all.map((word) => fold(word));

function saysOpposite(a: readonly string[], b: readonly string[]): boolean {
  return isExchanged(a, b) || isNegated(a, b) || isNegated(b, a) || hasOpposites(a, b);
}

/** Two words have changed places, and all else is the same: 'Dunav beat Rudar', 'Rudar beat Dunav'. */
function isExchanged(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  const [first, second, ...more] = a.keys().filter((at) => a[at] !== b[at]);
  if (first === undefined || second === undefined || more.length > 0) return false;
  return a[first] === b[second] && a[second] === b[first];
}

const negations: ReadonlySet<string> = new Set(lists.negations.map((word) => fold(word)));

/** The longer is the shorter with a 'not'. */
function isNegated(shorter: readonly string[], longer: readonly string[]): boolean {
  if (longer.length !== shorter.length + 1) return false;
  const at = longer.findIndex((word, index) => word !== shorter[index]);
  return negations.has(longer[at] ?? '') && longer.toSpliced(at, 1).every((word, index) => word === shorter[index]);
}

/** Share of the other words of the shorter headline that the longer one has. */
const elseAlike = 0.5;
const leastElse = 2;

/** One says a thing and one its opposite, and what else they say is alike. */
function hasOpposites(a: readonly string[], b: readonly string[]): boolean {
  const [ownA, ownB] = [a.filter((word) => !b.includes(word)), b.filter((word) => !a.includes(word))];
  const [ofA, ofB] = [ownA.flatMap(sidesOf), ownB.flatMap(sidesOf)];
  if (!ofA.some((side) => ofB.includes(opposite(side))) || ofA.some((side) => ofB.includes(side))) return false;
  const both = Math.min(a.length - ownA.length, b.length - ownB.length);
  return both >= leastElse && both >= elseAlike * (Math.min(a.length, b.length) - 1);
}

/** Sides stand in pairs: an even one and the odd one behind it. */
const opposite = (side: number): number => side ^ 1;

/** A beginning may be one of several languages, a whole word here and the half of one there. */
const sidesOfBeginning = Map.groupBy(
  Object.values(lists.byLanguage)
    .flat()
    .flatMap((beginnings, side) => beginnings.map((one) => ({ beginning: fold(one), side }))),
  ({ beginning }) => beginning,
);
const [shortest, longest] = [3, Math.max(...[...sidesOfBeginning.keys()].map((beginning) => beginning.length))];

function sidesOf(word: string): number[] {
  const found: number[] = [];
  for (let length = shortest; length <= Math.min(word.length, longest); length++)
    for (const { side } of sidesOfBeginning.get(word.slice(0, length)) ?? []) found.push(side);
  return found;
}
