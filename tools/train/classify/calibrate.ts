import { placesAmong } from '../../../src/classify/mention.ts';
import { findMentions } from '../../../src/classify/mentions.ts';
import { type Band, type Calibration, isIndependent, topicModel } from '../../../src/classify/topic-model.ts';
import { unspacedLanguages } from '../../../src/text/scripts.ts';
import { type Corpus, modelFor, prior } from './corpus.ts';
import type { Document } from './documents.ts';
import { atThreshold, balancedThreshold, precisionAt, type Score, thresholdOfCoverage } from './measure.ts';
import { packFor } from './pack-for.ts';

/** An answer on a text of a source that was left out: how sure the model was, and whether it was right. */
type Answers = Score['answers'];

/** A kind of model: what it is made of, and the sources that are left out in turn to measure it. */
interface Kind {
  readonly sources: readonly (readonly [source: string, langs: readonly string[]])[];
  readonly dictionary: boolean;
  readonly list: boolean;
}

/** News in languages that have a list of ours and a dictionary. */
const translated: Kind['sources'] = [
  ['esfake', ['es']],
  ['fakebr', ['pt']],
  ['masakha', ['fr']],
  ['tgcontest', ['ru']],
];

/** Sets that may not train choose nothing either. */
const kinds: Readonly<Record<string, Kind>> = {
  en: {
    sources: [
      ['bbc', ['en']],
      ['masakha', ['en']],
      ['huffpost', ['en']],
      ['tgcontest', ['en']],
    ],
    dictionary: false,
    list: true,
  },
  zh: {
    sources: [
      ['thuc', ['zh']],
      ['toutiao', ['zh']],
    ],
    dictionary: false,
    list: false,
  },
  translated: { sources: translated, dictionary: true, list: true },
  'translated without a list': { sources: translated, dictionary: true, list: false },
  listed: { sources: translated, dictionary: false, list: true },
  sentences: {
    sources: [['masakha', ['ha', 'ig', 'sw', 'yo', 'so', 'xh', 'am']]],
    dictionary: false,
    list: false,
  },
};

/** What a feed gives of an article: the title, the title with a summary, all of it. */
const summaryLength = 220;
const cuts = ({ title, text }: Document): string[] =>
  text === '' ? [''] : title === '' ? [text.slice(0, summaryLength), text] : ['', text.slice(0, summaryLength), text];

/** A label that readers see is right nine times in ten. */
const leastPrecision = 0.9;
/** Headlines and briefs: three in a hundred more, for on a source of another kind (AG News) answers are that much worse. */
const shortPrecision = 0.93;
/** So much of the articles is to be answered, as surely as that allows. */
const wantedCoverage = 0.7;
/** With fewer answers than this a band is not measured. */
const fewest = 50;
const bands: readonly Band[] = ['headline', 'brief', 'article'];

/** Measures each kind of model on sources that it has not seen. */
export function calibrations(corpus: Corpus): Record<string, Record<Band, Calibration>> {
  return Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => {
      const answers = kind.sources.flatMap(([source, langs]) =>
        langs.map((lang) => answersOn(corpus, kind, source, lang)),
      );
      return [name, calibrateBands(name, answers)];
    }),
  );
}

type Found = Record<Band, (readonly [number, boolean])[]>;

/** Answers by band of a model that was trained without the source. */
function answersOn(corpus: Corpus, { dictionary, list }: Kind, source: string, lang: string): Found {
  const training = corpus.allowed.filter(
    (document) => document.source !== source && (list || document.source !== 'lexicon'),
  );
  const known = dictionary ? corpus : { ...corpus, dictionaries: new Map() };
  const table = packFor(modelFor(known, lang, training), lang, training);
  const model = topicModel({ prior, temperature: 1, langs: { [lang]: { ...table, threshold: 0 } } });
  const found: Found = { headline: [], brief: [], article: [] };
  for (const document of corpus.rows.filter((row) => row.source === source && row.lang === lang)) {
    for (const text of cuts(document)) {
      const places = placesAmong(findMentions(`${document.title}\n${text}`, { lang }), lang);
      const odds = model(document.title, text, lang, places);
      if (!odds) continue;
      const confidence = Math.max(...odds.probabilities);
      const isGiven = odds.band === 'article' || isIndependent(odds);
      if (isGiven) found[odds.band].push([confidence, document.right.includes(odds.probabilities.indexOf(confidence))]);
    }
  }
  return found;
}

/** A band that no set can measure is taken for the next shorter one, which is harder; without such a one it is not answered. */
function calibrateBands(name: string, sources: readonly Found[]): Record<Band, Calibration> {
  const found: Partial<Record<Band, Calibration>> = {};
  let shorter: Calibration = { threshold: 1, points: [[1, 0.5]] };
  for (const band of bands) {
    shorter = calibrate(name, band, sources) ?? shorter;
    found[band] = shorter;
  }
  return found as Record<Band, Calibration>;
}

function calibrate(kind: string, band: Band, sources: readonly Found[]): Calibration | undefined {
  const answers = sources.map((found) => found[band]).filter((found) => found.length >= fewest);
  if (answers.length === 0) return undefined;
  const threshold = band === 'article' ? articleThreshold(answers) : balancedThreshold(answers, shortPrecision);
  const at = answers.map((found) => atThreshold(found, threshold));
  const surestShare = answers.map((found) => precisionAt(found, wantedCoverage));
  const percent = (values: readonly number[]): string => values.map((value) => (100 * value).toFixed(0)).join(' ');
  console.error(
    `  ${kind} ${band}: from ${threshold} on right ${percent(at.map(({ precision }) => precision))} of ${percent(at.map(({ coverage }) => coverage))} % (each source left out); the surest ${100 * wantedCoverage} % are right ${percent(surestShare)}`,
  );
  return { threshold, points: isotonic(answers) };
}

/** The highest threshold that answers as many as wanted, or, where these are right too seldom, the lowest that is right often enough. */
function articleThreshold(answers: readonly Answers[]): number {
  const enough = thresholdOfCoverage(answers, wantedCoverage);
  return Math.max(enough, balancedThreshold(answers, leastPrecision));
}

const steps = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995, 1];
/** What no number of texts can show. */
const surest = 0.97;

/** Share of right answers at each level of what the model says, each source counted the same, never falling (pool adjacent violators). */
function isotonic(sources: readonly Answers[]): (readonly [number, number])[] {
  const pools: { weight: number; right: number; ends: number[] }[] = [];
  steps.slice(1).forEach((to, index) => {
    const from = steps[index] as number;
    const pool = { weight: 0, right: 0, ends: [(from + to) / 2] };
    for (const answers of sources) {
      const within = answers.filter(([confidence]) => confidence > from && confidence <= to);
      pool.weight += within.length / answers.length;
      pool.right += within.filter(([, right]) => right).length / answers.length;
    }
    if (pool.weight === 0) return;
    pools.push(pool);
    for (let last = pools.at(-1); pools.length > 1; last = pools.at(-1)) {
      const before = pools.at(-2);
      if (!before || !last || before.right / before.weight <= last.right / last.weight) break;
      pools.splice(-2, 2, {
        weight: before.weight + last.weight,
        right: before.right + last.right,
        ends: [...before.ends, ...last.ends],
      });
    }
  });
  return pools.flatMap(({ weight, right, ends }) =>
    ends.map((end) => [Number(end.toFixed(4)), Number(Math.min(surest, right / weight).toFixed(3))] as const),
  );
}

/** Which of the kinds above a language's model is. */
export function kindOf({ allowed, dictionaries }: Corpus, lang: string): string {
  if (lang === 'en' || lang === 'zh') return lang;
  const sources = new Set(allowed.filter((document) => document.lang === lang).map(({ source }) => source));
  // Where words are not set apart, nothing of that kind was measured.
  if (dictionaries.has(lang) && !unspacedLanguages.has(lang))
    return sources.has('lexicon') ? 'translated' : 'translated without a list';
  return sources.size > (sources.has('sib') ? 1 : 0) ? 'listed' : 'sentences';
}
