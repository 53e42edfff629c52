/**
 * Trains the judge of whether a page is an article: `node src/extract/train/train-verdict.ts --data FOLDER --web FOLDER [--dry]`. `--data` holds the
 * corpora of articles and `wcxb-nonarticle`; `--web` the recorded web (`manifest.jsonl`, `pages/`), whose front and section pages are none.
 * Prints the accuracy on sites that the judge did not see, then writes `verdict.weights.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { getDomain } from 'tldts';
import { decide } from '../../../src/extract/decide/decide.ts';
import { compile, predict } from '../../../src/extract/features/forest.ts';
import { pageFeatureNames, pageFeatures } from '../../../src/extract/features/page-features.ts';
import { openPage } from '../../../src/extract/parse/open.ts';
import { boost } from './boost.ts';

const { values } = parseArgs({
  options: { data: { type: 'string' }, web: { type: 'string' }, dry: { type: 'boolean', default: false } },
});
if (!values.data || !values.web) {
  console.error('Name both folders: --data FOLDER --web FOLDER');
  process.exit(2);
}

interface Sample {
  readonly kind: string;
  readonly url: string;
  readonly fold: number;
  readonly label: number;
  readonly row: Float32Array;
}
const folds = 5;
const hash = (text: string): number =>
  [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, 7) >>> 0;
const samples: Sample[] = [];
const add = (kind: string, url: string, html: string, label: number): void => {
  const page = openPage({ url, html });
  const { kept, scores } = decide(page);
  samples.push({
    kind,
    url,
    fold: hash(getDomain(url) ?? url) % folds,
    label,
    row: pageFeatures(page, kept, scores, url),
  });
};
const lines = (file: string): { id: string; url: string; kind?: string; file?: string; charset?: string }[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
for (const corpus of ['zyte', 'naeb', 'fundus', 'fundus-eval', 'wcxb-nonarticle'])
  for (const { id, url } of lines(join(values.data, corpus, 'gold.jsonl')))
    add(
      corpus,
      url,
      gunzipSync(readFileSync(join(values.data, corpus, 'pages', `${id}.html.gz`))).toString('utf8'),
      corpus.startsWith('wcxb') ? 0 : 1,
    );
for (const { kind, url, file } of lines(join(values.web, 'manifest.jsonl')))
  if (file && (kind === 'home' || kind === 'section'))
    add(kind, url, gunzipSync(readFileSync(join(values.web, file))).toString('utf8'), 0);

function train(rows: readonly Sample[]) {
  const none = rows.filter((sample) => sample.label === 0).length;
  return boost(
    {
      width: pageFeatureNames.length,
      features: Float32Array.from(rows.flatMap((sample) => [...sample.row])),
      labels: Float32Array.from(rows, (sample) => sample.label),
      weights: Float32Array.from(rows, (sample) => (sample.label === 0 ? Math.min(3, rows.length / none / 2) : 1)),
    },
    pageFeatureNames,
    { trees: 60, leaves: 6, rate: 0.12, leastWeight: 3, ridge: 3, columns: 0.6, seed: 5 },
  );
}

const right = new Map<string, [number, number]>();
for (let fold = 0; fold < folds; fold++) {
  const forest = compile(train(samples.filter((sample) => sample.fold !== fold)), pageFeatureNames);
  for (const sample of samples) {
    if (sample.fold !== fold) continue;
    const p = predict(forest, sample.row, 0);
    const [hits, n] = right.get(sample.kind) ?? [0, 0];
    right.set(sample.kind, [hits + Number(p > 0.5 === (sample.label === 1)), n + 1]);
    if (p > 0.5 !== (sample.label === 1)) console.error(`${sample.kind} ${p.toFixed(2)} ${sample.url}`);
  }
}
for (const [kind, [hits, n]] of right) console.error(`${kind}: ${hits} of ${n} right on unseen sites`);
if (!values.dry)
  writeFileSync(
    new URL('../../../src/extract/decide/verdict.weights.json', import.meta.url),
    JSON.stringify(train(samples)),
  );
