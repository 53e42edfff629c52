import { homonyms, type Name } from './gazetteer.ts';
import { type Find, isShout, type Mention, type MentionContext, shouted } from './mention.ts';
import type { Word } from './words.ts';

/** Given names that are cities or countries too, when a capitalised word follows. */
const givenNames = new Set(
  'austin charlotte chelsea dallas florence houston israel jackson jordan lincoln madison paris sydney victoria chad kenya savannah brooklyn orlando lourdes carolina georgia india santiago valencia alexandria milan roman peter mary devon francis nelson bradford carmel clayton dayton elizabeth jasper logan mason mercedes regina rosario salem santa sheridan tyler vera wayne warren denver troy raleigh lima eden asia'.split(
    ' ',
  ),
);

/** Kinds in the order in which a reading is preferred when nothing else tells. */
const preference: Record<Name['kind'], number> = {
  name: 6,
  other: 5,
  adjective: 5,
  area: 3.5,
  city: 3,
  abbreviation: 0,
  hint: -9,
};

/** What may stand after the comma in 'Woodstock, Ontario'. */
const statedKinds = new Set<Name['kind']>(['name', 'area', 'abbreviation', 'adjective']);

/** Words of local news among those that hint at a country. */
const localWords = new Set(
  'county sheriff interstate school highway city state township homecoming constabulary'.split(' '),
);

/** The source's own country weighs as much as one mention of it when two namesakes are told apart. */
const sourceSupport = 2;

/** Tells which place each name means, by what else is named; names that mean none are left out. */
export function settle(
  text: string,
  words: readonly Word[],
  finds: readonly Find[],
  context: MentionContext,
): Mention[] {
  const support = new Map<string, number>();
  const add = (code: string, weight: number) => support.set(code, (support.get(code) ?? 0) + weight);
  /** Countries of which more than the name is told: a state, a county. */
  const local = new Set<string>();
  if (context.country) add(context.country, sourceSupport);
  for (const { readings, first } of finds) {
    const codes = new Set(readings.map((name) => name.code));
    const best = readings[0] as Name;
    // 'Washington' is a state too, but mostly the government.
    const isArea = best.kind === 'area' && !readings.some(({ kind }) => kind === 'city');
    const tellsPlace = isArea || localWords.has(words[first]?.key ?? '');
    if (tellsPlace) local.add(best.code);
    if (best.kind === 'hint') add(best.code, 0.5);
    else if (codes.size === 1 && best.kind !== 'abbreviation' && best.rank < 2)
      add(best.code, best.kind === 'name' ? 2 : 1);
  }
  const told = toldElsewhere(text, words, finds);
  const mentions: Mention[] = [];
  finds.forEach((find, position) => {
    const next = finds[position + 1];
    const stated = next && statedAfter(text, find, next);
    const whose = told.get(keyOf(words, find));
    const chosen =
      whose && (whose !== noPlace || !placeWords.has(words[find.first - 1]?.key ?? ''))
        ? whose
        : choose(text, words, find, stated, support, local, context);
    const name = chosen && { ...chosen, kind: kindInPlace(chosen, words, find) };
    if (name && name.code !== '--') mentions.push({ ...name, start: find.start, end: find.end });
  });
  return mentions;
}

const keyOf = (words: readonly Word[], { first, after }: Find): string =>
  words
    .slice(first, after)
    .map(({ key }) => key)
    .join(' ');

/** The state that tells which town is meant: in full after what is a town elsewhere, short after any name ('Lebanon, N.H.'). */
function stateAfter(find: Find, stated: readonly Name[] | undefined): Name | undefined {
  const [first] = stated ?? [];
  if (!first || !statesAreTold.has(first.code) || find.readings.some(({ code }) => code === first.code))
    return undefined;
  const isTown = find.readings.every(({ kind }) => kind === 'city');
  return first.kind === 'abbreviation' || (first.kind === 'area' && isTown) ? first : undefined;
}

/** Countries whose towns are given with their state or province. */
const statesAreTold = new Set(['US', 'CA', 'AU']);
const noPlace: Name = { code: '--', kind: 'other', rank: 0 };

/**
 * Names that the text itself explains, wherever it names them again: the town of 'Belgrade, Minn.' is not the one in Serbia, and where
 * there is a 'Fairfax Ltd', Fairfax is the company.
 */
function toldElsewhere(text: string, words: readonly Word[], finds: readonly Find[]): Map<string, Name> {
  const told = new Map<string, Name>();
  finds.forEach((find, position) => {
    const next = finds[position + 1];
    const state = next && stateAfter(find, statedAfter(text, find, next));
    const key = keyOf(words, find);
    if (state) told.set(key, { ...state, kind: 'city', rank: 2 });
    else if (!told.has(key) && isCompany(words, find)) told.set(key, noPlace);
  });
  return told;
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

const companyForms = new Set('inc corp co ltd plc ag llc nv spa ab company corporation limited'.split(' '));

/** What a name says where it stands. */
function kindInPlace(name: Name, words: readonly Word[], find: Find): Name['kind'] {
  if (countyOf(name, words, find)) return 'area';
  return name.code === 'US' && dollars.has(words[find.after]?.key ?? '') ? 'hint' : name.kind;
}

/** The currency of the whole world's trade tells little of the country: 'U.S. dollars', 'US-Dollar'. */
const dollars = new Set('dollar dollars dlr dlrs dolar dolara dolarów dólar dólares dollari cents'.split(' '));

/** 'Titus County' is a place, 'the county' only hints at where one is. */
function countyOf(name: Name, words: readonly Word[], find: Find): boolean {
  const previous = words[find.first - 1];
  return (
    name.kind === 'hint' &&
    words[find.first]?.key === 'county' &&
    Boolean(!words[find.first]?.first && words[find.first]?.capital && previous?.capital && !isShout(previous))
  );
}

/** 'Paris, Texas': the readings of the name that follows after a comma. */
function statedAfter(text: string, find: Find, next: Find): readonly Name[] | undefined {
  return next.first === find.after && /^,\s?$/.test(text.slice(find.end, next.start)) ? next.readings : undefined;
}

function choose(
  text: string,
  words: readonly Word[],
  find: Find,
  stated: readonly Name[] | undefined,
  support: ReadonlyMap<string, number>,
  local: ReadonlySet<string>,
  context: MentionContext,
): Name | undefined {
  const surface = text.slice(find.start, find.end);
  const word = words[find.first] as Word;
  // '<CALI>' is how a share is called.
  if (isShout(word) && text[find.start - 1] === '<' && text[find.end] === '>') return undefined;
  // An 'US-Bundesrichter' is no German one.
  if (/^Bundes/.test(surface) && text[find.start - 1] === '-') return undefined;
  const previous = words[find.first - 1];
  const following = words[find.after];
  const single = find.after === find.first + 1;
  // Among capitals a capital tells nothing.
  const shout = shouted(words, find.first);
  const afterComma = find.first > 0 && /^,\s?$/.test(text.slice((previous as Word).end, find.start));
  const afterCapital = Boolean(
    previous?.capital &&
      !shout &&
      !word.first &&
      text.slice(previous.end, find.start) === ' ' &&
      !namelike.has(previous.key),
  );
  const followed = Boolean(
    !shout && following?.capital && !following.first && text.slice(find.end, following.start) === ' ',
  );
  const beforeCapital = followed && givenNames.has(word.key);
  const inPlace = placeWords.has(previous?.key ?? '') || folkWords.has(following?.key ?? '');
  const short = surface.length <= 3;
  const doubtful = homonyms.has(word.key) || companyWords.has(following?.key ?? '');
  const placed = find.first === 0 || placeWords.has(previous?.key ?? '') || folkWords.has(following?.key ?? '');
  const metropolis = find.readings.find(({ kind, rank }) => kind === 'city' && rank === 0);
  let best: Name | undefined;
  let bestScore = 0;
  for (const name of find.readings) {
    if (name.kind === 'abbreviation' && !afterComma) continue;
    if (name.years && !inOffice(name.years, context.year)) continue;
    const backed = (support.get(name.code) ?? 0) - (single && find.readings.length === 1 && name.rank < 2 ? 1 : 0);
    const inPattern = stated?.some((other) => other.code === name.code && statedKinds.has(other.kind)) ?? false;
    if (single && (afterCapital || beforeCapital) && !inPattern) {
      if (name.kind === 'city' || name.kind === 'area') continue;
      if (name.kind === 'name' && givenNames.has(word.key)) continue;
    }
    const isHome = name.code === context.country;
    const fromText = backed - (isHome ? sourceSupport : 0);
    if (single && short && name.kind === 'city' && name.rank >= 1 && !inPattern && !isHome && fromText <= 0) continue;
    if (single && doubtful && name.rank >= 1 && !inPattern && !inPlace && backed <= 0) continue;
    if (name.kind === 'city' && name.rank >= 1 && backed <= 0 && !inPattern && (name.rank >= 2 || !placed)) continue;
    // 'Paris' is the one in France where only countries are named; beside counties and states it may be another.
    const speaks = name.rank >= 2 && metropolis && metropolis.code !== name.code && !local.has(name.code) ? 0 : backed;
    if (single && followed && homonyms.has(word.key) && !inPattern && backed <= 0 && name.kind !== 'name') continue;
    const ownState = isHome && name.kind === 'area' && statesAreTold.has(name.code);
    const atHome = (ownState ? 1 : 0) + (name.code === motherland[context.lang] ? 0.1 : 0);
    const score = preference[name.kind] - name.rank + Math.min(speaks, 6) * 0.8 + (inPattern ? 10 : 0) + atHome;
    if (name.kind === 'hint' && find.readings.some((other) => other.kind !== 'hint')) continue;
    if (!best || score > bestScore) {
      best = name;
      bestScore = score;
    }
  }
  return best;
}

/** The country that is meant by institutions of the same name when nothing else tells: 'Bundesregierung', 'Landtag'. */
const motherland: Readonly<Record<string, string>> = { de: 'DE' };

/** A year more at the end: a resignation is news too. Without a date everybody may be meant. */
const inOffice = (years: readonly (readonly [number, number])[], year: number | undefined): boolean =>
  year === undefined || years.some(([from, to]) => year >= from && year <= to + 1);

/** Words before a place, in the languages in Latin letters whose towns are looked up. */
const placeWords = new Set(
  'in at from near of to for outside around through via and en a à au aus nach bei von um de da di do em no na u iz iznad kod w z ze v ve te din la til fra på i från till'.split(
    ' ',
  ),
);
/** Words after a place. */
const folkWords = new Set(
  'man woman police mayor council residents city airport university school area metro court based'.split(' '),
);

/** Words after the name of a company, which need not be where its name is. */
const companyWords = new Set(
  'inc corp co ltd plc motor motors industries holdings airlines airways pharmaceutical pharmaceuticals'.split(' '),
);

/** Capitalised words before a place that do not make it a person's name. */
const namelike = new Set(
  'in at from to of the near and for with on by north south east west northern southern eastern western central greater downtown upper lower new city mayor president minister king queen university state county port lake mount fort bank republic'.split(
    ' ',
  ),
);
