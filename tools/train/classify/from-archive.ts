/**
 * Trains topic weights from the operator's own archive, with the publishers' sections and labels as weak labels: the road to a
 * language that no labelled text exists for.
 *
 * Usage: npm run train:from-archive -- --archive FILE --out FILE [--least N]
 *   --archive  JSON lines {title, text, lang, url?, labels?: [...]}, as `courant export` writes them
 *   --out      the weights; the setting TOPIC_WEIGHTS names them
 *   --least    articles with a known section that a language needs (default 500)
 *
 * Articles whose publisher forbids training (`rights.aiTrain` is false) are left out.
 * An article whose labels and address name exactly one IPTC topic is an example of it; others are left out. Every fifth example is
 * kept out of training and measures the result. Our own word lists help where they exist. Languages with too few are left alone.
 */
import { createReadStream, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { languageCode } from '../../../src/classify/language.ts';
import { publisherTopics } from '../../../src/classify/publisher.ts';
import type { LanguageWeights, TopicWeights } from '../../../src/classify/topic-model.ts';
import type { Rights } from '../../../src/domain/rights.ts';
import { linesOf } from '../../../src/text/lines.ts';
import { type Document, labelled, readLexicons } from './documents.ts';
import { atThreshold, measure, type Predict, thresholdFor } from './measure.ts';
import { pack } from './pack.ts';
import { seeded } from './random.ts';
import { example, logits, probabilities, type Settings, train } from './softmax.ts';
import { vocabularyOfTexts } from './vocabulary.ts';

const { values } = parseArgs({
  options: { archive: { type: 'string' }, out: { type: 'string' }, least: { type: 'string', default: '500' } },
});
if (!values.archive || !values.out)
  throw new Error('--archive FILE and --out FILE are needed: see the head of this file');
const least = Number(values.least);

const settings: Settings = { epochs: 20, rate: 0.02, prior: 3, own: 10, ownDecay: 1e-4, sets: {} };
/** Words kept for each language: 18 bytes each. */
const kept = 4000;
const wantedPrecision = 0.85;

interface ArchiveLine {
  readonly title?: string;
  readonly text?: string;
  readonly lang?: string;
  readonly url?: string;
  readonly labels?: readonly string[];
  readonly rights?: Rights | null;
}

/** The article as an example, when its publisher names exactly one topic. */
function weaklyLabelled({ title = '', text = '', lang, url, labels = [], rights }: ArchiveLine): Document | undefined {
  // The publisher does not want models trained with it.
  if (rights?.aiTrain === false) return undefined;
  const code = languageCode(lang);
  const found = publisherTopics(labels, url);
  const [only] = found;
  if (!code || !only || found.length > 1) return undefined;
  return labelled({ source: 'archive', lang: code, title, text }, [only.id], []);
}

const examples = new Map<string, Document[]>();
for await (const line of linesOf(createReadStream(values.archive))) {
  if (!line.trim()) continue;
  const document = weaklyLabelled(JSON.parse(line) as ArchiveLine);
  if (document) examples.set(document.lang, [...(examples.get(document.lang) ?? []), document]);
}

const lists = readLexicons(new URL('./lexicon/', import.meta.url), seeded(7), 50);
const langs: Record<string, LanguageWeights> = {};
for (const [lang, documents] of [...examples].sort(([a], [b]) => (a < b ? -1 : 1))) {
  if (documents.length < least) {
    console.error(`${lang}: ${documents.length} labelled articles are fewer than ${least}; left alone`);
    continue;
  }
  const help = lists.filter((document) => document.lang === lang);
  const learn = (training: readonly Document[]) => {
    const all = [...training, ...help];
    return train(all, vocabularyOfTexts(lang, all), settings);
  };
  const trial = learn(documents.filter((_, index) => index % 5 !== 0));
  const predict: Predict = (document) => {
    const item = example(document, trial.vocabulary, settings.prior);
    return item.rows.length ? [...probabilities(logits(item, trial))] : undefined;
  };
  const { answers, fineRight, fine } = measure(
    documents.filter((_, index) => index % 5 === 0),
    predict,
  );
  const threshold = thresholdFor(answers, wantedPrecision);
  const { coverage, precision } = atThreshold(answers, threshold);
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  console.error(
    `${lang}: ${documents.length} articles; ${percent(fineRight / (fine || 1))} right; from ${threshold} on ${percent(precision)} right of ${percent(coverage)}`,
  );
  langs[lang] = { ...pack(learn(documents), kept, () => 1), threshold };
}
const weights: TopicWeights = { prior: settings.prior, temperature: 1, langs };
writeFileSync(values.out, `${JSON.stringify(weights)}\n`);
