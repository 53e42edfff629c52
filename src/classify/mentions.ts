import { cities, homeCities, homonyms, type Name, type NameIndex, namesIn } from './gazetteer.ts';
import { listingsIn } from './listings.ts';
import { morphologyOf, plainLetters, unspaced } from './morphology.ts';
import { type Word, wordsOf } from './words.ts';

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
interface Find {
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

/** Languages that write adjectives of countries with a capital letter. */
const capitalAdjectives = new Set(['en', 'nl', 'af', 'und']);
/** Given names that are cities or countries too, when a capitalised word follows. */
const givenNames = new Set(
  'austin charlotte chelsea dallas florence houston israel jackson jordan lincoln madison paris sydney victoria chad kenya savannah brooklyn orlando lourdes carolina georgia india santiago valencia alexandria milan roman peter mary devon francis nelson bradford carmel clayton dayton elizabeth jasper logan mason mercedes regina rosario salem santa sheridan tyler vera wayne warren denver troy raleigh lima eden asia'.split(
    ' ',
  ),
);

/**
 * The places that a text names, in order. Longest name first; a name with several readings is settled by what else is named;
 * small towns and names that may be people need company.
 */
export function findMentions(text: string, context: MentionContext): Mention[] {
  const { lang } = context;
  if (unspaced.has(lang)) return inUnspaced(text, lang);
  const words = wordsOf(text);
  const finds = namesAmong(text, words, context);
  return [...settle(text, words, finds, context), ...listingsIn(text)];
}

function inUnspaced(text: string, lang: string): Mention[] {
  const index = namesIn(lang);
  const lower = text.toLowerCase();
  const mentions: Mention[] = [];
  for (let start = 0; start < lower.length; ) {
    let length = Math.min(index.phrases.get(lower.slice(start, start + 2)) ?? 0, lower.length - start);
    let readings: readonly Name[] | undefined;
    for (; length >= 2 && !readings; length--) readings = index.names.get(lower.slice(start, start + length));
    const name = readings?.[0];
    if (!name || insideKatakana(lower, start, start + length + 1)) start++;
    else {
      const end = start + length + 1;
      if (name.code !== '--') mentions.push({ ...name, start, end });
      start = end;
    }
  }
  return mentions;
}

const katakana = /[ァ-ヺー]/;

/** 'タイ' is Thailand, but not inside 'スタイル' (style). */
function insideKatakana(text: string, start: number, end: number): boolean {
  const inner = katakana.test(text[start] ?? '') && katakana.test(text[end - 1] ?? '');
  return inner && (katakana.test(text[start - 1] ?? '') || katakana.test(text[end] ?? ''));
}

/** Whether two neighbouring words can belong to one name: 'Costa Rica', 'Guinea-Bissau', "Côte d'Ivoire", 'U.S.', 'St. Lucia'. */
function joined(text: string, left: Word, right: Word): boolean {
  const gap = text.slice(left.end, right.start);
  if (gap.length === 1) return /[ \-'’.\u00a0‑–]/.test(gap);
  return gap === '. ' && left.end - left.start <= 2;
}

function namesAmong(text: string, words: readonly Word[], { lang, country }: MentionContext): Find[] {
  const morphology = morphologyOf(lang);
  const index = namesIn(lang);
  const home = country === undefined ? undefined : homeCities(lang, country);
  const forms = words.map((word) => plainLetters(word.key, lang));
  const formOf = (at: number): string => forms[at] as string;
  const parts: string[] = [];
  const part = (at: number): string => {
    parts[at] ??= morphology.part(formOf(at));
    return parts[at];
  };
  const finds: Find[] = [];
  for (let i = 0; i < words.length; ) {
    const word = words[i] as Word;
    const form = forms[i] as string;
    const found =
      (word.capital || index.lowerPhrases ? phraseAt(text, words, i, part, index) : undefined) ??
      (word.capital ? phraseAt(text, words, i, formOf, cities) : undefined) ??
      (home && word.capital ? phraseAt(text, words, i, part, home) : undefined) ??
      wordAt(word, form, word.capitals > 0 && shouted(words, i), morphology.lookup(form), index, home, lang);
    if (!found) {
      i++;
      continue;
    }
    const after = i + found.length;
    const last = words[after - 1] as Word;
    finds.push({ readings: found.readings, first: i, after, start: word.start, end: last.end });
    i = after;
  }
  return finds;
}

interface Found {
  readonly readings: readonly Name[];
  readonly length: number;
}

function phraseAt(
  text: string,
  words: readonly Word[],
  at: number,
  form: (at: number) => string,
  index: NameIndex,
): Found | undefined {
  const longest = index.phrases.get(form(at));
  if (longest === undefined) return undefined;
  let key = form(at);
  const keys = [key];
  for (let k = at + 1; k < at + longest && k < words.length; k++) {
    if (!joined(text, words[k - 1] as Word, words[k] as Word)) break;
    key += ` ${form(k)}`;
    keys.push(key);
  }
  for (let length = keys.length; length > 1; length--) {
    const readings = index.names.get(keys[length - 1] as string);
    if (readings && ((words[at] as Word).capital || readings[0]?.kind === 'hint')) return { readings, length };
  }
  return undefined;
}

/** Whether a word in capitals stands among others: there 'US' may be 'us'. */
const shouted = (words: readonly Word[], at: number): boolean =>
  [at - 1, at + 1].some((other) => isShout(words[at]) && isShout(words[other]));

const isShout = (word: Word | undefined): boolean => word !== undefined && word.capitals === word.end - word.start;

function wordAt(
  word: Word,
  form: string,
  shouted: boolean,
  lookups: readonly string[],
  index: NameIndex,
  home: NameIndex | undefined,
  lang: string,
): Found | undefined {
  if (word.end - word.start < 2) return undefined;
  let readings: readonly Name[] = [];
  const emptyWord = word.capital && index.notNames.has(form);
  if (word.capitals > 0 && !(shouted && emptyWord))
    readings = index.names.get(form.slice(0, word.capitals))?.filter(({ acronym }) => acronym) ?? [];
  if (readings.length) return { readings, length: 1 };
  if (emptyWord) return undefined;
  const look = (key: string): boolean => {
    const names = index.names.get(key);
    if (names) readings = names.filter((name) => !name.acronym && (word.capital || mayBeLower(name, lang)));
    return readings.length > 0;
  };
  if (!lookups.some(look) && !lookups.includes(form)) look(form);
  if (word.capital) {
    const towns = cities.names.get(form);
    if (towns) readings = readings.length ? [...readings, ...towns] : towns;
    // 'u Washingtonu': a large city under the endings of the language.
    const stem = lookups.at(-1);
    if (readings.length === 0 && stem && stem !== form && stem.length >= 5) {
      readings = cities.names.get(stem)?.filter(({ rank }) => rank <= 1) ?? [];
    }
    for (const key of readings.length === 0 && home ? lookups : []) readings = home?.names.get(key) ?? readings;
  }
  return readings.length ? { readings, length: 1 } : undefined;
}

const mayBeLower = ({ kind }: Name, lang: string): boolean =>
  kind === 'hint' || (kind === 'adjective' && !capitalAdjectives.has(lang));

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

function settle(text: string, words: readonly Word[], finds: readonly Find[], context: MentionContext): Mention[] {
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
      whose && (!nameless(whose) || !placeWords.has(words[find.first - 1]?.key ?? ''))
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
  if (!first || !statesAreTold.has(first.code) || find.readings.some(({ code }) => code === first.code)) return undefined;
  const isTown = find.readings.every(({ kind }) => kind === 'city');
  return first.kind === 'abbreviation' || (first.kind === 'area' && isTown) ? first : undefined;
}

/** Countries whose towns are given with their state or province. */
const statesAreTold = new Set(['US', 'CA', 'AU']);
const nameless = ({ code }: Name): boolean => code === '--';

/**
 * Names that the text itself explains, for where they stand alone: the town of 'Belgrade, Minn.' is another Belgrade, and with 'Jack
 * London' or 'Fairfax Ltd' all Londons and Fairfaxes of the text are likely these.
 */
function toldElsewhere(text: string, words: readonly Word[], finds: readonly Find[]): Map<string, Name> {
  const told = new Map<string, Name>();
  finds.forEach((find, position) => {
    const next = finds[position + 1];
    const state = next && stateAfter(find, statedAfter(text, find, next));
    const key = keyOf(words, find);
    if (state) told.set(key, { ...state, kind: 'city', rank: 2 });
    else if (!told.has(key) && isCompany(words, find)) told.set(key, { code: '--', kind: 'other', rank: 0 });
  });
  return told;
}

/** 'Fairfax Ltd', 'Piedmont Aviation Inc'. */
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
  const previous = words[find.first - 1];
  const following = words[find.after];
  const single = find.after === find.first + 1;
  // Among capitals a capital tells nothing.
  const shout = shouted(words, find.first);
  const afterComma = find.first > 0 && /^,\s?$/.test(text.slice((previous as Word).end, find.start));
  const afterCapital = Boolean(
    previous?.capital && !shout && !word.first && text.slice(previous.end, find.start) === ' ' && !namelike.has(previous.key),
  );
  const followed = Boolean(!shout && following?.capital && !following.first && text.slice(find.end, following.start) === ' ');
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
    const score =
      preference[name.kind] - name.rank + Math.min(speaks, 6) * 0.8 + (inPattern ? 10 : 0) + (ownState ? 1 : 0);
    if (name.kind === 'hint' && find.readings.some((other) => other.kind !== 'hint')) continue;
    if (!best || score > bestScore) {
      best = name;
      bestScore = score;
    }
  }
  return best;
}

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
