import { reextraction } from '../app/over-store/reextract.ts';
import { UsageError } from '../app/usage-error.ts';
import { allSources } from '../store/sources.ts';
import { closest } from '../text/closest.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape, settingHelp, storeOptions } from './options.ts';
import { overStore, overStoreHelp, overStoreOptions } from './over-store.ts';

const shape = {
  own: { ...overStoreOptions, source: { type: 'string' }, rejected: { type: 'boolean' } },
  settings: storeOptions,
} as const satisfies Shape;

export const command: Command = {
  summary: 'has the pages of articles fetched and read again',
  shape,
  help: `
Usage: courant reextract [--source ID] [--rejected] [--restart] [options]

Pages are not kept, so their articles can only be taken out again when they are fetched again. This command asks no site itself: it has the
running wire do so, each site at its own pace, after what is new. Until then an article stays as it is; where text or headline come out
otherwise, it is updated, and the earlier version is kept.

  --source ID        only the articles of one source
  --rejected         also pages that were found to be no article
${overStoreHelp}
${settingHelp(storeOptions)}`,
  async run(argv) {
    const { values, settings } = parseCommand(argv, shape);
    const { source, rejected = false } = values;
    return overStore(settings, values, { rows: 'links', changed: 'will be fetched again' }, async (store) => {
      if (source !== undefined) refuseUnknown(source, await allSources(store.db));
      return reextraction(store.db, { source, rejected });
    });
  },
};

function refuseUnknown(source: string, known: readonly string[]): void {
  if (known.includes(source)) return;
  const meant = closest(source, known);
  throw new UsageError(`There is no source '${source}' in the store.${meant ? ` Did you mean '${meant}'?` : ''}`);
}
