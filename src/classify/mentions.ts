import { settle } from './disambiguate.ts';
import { cities, homeCities, type Name, type NameIndex, namesIn } from './gazetteer.ts';
import { type Find, type Mention, type MentionContext, shouted } from './mention.ts';
import { morphologyOf, plainLetters, unspaced } from './morphology.ts';
import { type Word, wordsOf } from './words.ts';

/** Languages that write adjectives of countries with a capital letter. */
const capitalAdjectives = new Set(['en', 'nl', 'af', 'und']);
/**
 * The places that a text names, in order. Longest name first; a name with several readings is settled by what else is named;
 * small towns and names that may be people need company.
 */
export function findMentions(text: string, context: MentionContext): Mention[] {
  const { lang } = context;
  if (unspaced.has(lang)) return inUnspaced(text, lang);
  const words = wordsOf(text);
  const finds = namesAmong(text, words, context);
  return settle(text, words, finds, context);
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
