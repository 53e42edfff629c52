import { rededuplication } from '../app/over-store/rededupe.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape, settingHelp, storeOptions } from './options.ts';
import { overStore, overStoreHelp, overStoreOptions } from './over-store.ts';

const shape = { own: overStoreOptions, settings: storeOptions } as const satisfies Shape;

export const command: Command = {
  summary: 'merges articles in the store that the present rules take for one',
  shape,
  help: `
Usage: courant rededupe [--restart] [options]

Looks up every article among those that came before it, and makes it a copy where the present rules say that the two are one; readers are
told that its item is gone. Runs beside the wire in small steps; stopped in between, it goes on from there.

What was merged stays merged, for the text of a copy is not kept. Stories stay as they are. Articles older than half a year are not found
as older copies any more.

${overStoreHelp}
${settingHelp(storeOptions)}`,
  async run(argv) {
    const { values, settings } = parseCommand(argv, shape);
    return overStore(settings, values, { rows: 'articles', changed: 'became copies' }, rededuplication);
  },
};
