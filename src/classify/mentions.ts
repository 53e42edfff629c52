import { unspacedLanguages } from '../text/scripts.ts';
import { disambiguate } from './disambiguate.ts';
import { cities, homeCities, type Name, type NameIndex, namesIn } from './gazetteer.ts';
import { type Find, type Mention, type MentionContext, shouted } from './mention.ts';
import { type Morphology, morphologyOf, plainLetters } from './morphology.ts';
import { type Word, wordsOf } from './words.ts';

/** Languages that write adjectives of countries with a capital letter. */
const capitalAdjectives = new Set(['en', 'nl', 'af', 'und']);
/**
 * The places that a text names, in order. Longest name first; a name with several readings is told by what else is named;
 * small towns and names that may be people need company.
 */
export function findMentions(text: string, context: MentionContext): Mention[] {
  const { lang } = context;
  if (unspacedLanguages.has(lang)) return inUnspaced(text, lang);
  const words = wordsOf(text);
  const finds = namesAmong(searchIn(text, words, context));
  return disambiguate({ text, words, finds, context });
}

function inUnspaced(text: string, lang: string): Mention[] {
  const index = namesIn(lang);
  // In lower case 'İ' alone would be two characters, and all after it out of place.
  const lower = text.replaceAll('İ', 'I').toLowerCase();
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

/** A text while names are looked for: its words, their forms, and the lists in which they are looked up. */
interface Search {
  readonly text: string;
  readonly words: readonly Word[];
  readonly lang: string;
  readonly index: NameIndex;
  /** Cities of the source's country under the word forms of the language. */
  readonly home: NameIndex | undefined;
  readonly morphology: Morphology;
  /** The word as names hold it. */
  form(at: number): string;
  /** Its common form within names of several words. */
  part(at: number): string;
}

function searchIn(text: string, words: readonly Word[], { lang, country }: MentionContext): Search {
  const morphology = morphologyOf(lang);
  const forms = words.map((word) => plainLetters(word.key, lang));
  const parts: string[] = [];
  const form = (at: number): string => forms[at] as string;
  return {
    text,
    words,
    lang,
    index: namesIn(lang),
    home: country === undefined ? undefined : homeCities(lang, country),
    morphology,
    form,
    part(at) {
      parts[at] ??= morphology.part(form(at));
      return parts[at];
    },
  };
}

function namesAmong(search: Search): Find[] {
  const { words, index, home, form, part } = search;
  const finds: Find[] = [];
  for (let i = 0; i < words.length; ) {
    const word = words[i] as Word;
    const found =
      (word.capital || index.lowerPhrases ? phraseAt(search, i, part, index) : undefined) ??
      (word.capital ? phraseAt(search, i, form, cities) : undefined) ??
      (home && word.capital ? phraseAt(search, i, part, home) : undefined) ??
      wordAt(search, i);
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

/** The longest name of several words that begins at a word. */
function phraseAt(
  { text, words }: Search,
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

/** The name that a word is by itself. */
function wordAt(search: Search, at: number): Found | undefined {
  const word = search.words[at] as Word;
  if (word.end - word.start < 2) return undefined;
  const form = search.form(at);
  const emptyWord = word.capital && search.index.notNames.has(form);
  const acronyms = emptyWord && shouted(search.words, at) ? [] : acronymsAt(search, word, form);
  if (acronyms.length > 0) return { readings: acronyms, length: 1 };
  if (emptyWord) return undefined;
  const lookups = search.morphology.lookup(form);
  const named = namesOf(search, word, form, lookups);
  const readings = word.capital ? withTowns(search, form, lookups, named) : named;
  return readings.length > 0 ? { readings, length: 1 } : undefined;
}

/** 'USA', and 'USAs' with an ending. */
function acronymsAt({ index }: Search, { capitals }: Word, form: string): readonly Name[] {
  if (capitals === 0) return [];
  return index.names.get(form.slice(0, capitals))?.filter(({ acronym }) => acronym) ?? [];
}

/** What the first form that is known means: the forms of the language, then the word as it stands. */
function namesOf({ index, lang }: Search, word: Word, form: string, lookups: readonly string[]): readonly Name[] {
  const known = (key: string): readonly Name[] =>
    index.names.get(key)?.filter((name) => !name.acronym && (word.capital || mayBeLower(name, lang))) ?? noNames;
  for (const key of lookups) {
    const names = known(key);
    if (names.length > 0) return names;
  }
  return lookups.includes(form) ? noNames : known(form);
}

const noNames: readonly Name[] = [];

/** Shorter stems are met among other words. */
const shortestStem = 5;

function withTowns(
  { home }: Search,
  form: string,
  lookups: readonly string[],
  named: readonly Name[],
): readonly Name[] {
  const towns = cities.names.get(form);
  if (towns) return [...named, ...towns];
  if (named.length > 0) return named;
  // 'u Washingtonu': a large city under the endings of the language.
  const stem = lookups.at(-1);
  const bent = stem && stem !== form && stem.length >= shortestStem ? cities.names.get(stem) : undefined;
  const large = bent?.filter(({ rank }) => rank <= 1) ?? [];
  if (large.length > 0 || !home) return large;
  return lookups.reduce<readonly Name[]>((found, key) => home.names.get(key) ?? found, []);
}

const mayBeLower = ({ kind }: Name, lang: string): boolean =>
  kind === 'hint' || (kind === 'adjective' && !capitalAdjectives.has(lang));
