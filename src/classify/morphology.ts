import endingLists from './data/endings.json' with { type: 'json' };
import { germanForms } from './german.ts';

/**
 * How a language bends its words, as far as needed to find a place name again: both the names of the gazetteer and the words
 * of the text are brought to a common form. This is no stemmer for search: it only has to be the same on both sides.
 */
export interface Morphology {
  /** The form under which a name of one word is kept. */
  store(word: string): string;
  /** The forms under which a word of the text may be kept, likeliest first. */
  lookup(word: string): readonly string[];
  /** The common form of a word inside a name of several words. */
  part(word: string): string;
}

const exact: Morphology = { store: (word) => word, lookup: (word) => [word], part: (word) => word };

/** Takes the longest of these endings off, if at least three letters stay. */
function endings(list: string, clean: (word: string) => string = (word) => word): Morphology {
  const byLength: Set<string>[] = [];
  for (const ending of list.split(' ')) {
    byLength[ending.length] ??= new Set();
    byLength[ending.length]?.add(ending);
  }
  const stem = (raw: string): string => {
    const word = clean(raw);
    for (let length = Math.min(byLength.length - 1, word.length - 3); length > 0; length--) {
      if (byLength[length]?.has(word.slice(-length))) return word.slice(0, -length);
    }
    return word;
  };
  return { store: stem, part: stem, lookup: (word) => [stem(word)] };
}

/** For languages that hang long chains of endings on a name: the text's word may be longer by up to `most` letters. */
function chains(most: number, clean: (word: string) => string = (word) => word): Morphology {
  const bare = (raw: string): string => {
    const word = clean(raw);
    return word.length > 5 ? word.replace(/[aeiouyäöüåıőűáéíóúãõаеиоуыэюяәөүіιαηοε]$/u, '') : word;
  };
  return {
    store: bare,
    part: (word) => clean(word).slice(0, 5),
    lookup(raw) {
      const word = clean(raw);
      const forms = [word];
      for (let length = word.length - 1; length >= Math.max(word.length > 6 ? 5 : 4, word.length - most); length--) {
        forms.push(word.slice(0, length));
      }
      return forms;
    },
  };
}

/** Arabic and Hebrew write 'and', 'in', 'to', 'the' onto the next word; names are kept without the article. */
function prefixes(article: RegExp, pattern: RegExp, suffix: RegExp): Morphology {
  const cut = (word: string, what: RegExp, least: number): string => {
    const rest = word.replace(what, '');
    return rest.length >= least ? rest : word;
  };
  const store = (word: string): string => cut(cut(word, article, 3), suffix, 3);
  return {
    store,
    part: (word) => cut(cut(word, pattern, 2), suffix, 3),
    lookup(word) {
      const without = cut(word, pattern, 3);
      return [...new Set([store(word), cut(without, suffix, 3), without])];
    },
  };
}

const noAccents = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '');
const noVowelSigns = (word: string): string =>
  word
    .replace(/[\u064b-\u065f\u0670\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ك/g, 'ک')
    .replace(/ي/g, 'ی');

/** Greek writes accents that move and a sigma of its own at the end. */
const greek = (word: string): string => noAccents(word).replace(/ς$/, 'σ').replace(/σ$/, 'ς');

/** The languages whose endings are a list: data/endings.json. */
const byEndings: Record<string, Morphology> = Object.fromEntries(
  endingLists.endings.flatMap(({ langs, list }) =>
    langs.map((lang) => [lang, endings(list, lang === 'el' ? greek : undefined)]),
  ),
);
const german = byEndings.de as Morphology;

const morphologies: Record<string, Morphology> = {
  ...byEndings,
  de: { ...german, lookup: (word) => germanForms(word, german.store) },
  hu: chains(6),
  fi: chains(6),
  et: chains(5),
  tr: chains(5),
  az: chains(5),
  kk: chains(6),
  ky: chains(6),
  uz: chains(6),
  lv: chains(4),
  lt: chains(5),
  sq: chains(4),
  eu: chains(5),
  ka: chains(5),
  hy: chains(5),
  ta: chains(7),
  te: chains(6),
  ml: chains(7),
  kn: chains(6),
  bn: chains(4),
  mr: chains(5),
  gu: chains(4),
  hi: exact,
  ko: {
    store: (word) => word,
    part: (word) => word,
    // Particles follow the name: 2 letters of a name are enough.
    lookup: (word) =>
      Array.from({ length: Math.max(1, word.length - 1) }, (_, cut) => word.slice(0, word.length - cut)),
  },
  ar: prefixes(/^ال/, /^(?:[وف]?(?:[بك]?ال|لل)|[وفبلك](?=.{3}))/, /(?:یین|یون|یات|یة|ین|ی|ة|ه)$/),
  fa: prefixes(/^(?!)/, /^(?!)/, /(?:ی|ها|های)$/),
  ur: exact,
  he: prefixes(/^ה(?=.{3})/, /^(?:ו?(?:[בלמכ]?ה|[בלמשכ])|ו)(?=.{3})/, /(?:ים|ית|יות|ות|י)$/),
};

export const morphologyOf = (lang: string): Morphology => morphologies[lang] ?? exact;

/** Letters that a language writes in several ways, made one. */
export function plainLetters(word: string, lang: string): string {
  if (lang === 'ar' || lang === 'fa' || lang === 'ur') return noVowelSigns(word);
  if (lang === 'ru') return word.replaceAll('ё', 'е');
  if (lang === 'sr' || lang === 'bs') return toLatin(word);
  if (lang === 'ro') return word.replaceAll('ş', 'ș').replaceAll('ţ', 'ț');
  return word;
}

const serbianLatin: Record<string, string> = Object.fromEntries(
  'а a б b в v г g д d ђ đ е e ж ž з z и i ј j к k л l љ lj м m н n њ nj о o п p р r с s т t ћ ć у u ф f х h ц c ч č џ dž ш š'
    .split(' ')
    .reduce<[string, string][]>((pairs, letter, index, all) => {
      if (index % 2 === 0) pairs.push([letter, all[index + 1] as string]);
      return pairs;
    }, []),
);
const toLatin = (word: string): string => word.replace(/[а-џ]/g, (letter) => serbianLatin[letter] ?? letter);
