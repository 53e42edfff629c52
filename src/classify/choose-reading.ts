import type { Name } from './gazetteer.ts';
import type { Find, MentionContext, Passage } from './mention.ts';
import { peoplesTowns } from './place-context.ts';
import { type Support, sourceSupport } from './support.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';
import { statesAreTold } from './told-elsewhere.ts';

/*
 * The numbers below are one set: they were chosen together by hand on the development halves of LGL, Reuters, GeoVirus and CLIFF (none
 * is learnt), so a change of one is measured with `npm run bench:classify -- --only regions`.
 */

/** Kinds in the order in which a reading is preferred when nothing else tells; a city loses one for each class of size. */
const preference: Record<Name['kind'], number> = {
  name: 6,
  other: 5,
  adjective: 5,
  area: 3.5,
  city: 3,
  abbreviation: 0,
  hint: -9,
};
/** What each mention of a country elsewhere adds to its places, and how many count: six outweigh any kind. */
const perSupport = 0.8;
const mostSupport = 6;
/** 'Woodstock, Ontario' beats everything. */
const statedBonus = 10;
/** A state of the source's own country is preferred to a town abroad; among institutions of one name the motherland's. */
const ownStateBonus = 1;
const motherlandBonus = 0.1;

/** 'Georgia' beside Atlanta, and nothing of the Caucasus: more than a country's name is worth before a state's. */
const stateRather = 3;

/** What may stand after the comma in 'Woodstock, Ontario'. */
const statedKinds = new Set<Name['kind']>(['name', 'area', 'abbreviation', 'adjective']);

/** The country that is meant by institutions of the same name when nothing else tells: 'Bundesregierung', 'Landtag'. */
const motherland: Readonly<Record<string, string>> = { de: 'DE' };

/** All that a reading is judged by. */
interface Case {
  readonly find: Find;
  readonly around: Surroundings;
  readonly support: Support;
  readonly context: MentionContext;
  /** The readings of the name after the comma that follows. */
  readonly stated: readonly Name[] | undefined;
}

/** Which of its readings a name has here; undefined when it means no place. */
export function chooseReading(
  find: Find,
  passage: Passage,
  support: Support,
  stated: readonly Name[] | undefined,
): Name | undefined {
  const around = surroundingsOf(find, passage);
  if (!around) return undefined;
  const one: Case = { find, around, support, context: passage.context, stated };
  let best: Name | undefined;
  let bestScore = 0;
  for (const name of find.readings) {
    if (!isPossible(name, one)) continue;
    const score = scoreOf(name, one) - (isStateRather(name, one) ? stateRather : 0);
    if (!best || score > bestScore) {
      best = name;
      bestScore = score;
    }
  }
  return best;
}

const isStated = (name: Name, { stated }: Case): boolean =>
  stated?.some((other) => other.code === name.code && statedKinds.has(other.kind)) ?? false;

/** What the rest of the text says for the country: a name that means one country has spoken for it already. */
const backing = (name: Name, { find, around, support }: Case): number =>
  support.of(name.code) - (around.single && find.readings.length === 1 && name.rank < 2 ? 1 : 0);

function isPossible(name: Name, one: Case): boolean {
  const { find, around, context } = one;
  if (name.kind === 'abbreviation' && !around.afterComma) return false;
  if (name.kind === 'hint' && find.readings.some(({ kind }) => kind !== 'hint')) return false;
  if (name.years && !inOffice(name.years, context.year)) return false;
  if (isStated(name, one)) return true;
  if (around.single && isInPersonsName(name, around)) return false;
  return isBacked(name, one, backing(name, one));
}

function isInPersonsName(name: Name, { afterCapital, followed, isGivenName }: Surroundings): boolean {
  if (!afterCapital && !(followed && isGivenName)) return false;
  return name.kind === 'city' || name.kind === 'area' || (name.kind === 'name' && isGivenName);
}

/**
 * A smaller town is told by a word beside it alone ('in Ohrid', 'Gjakova residents') or as a headline's first word ('Mostar votes') where
 * no other country has the name, nobody bears it, and the text is no local news of another country, whose suburbs and streets have the
 * names of the world.
 */
const standsAlone = (name: Name, { find, around, support }: Case): boolean =>
  (around.inPlace || (around.opens && !peoplesTowns.has(name.code))) &&
  !around.doubtful &&
  !(around.single && around.afterCapital) &&
  (support.local.size === 0 || support.local.has(name.code)) &&
  find.readings.every(({ code, kind }) => kind === 'city' && code === name.code);

/** Whether a country's name is a state's too, one of whose country's towns is named while nothing else speaks for the first. */
const isStateRather = (name: Name, { find, support }: Case): boolean =>
  name.kind === 'name' &&
  support.of(name.code) === 0 &&
  find.readings.some(({ kind, code }) => kind === 'area' && code !== name.code && support.towns.has(code));

/** Whether enough speaks for a name that is short, small, or the name of somebody or something else too. */
function isBacked(name: Name, one: Case, backed: number): boolean {
  const { around, context } = one;
  const isHome = name.code === context.country;
  const fromText = backed - (isHome ? sourceSupport : 0);
  if (around.single && around.short && name.kind === 'city' && name.rank >= 1 && !isHome && fromText <= 0) return false;
  if (backed > 0) return true;
  if (around.single && around.doubtful && name.rank >= 1 && !around.inPlace) return false;
  if (name.kind === 'city' && name.rank >= 1 && !around.placed) return false;
  if (name.kind === 'city' && name.rank >= 2 && !standsAlone(name, one)) return false;
  return !(around.single && around.followed && around.isHomonym && name.kind !== 'name');
}

function scoreOf(name: Name, one: Case): number {
  const { around, support, context } = one;
  const { metropolis } = around;
  // 'Paris' is the one in France where only countries are named; beside counties and states it may be another.
  const overshadowed = name.rank >= 2 && metropolis && metropolis.code !== name.code && !support.local.has(name.code);
  const speaks = overshadowed ? 0 : Math.min(backing(name, one), mostSupport);
  const ownState = name.code === context.country && name.kind === 'area' && statesAreTold.has(name.code);
  return (
    preference[name.kind] -
    name.rank +
    speaks * perSupport +
    (isStated(name, one) ? statedBonus : 0) +
    (ownState ? ownStateBonus : 0) +
    (name.code === motherland[context.lang] ? motherlandBonus : 0)
  );
}

/** A year more at the end: a resignation is news too. Without a date everybody may be meant. */
const inOffice = (years: readonly (readonly [number, number])[], year: number | undefined): boolean =>
  year === undefined || years.some(([from, to]) => year >= from && year <= to + 1);
