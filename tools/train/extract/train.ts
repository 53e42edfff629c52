/**
 * Trains the block scorer: `node --max-old-space-size=8000 tools/train/extract/train.ts --data FOLDER`, where FOLDER holds
 * `<corpus>/gold.jsonl` and `<corpus>/pages/<id>.html.gz`, and stands beside `suspect.json`: by corpus (`dev/naeb`) the ids of pages whose
 * gold is cut off. Writes `src/extract/decide/blocks.weights.json`, and keeps the weights of the parts, which did not see a fifth of the
 * sites each, for `npm run bench:extract -- --data FOLDER --left-out`: that tells what it is worth. About five minutes.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { trainBlocks } from './block-rounds.ts';
import { readSamples } from './block-samples.ts';
import { keepFolds } from './fold-weights.ts';

const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (!values.data) {
  console.error('Name the folder of the corpora: --data FOLDER');
  process.exit(2);
}
const samples = readSamples(values.data);
console.error(`${samples.length} pages, ${samples.reduce((sum, { labels }) => sum + labels.length, 0)} blocks`);
const trained = trainBlocks(samples, console.error);
const target = new URL('../../../src/extract/decide/blocks.weights.json', import.meta.url);
writeFileSync(target, JSON.stringify(trained.all()));
keepFolds(values.data, trained.folds);
console.error(`Written: ${target}. Put date and scores into src/extract/data/manifest.json.`);
