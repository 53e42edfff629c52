import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BlockWeights } from '../../../src/extract/decide/trained.ts';
import { options, trainBlocks } from './block-rounds.ts';
import { corpora, readSamples } from './block-samples.ts';

const current = new URL('../../../src/extract/decide/blocks.weights.json', import.meta.url);

/** Where the weights of parts are kept: a name that changes with the weights of record, the corpora and the way of training. */
function keptIn(folder: string): string {
  const hash = createHash('sha256').update(readFileSync(current)).update(JSON.stringify(options));
  for (const corpus of Object.keys(corpora)) hash.update(readFileSync(join(folder, corpus, 'gold.jsonl')));
  return join(tmpdir(), 'courant-left-out', `${hash.digest('hex').slice(0, 16)}.json`);
}

/** Keeps weights of parts for benchmarks to come. */
export function keepFolds(folder: string, folds: readonly BlockWeights[]): void {
  const file = keptIn(folder);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, JSON.stringify(folds));
}

/** For each part of the sites, weights that were trained on the others; trains them when none are kept, which takes some minutes. */
export function foldWeights(folder: string, say: (what: string) => void): readonly BlockWeights[] {
  const file = keptIn(folder);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const { folds } = trainBlocks(readSamples(folder), say);
  keepFolds(folder, folds);
  return folds;
}
