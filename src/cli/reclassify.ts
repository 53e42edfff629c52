import { readLabels, readTopicWeights } from '../app/named-files.ts';
import { reclassification } from '../app/over-store/reclassify.ts';
import { loadClassifier } from '../classify/classify.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape, settingHelp, storeOptions } from './options.ts';
import { overStore, overStoreHelp, overStoreOptions } from './over-store.ts';

const options = ['labels', 'weights', ...storeOptions] as const;
const shape = { own: overStoreOptions, settings: options } as const satisfies Shape;

export const command: Command = {
  summary: 'gives every article in the store the labels of the present rules',
  shape,
  help: `
Usage: courant reclassify [--restart] [options]

Classifies every article again, and pools the labels of its story: after an upgrade, after a change of LABELS, or with new TOPIC_WEIGHTS.
Runs beside the wire in small steps; stopped in between, it goes on from there. Article ids, addresses and times stay as they are.

${overStoreHelp}
${settingHelp(options)}`,
  async run(argv) {
    const { values, settings } = parseCommand(argv, shape);
    const labels = await readLabels(settings.LABELS);
    const weights = await readTopicWeights(settings.TOPIC_WEIGHTS);
    return overStore(settings, values, { rows: 'articles', changed: 'have other labels' }, async (store) =>
      reclassification(store, await loadClassifier({ ...labels, weights })),
    );
  },
};
