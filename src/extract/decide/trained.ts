import { isListed } from '../boilerplate/boilerplate.ts';
import { blockFeatures, type Feature, features } from '../features/features.ts';
import type { Findings } from '../features/findings.ts';
import { compile, type Forest, predict } from '../features/forest.ts';
import { neighbourhood, neighbourhoodNames } from '../features/neighbourhood.ts';
import type { View } from '../features/view.ts';
import weights from './blocks.weights.json' with { type: 'json' };

/** What both rounds say of a listed line in the mean, when they are asked; the others ask for it as a neighbour's. */
const listedScore = 0.004;

/** The forests of both rounds. */
export interface BlockWeights {
  readonly first: Forest;
  readonly second: Forest;
}

/**
 * Fifth scorer, trained on pages with gold texts (`tools/train/extract/train.ts`): how likely each block is part of the article, 0…1. It hears
 * the other scorers and the boilerplate rules; a second round looks at what the first one thinks of the neighbours. The answer is the mean of
 * both: on unseen sites better than either, since the first errs by line and the second by page.
 */
export function blockScorer(weights: BlockWeights): (view: View, findings: Findings) => Float32Array {
  // Features that no tree asks for are not worked out.
  const asked = new Set([...weights.first.features, ...weights.second.features]);
  const chosen: readonly Feature[] = features.filter(({ name }) => asked.has(name));
  const chosenNames = chosen.map(({ name }) => name);
  const names = [...chosenNames, ...neighbourhoodNames];
  const first = compile(weights.first, chosenNames);
  const second = compile(weights.second, names);
  return (view, findings) => {
    const { zone } = findings;
    const n = view.blocks.length;
    const settled = new Uint8Array(n);
    for (let i = zone.first; i < zone.end; i++)
      if (isListed(view, findings.boilerplate[i] ?? 0, findings.named?.box, i)) settled[i] = 1;
    const { rows, width } = blockFeatures(view, findings, chosen, settled);
    const scores = new Float32Array(n);
    for (let i = zone.first; i < zone.end; i++) scores[i] = settled[i] ? listedScore : predict(first, rows, i * width);
    const around = neighbourhood(view.blocks, scores);
    const row = new Float32Array(names.length);
    const result = new Float32Array(n);
    for (let i = zone.first; i < zone.end; i++) {
      if (settled[i]) {
        result[i] = listedScore;
        continue;
      }
      row.set(rows.subarray(i * width, (i + 1) * width));
      row.set(around.rows.subarray(i * around.width, (i + 1) * around.width), width);
      result[i] = (predict(second, row, 0) + (scores[i] as number)) / 2;
    }
    return result;
  };
}

/** The scorer with the weights that were trained on all sites. */
export const trainedScores = blockScorer(weights);
