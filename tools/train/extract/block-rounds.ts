import type { BlockWeights } from '../../../src/extract/decide/trained.ts';
import { featureNames } from '../../../src/extract/features/features.ts';
import { compile, type Forest, predict } from '../../../src/extract/features/forest.ts';
import { neighbourhood, neighbourhoodNames } from '../../../src/extract/features/neighbourhood.ts';
import { folds, type Sample } from './block-samples.ts';
import { type BoostOptions, boost } from './boost.ts';

/** Chosen on sites left out, among trees 140 to 280, leaves 7 to 14, rates .055 to .1: `data/manifest.json` holds what each gave. */
export const options: { readonly first: BoostOptions; readonly second: BoostOptions } = {
  first: { trees: 140, leaves: 14, rate: 0.1, leastWeight: 1.5, ridge: 6, columns: 0.5, seed: 11 },
  second: { trees: 112, leaves: 14, rate: 0.09, leastWeight: 2, ridge: 6, columns: 0.5, seed: 23 },
};

/** Far from any text a line is surely none: one in so many of these is learnt from, with their weight. */
const thinned = 4;
/** Lines this near to the text are all learnt from. */
const nearby = 12;

const width = featureNames.length;
const allNames = [...featureNames, ...neighbourhoodNames];

/** What the first round says of a sample's blocks, by a forest that did not see the site. */
type FirstScores = ReadonlyMap<Sample, Float32Array>;

/** Weights for each part of the sites, trained on the others; and, when asked, those trained on all. */
export function trainBlocks(
  samples: readonly Sample[],
  say: (what: string) => void,
): { readonly folds: readonly BlockWeights[]; readonly all: () => BlockWeights } {
  const parts = Array.from({ length: folds }, (_, fold) => fold);
  const others = (fold: number): readonly Sample[] => samples.filter((sample) => sample.fold !== fold);
  const scores = new Map<Sample, Float32Array>();
  const firsts = parts.map((fold) => {
    const forest = trainRound(others(fold), featureNames, options.first);
    const compiled = compile(forest, featureNames);
    for (const sample of samples) if (sample.fold === fold) scores.set(sample, scoreFirst(compiled, sample));
    say(`first round, part ${fold + 1} of ${folds}`);
    return forest;
  });
  const weights = parts.map((fold): BlockWeights => {
    const second = trainRound(others(fold), allNames, options.second, scores);
    say(`second round, part ${fold + 1} of ${folds}`);
    return { first: firsts[fold] as Forest, second };
  });
  return {
    folds: weights,
    all: () => ({
      first: trainRound(samples, featureNames, options.first),
      second: trainRound(samples, allNames, options.second, scores),
    }),
  };
}

function scoreFirst(forest: ReturnType<typeof compile>, { zone, features, labels }: Sample): Float32Array {
  const scores = new Float32Array(labels.length);
  for (let i = zone.first; i < zone.end; i++) scores[i] = predict(forest, features, i * width);
  return scores;
}

/** A forest from the samples' rows side by side; `scores` are given for the second round. */
function trainRound(
  samples: readonly Sample[],
  names: readonly string[],
  how: BoostOptions,
  scores?: FirstScores,
): Forest {
  const chosen: { sample: Sample; i: number; weight: number }[] = [];
  for (const [s, sample] of samples.entries())
    for (let i = sample.zone.first; i < sample.zone.end; i++) {
      const weight = sample.weights[i] ?? 0;
      if (weight === 0) continue;
      if (isNearText(sample, i)) chosen.push({ sample, i, weight });
      else if ((i + s) % thinned === 0) chosen.push({ sample, i, weight: weight * thinned });
    }
  const features = new Float32Array(chosen.length * names.length);
  const around = new Map<Sample, Float32Array>();
  const more = names.length - width;
  for (const [row, { sample, i }] of chosen.entries()) {
    features.set(sample.features.subarray(i * width, (i + 1) * width), row * names.length);
    if (!scores) continue;
    const rows = around.get(sample) ?? neighbourhood(sample.blocks, scores.get(sample) ?? new Float32Array()).rows;
    around.set(sample, rows);
    features.set(rows.subarray(i * more, (i + 1) * more), row * names.length + width);
  }
  const labels = Float32Array.from(chosen, ({ sample, i }) => sample.labels[i] ?? 0);
  const weights = Float32Array.from(chosen, ({ weight }) => weight);
  return boost({ width: names.length, features, labels, weights }, names, how);
}

function isNearText({ labels }: Sample, i: number): boolean {
  for (let j = Math.max(0, i - nearby); j <= Math.min(labels.length - 1, i + nearby); j++)
    if ((labels[j] ?? 0) > 0) return true;
  return false;
}
