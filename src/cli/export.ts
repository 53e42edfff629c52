import { once } from 'node:events';
import { openExistingStore } from '../app/open-store.ts';
import { archive } from '../store/read/archive.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape, settingHelp, storeOptions } from './options.ts';

const shape = { own: {}, settings: storeOptions } as const satisfies Shape;

export const command: Command = {
  summary: 'writes the archive as JSON lines, for other programs and for training',
  shape,
  help: `
Usage: courant export [options] > archive.jsonl

Writes every article of the store in the order of its arrival, one a line:

  {"id", "url", "source", "title", "text", "lang", "published", "labels": [the publisher's section and tags],
   "countries", "regions", "topics", "rights", "withheld"}

Where the publisher refuses his texts as input of models (\`rights.aiInput\` is false), "text" is empty and "withheld" says 'rights';
how many these are is told at the end. Articles that must not train (\`rights.aiTrain\` is false) are passed over by train:from-archive.

\`npm run train:from-archive -- --archive archive.jsonl --out weights.json\` learns the topics of your languages from it; the setting
TOPIC_WEIGHTS names what it wrote.

${settingHelp(storeOptions)}`,
  async run(argv) {
    const { settings } = parseCommand(argv, shape);
    await using store = await openExistingStore(settings);
    let withheld = 0;
    for await (const article of archive(store.db)) {
      if (article.withheld) withheld++;
      if (!process.stdout.write(`${JSON.stringify(article)}\n`)) await once(process.stdout, 'drain');
    }
    if (withheld > 0)
      process.stderr.write(
        `${withheld} articles are without their text: their publishers refuse it as input of models.\n`,
      );
    return 0;
  },
};
