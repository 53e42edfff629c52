/**
 * Trains the block scorer: `node tools/train/extract/train.ts --data FOLDER [--folds 5] [--dry]`, where FOLDER holds `<corpus>/gold.jsonl` and
 * `<corpus>/pages/<id>.html.gz`, and stands beside `suspect.json`: by corpus (`dev/naeb`) the ids of pages whose gold is cut off. `--unseen FILE` keeps the labels and the scores of blocks on
 * unseen sites, page by page. Prints the score of every corpus on sites that the scorer did not see (folds by site), then trains on all and
 * writes `src/extract/decide/blocks.weights.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { getDomain } from 'tldts';
import { isEmbeddedPost } from '../../../src/extract/decide/repair.ts';
import { blockFeatures, featureNames } from '../../../src/extract/features/features.ts';
import { compile, type Forest, predict } from '../../../src/extract/features/forest.ts';
import { neighbourhood, neighbourhoodNames } from '../../../src/extract/features/neighbourhood.ts';
import type { View } from '../../../src/extract/features/view.ts';
import { openPage } from '../../../src/extract/parse/open.ts';
import { type BoostOptions, boost } from './boost.ts';
import { labelBlocks, labelBySnippets } from './labels.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    folds: { type: 'string', default: '5' },
    trees: { type: 'string', default: '140' },
    dry: { type: 'boolean', default: false },
    unseen: { type: 'string' },
  },
});
if (!values.data) {
  console.error('Name the folder of the corpora: --data FOLDER');
  process.exit(2);
}
const folder = values.data;
const folds = Number(values.folds);

interface Sample {
  readonly id: string;
  readonly corpus: string;
  readonly fold: number;
  readonly view: View;
  readonly golds: readonly string[];
  readonly labels: Float32Array;
  readonly weights: Float32Array;
  readonly features: Float32Array;
  first: Float32Array;
  second: Float32Array;
  readonly zone: { readonly first: number; readonly end: number };
}

/** Corpora with whole texts, and what a page of each counts; snippets say something of a few blocks only. */
const corpora: Readonly<Record<string, number>> = {
  zyte: 1.5,
  fundus: 1,
  'fundus-eval': 1.3,
  naeb: 1,
  newspaper4k: 0.5,
  trafilatura: 1,
};

const hash = (text: string): number =>
  [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, 7) >>> 0;

function readSamples(): Sample[] {
  const suspect: Readonly<Record<string, readonly string[]>> = JSON.parse(
    readFileSync(join(folder, '..', 'suspect.json'), 'utf8'),
  );
  return Object.entries(corpora).flatMap(([corpus, share]) =>
    readFileSync(join(folder, corpus, 'gold.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter((row) => !(suspect[`dev/${corpus}`] ?? []).includes(row.id))
      .map((row): Sample => {
        const html = gunzipSync(readFileSync(join(folder, corpus, 'pages', `${row.id}.html.gz`))).toString('utf8');
        const { view, findings } = openPage({ url: row.url, html });
        const golds: string[] = row.text ? [row.text] : [];
        const labels = row.text ? labelBlocks(view, golds) : labelBySnippets(view, row.with ?? [], row.without ?? []);
        // A page counts the same whether long or short, as in the score; a block counts by its words.
        const goldWords = view.blocks.reduce((sum, block, i) => sum + block.words * Math.max(0, labels[i] ?? 0), 0);
        const weights = Float32Array.from(view.blocks, (block, i) => {
          // Embedded posts are kept by rule, and the corpora do not agree on them.
          if ((labels[i] ?? 0) < 0 || isEmbeddedPost(block)) return 0;
          const words = row.text ? block.words : Math.min(block.words, 15);
          return share * (0.12 + (row.text ? (20 * words) / Math.max(150, goldWords) : words * 0.02));
        });
        const site = getDomain(row.url) ?? row.domain ?? row.id;
        return {
          id: String(row.id),
          corpus,
          fold: hash(site) % folds,
          view,
          golds: row.corpus === 'fundus' && row.text_nosummary ? [row.text, row.text_nosummary] : golds,
          labels,
          weights,
          features: blockFeatures(view, findings).rows,
          first: new Float32Array(0),
          second: new Float32Array(0),
          zone: findings.zone,
        };
      }),
  );
}

const firstOptions: BoostOptions = {
  trees: Number(values.trees),
  leaves: 14,
  rate: 0.1,
  leastWeight: 1.5,
  ridge: 6,
  columns: 0.5,
  seed: 11,
};
const secondOptions: BoostOptions = {
  trees: Math.round(Number(values.trees) * 0.8),
  leaves: 14,
  rate: 0.09,
  leastWeight: 2,
  ridge: 6,
  columns: 0.5,
  seed: 23,
};

/** Rows of the samples side by side; `extra` gives the second round's features. Far-off certain negatives are thinned out. */
function train(
  samples: readonly Sample[],
  names: readonly string[],
  options: BoostOptions,
  extra?: (sample: Sample) => Float32Array,
): Forest {
  const width = names.length;
  const base = featureNames.length;
  const chosen: { sample: Sample; i: number; weight: number }[] = [];
  for (const [s, sample] of samples.entries())
    for (let i = 0; i < sample.labels.length; i++) {
      const weight = sample.weights[i] ?? 0;
      if (weight === 0 || !inZone(sample, i)) continue;
      const near = around(sample, i);
      if (near) chosen.push({ sample, i, weight });
      else if ((i + s) % 4 === 0) chosen.push({ sample, i, weight: weight * 4 });
    }
  const features = new Float32Array(chosen.length * width);
  const extras = new Map<Sample, Float32Array>();
  for (const [row, { sample, i }] of chosen.entries()) {
    features.set(sample.features.subarray(i * base, (i + 1) * base), row * width);
    if (!extra) continue;
    const more = extras.get(sample) ?? extra(sample);
    extras.set(sample, more);
    features.set(more.subarray(i * (width - base), (i + 1) * (width - base)), row * width + base);
  }
  return boost(
    {
      width,
      features,
      labels: Float32Array.from(chosen, ({ sample, i }) => sample.labels[i] ?? 0),
      weights: Float32Array.from(chosen, ({ weight }) => weight),
    },
    names,
    options,
  );
}

function around(sample: Sample, i: number): boolean {
  for (let j = Math.max(0, i - 12); j < Math.min(sample.labels.length, i + 13); j++)
    if ((sample.labels[j] ?? 0) > 0) return true;
  return false;
}

const inZone = ({ zone }: Sample, i: number): boolean => i >= zone.first && i < zone.end;

const allNames = [...featureNames, ...neighbourhoodNames];

function scoreFirst(forest: Forest, sample: Sample): Float32Array {
  const compiled = compile(forest, featureNames);
  return Float32Array.from(sample.view.blocks, (_, i) =>
    inZone(sample, i) ? predict(compiled, sample.features, i * featureNames.length) : 0,
  );
}

function scoreSecond(forest: Forest, sample: Sample): Float32Array {
  const compiled = compile(forest, allNames);
  const { rows, width } = neighbourhood(sample.view, sample.first);
  const row = new Float32Array(allNames.length);
  return Float32Array.from(sample.view.blocks, (_, i) => {
    if (!inZone(sample, i)) return 0;
    row.set(sample.features.subarray(i * featureNames.length, (i + 1) * featureNames.length));
    row.set(rows.subarray(i * width, (i + 1) * width), featureNames.length);
    return predict(compiled, row, 0);
  });
}

// --- the public article benchmark's measure: overlap of 4-word runs, macro precision and recall
function shingle(gold: string, text: string): [number, number, number] {
  const grams = (t: string): Map<string, number> => {
    const words = t.match(/[\p{L}\p{N}_]+/gu) ?? [];
    const map = new Map<string, number>();
    for (let i = 0; i < Math.max(1, words.length - 3); i++) {
      const key = words.slice(i, i + 4).join(' ');
      if (key) map.set(key, (map.get(key) ?? 0) + 1);
    }
    return map;
  };
  const a = grams(gold);
  const b = grams(text);
  let hit = 0;
  for (const [key, count] of a) hit += Math.min(count, b.get(key) ?? 0);
  const sum = (map: Map<string, number>): number => [...map.values()].reduce((x, y) => x + y, 0);
  return [hit, sum(b), sum(a)];
}

function report(samples: readonly Sample[], round: 'first' | 'second', threshold: number): string {
  return Object.keys(corpora)
    .filter((corpus) => corpus !== 'trafilatura')
    .map((corpus) => {
      let precision = 0;
      let recall = 0;
      let n = 0;
      let withText = 0;
      for (const sample of samples) {
        if (sample.corpus !== corpus) continue;
        const text = sample.view.blocks
          .filter((_, i) => (sample[round][i] ?? 0) > threshold)
          .map((block) => block.text)
          .join('\n');
        const best = sample.golds
          .map((gold) => shingle(gold, text))
          .reduce((a, b) => ((2 * b[0]) / (b[1] + b[2]) > (2 * a[0]) / (a[1] + a[2]) ? b : a));
        if (best[1] > 0) {
          precision += best[0] / best[1];
          withText++;
        }
        recall += best[2] > 0 ? best[0] / best[2] : 1;
        n++;
      }
      const p = precision / withText;
      const r = recall / n;
      return `${corpus} ${((2 * p * r) / (p + r)).toFixed(4)} (P ${p.toFixed(3)} R ${r.toFixed(3)})`;
    })
    .join('  ');
}

const samples = readSamples();
console.error(
  `${samples.length} pages, ${samples.reduce((sum, sample) => sum + sample.labels.length, 0)} blocks, ${featureNames.length} features`,
);
const ideal = samples.map((sample) => ({ ...sample, first: sample.labels }));
console.error(`labels themselves: ${report(ideal, 'first', 0.5)}`);
for (let fold = 0; fold < folds; fold++) {
  const forest = train(
    samples.filter((sample) => sample.fold !== fold),
    featureNames,
    firstOptions,
  );
  for (const sample of samples) if (sample.fold === fold) sample.first = scoreFirst(forest, sample);
}
console.error(`first round, unseen sites:  ${report(samples, 'first', 0.5)}`);
const surroundings = (sample: Sample): Float32Array => neighbourhood(sample.view, sample.first).rows;
for (let fold = 0; fold < folds; fold++) {
  const forest = train(
    samples.filter((sample) => sample.fold !== fold),
    allNames,
    secondOptions,
    surroundings,
  );
  for (const sample of samples) if (sample.fold === fold) sample.second = scoreSecond(forest, sample);
}
for (const threshold of [0.4, 0.5, 0.6])
  console.error(`second round, unseen sites, above ${threshold}: ${report(samples, 'second', threshold)}`);
if (values.unseen) {
  const pages = samples.map(({ corpus, id, labels, first, second }) => ({
    corpus,
    id,
    labels: [...labels],
    first: [...first],
    scores: [...second],
  }));
  writeFileSync(values.unseen, pages.map((page) => JSON.stringify(page)).join('\n'));
}
if (!values.dry) {
  const first = train(samples, featureNames, firstOptions);
  const second = train(samples, allNames, secondOptions, surroundings);
  const target = new URL('../../../src/extract/decide/blocks.weights.json', import.meta.url);
  writeFileSync(target, JSON.stringify({ first, second }));
  console.error(`written: ${target}`);
}
