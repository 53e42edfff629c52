import { placesAmong } from '../../../src/classify/mention.ts';
import { findMentions } from '../../../src/classify/mentions.ts';
import { type Band, type Calibration, isIndependent, topicModel } from '../../../src/classify/topic-model.ts';
import { type Corpus, modelFor, prior } from './corpus.ts';
import type { Document } from './documents.ts';
import { atThreshold, balancedThreshold, type Score } from './measure.ts';
import { packFor } from './pack-for.ts';

/** An answer on a text of a source that was left out: how sure the model was, and whether it was right. */
type Answers = Score['answers'];

/** Sources that are left out in turn, by the kind of model that is measured on them. Sets that may not train choose nothing either. */
const leftOut: Readonly<Record<string, readonly (readonly [source: string, langs: readonly string[]])[]>> = {
  en: [
    ['bbc', ['en']],
    ['masakha', ['en']],
    ['huffpost', ['en']],
    ['tgcontest', ['en']],
  ],
  zh: [
    ['thuc', ['zh']],
    ['toutiao', ['zh']],
  ],
  listed: [
    ['esfake', ['es']],
    ['fakebr', ['pt']],
    ['masakha', ['fr']],
    ['tgcontest', ['ru']],
  ],
  sentences: [['masakha', ['ha', 'ig', 'sw', 'yo', 'so', 'xh', 'am']]],
};

/** What a feed gives of an article: the title, the title with a summary, all of it. */
const summaryLength = 220;
const cuts = ({ title, text }: Document): string[] =>
  text === '' ? [''] : title === '' ? [text.slice(0, summaryLength), text] : ['', text.slice(0, summaryLength), text];

/** Right nine times in ten. */
const wantedPrecision = 0.9;
/** With fewer answers than this a band is not measured. */
const fewest = 50;
const bands: readonly Band[] = ['headline', 'brief', 'article'];

/** Measures each kind of model on sources that it has not seen. */
export function calibrations(corpus: Corpus): Record<string, Record<Band, Calibration>> {
  return Object.fromEntries(
    Object.entries(leftOut).map(([kind, sources]) => {
      const answers = sources.flatMap(([source, langs]) => langs.map((lang) => answersOn(corpus, source, lang)));
      return [kind, Object.fromEntries(bands.map((band) => [band, calibrate(kind, band, answers)]))];
    }),
  ) as Record<string, Record<Band, Calibration>>;
}

/** Answers by band of a model that was trained without the source. */
function answersOn(corpus: Corpus, source: string, lang: string): Record<Band, (readonly [number, boolean])[]> {
  const training = corpus.allowed.filter((document) => document.source !== source);
  const table = packFor(modelFor(corpus, lang, training), lang, training);
  const model = topicModel({ prior, temperature: 1, langs: { [lang]: { ...table, threshold: 0 } } });
  const found: Record<Band, (readonly [number, boolean])[]> = { headline: [], brief: [], article: [] };
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

function calibrate(kind: string, band: Band, sources: readonly Record<Band, Answers>[]): Calibration {
  const answers = sources.map((found) => found[band]).filter((found) => found.length >= fewest);
  // Not measured, not answered.
  if (answers.length === 0) return { threshold: 1, points: [[1, 0.5]] };
  const threshold = balancedThreshold(answers, wantedPrecision);
  const at = answers.map((found) => atThreshold(found, threshold));
  const percent = (values: readonly number[]): string => values.map((value) => (100 * value).toFixed(0)).join(' ');
  console.error(
    `  ${kind} ${band}: from ${threshold} on right ${percent(at.map(({ precision }) => precision))} of ${percent(at.map(({ coverage }) => coverage))} % (each source left out)`,
  );
  return { threshold, points: isotonic(answers) };
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
export function kindOf(lang: string, documents: readonly Document[]): string {
  if (lang === 'en' || lang === 'zh') return lang;
  const others = documents.some((document) => document.lang === lang && document.source !== 'sib');
  return others ? 'listed' : 'sentences';
}
