import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Features } from '../../../src/dedupe/features.ts';
import { hashWord } from '../../../src/dedupe/hash.ts';
import { scorerInputs } from '../../../src/dedupe/judge.ts';
import { probability } from '../../../src/dedupe/logistic.ts';
import { isSeries } from '../../../src/dedupe/series.ts';
import { readArticles, readLabels, readLines, readPairLabels } from './data.ts';
import { type Example, fitLogistic } from './fit.ts';
import { trainingPairs } from './pairs.ts';

/**
 * Trains the scorer of duplicates: `npm run train:dedupe -- --data FOLDER [--answers FILE]`. The answers are what the operator said of
 * doubtful pairs (`courant review export`): lines `{features, same}`.
 */
const { values } = parseArgs({ options: { data: { type: 'string' }, answers: { type: 'string' } } });
if (!values.data) throw new Error('--data FOLDER: the folder of the deduplication data (with dev/)');

interface Grouped extends Example {
  readonly group: string;
}
const folds = 10;
const penalty = 1;

async function constructed(folder: string): Promise<Grouped[]> {
  const labels = new Map(readLabels(folder).map((label) => [label.id, label]));
  const groupOf = (id: string): string => labels.get(id)?.dup ?? id;
  const pairs = await trainingPairs(readArticles(folder, 'articles'), groupOf, (a, b) => groupOf(a) === groupOf(b));
  return pairs.map((pair) => example(pair.features, pair.same, groupOf(pair.a)));
}

async function agency(folder: string): Promise<Grouped[]> {
  const labels = readPairLabels(folder).filter((pair) => pair.label !== 'U');
  const truth = new Map(
    labels.flatMap(({ a, b, label }) => [a + b, b + a].map((key) => [key, label === 'D'] as const)),
  );
  const pairs = await trainingPairs(
    readArticles(folder, 'reuters-articles'),
    (id) => id,
    (a, b) => truth.get(a + b),
  );
  return pairs.map((pair) => example(pair.features, pair.same, pair.a));
}

const answered = (file: string): Grouped[] =>
  readLines<{ features: Features; same: boolean }>(file).map(({ features, same }, index) =>
    example(features, same, `answer ${index}`),
  );

/** A pair that the series guard settles is no example: the scorer is not asked about it. */
function example(features: Features, yes: boolean, group: string): Grouped & { readonly settled: boolean } {
  return { inputs: scorerInputs(features), yes, weight: 1, group, settled: isSeries(features) };
}

const sets = {
  constructed: await constructed(values.data),
  agency: await agency(values.data),
  ...(values.answers ? { answers: answered(values.answers) } : {}),
};
const isOpen = (one: Grouped): boolean => !(one as { settled?: boolean }).settled;
const all = Object.values(sets).flat().filter(isOpen);

const foldOf = (one: Grouped): number => (hashWord(one.group) >>> 0) % folds;
const models = Array.from({ length: folds }, (_, fold) =>
  fitLogistic(
    all.filter((one) => foldOf(one) !== fold),
    penalty,
  ),
);
for (const [name, set] of Object.entries(sets)) {
  const open = set.filter(isOpen);
  const scored = open.map((one) => ({
    ...one,
    score: probability(models[foldOf(one)] ?? { bias: 0, weights: [] }, one.inputs),
  }));
  const wrong = scored.filter((one) => !one.yes && one.score >= 0.45).length;
  const missed = scored.filter((one) => one.yes && one.score < 0.45).length;
  const settled = set.filter((one) => !isOpen(one));
  const line = `${open.length} pairs, cross-validated: ${wrong} wrongly merged, ${missed} missed at .45`;
  console.error(
    `${name}: ${line}; ${settled.length} more settled by the series guard, ${settled.filter((one) => one.yes).length} of them wrongly`,
  );
}
const file = new URL('../../../src/dedupe/scorer.weights.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(fitLogistic(all, penalty), null, 2)}\n`);
console.error(`wrote ${file.pathname}`);
