import { createWriteStream } from 'node:fs';
import { access, readFile, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { openExistingStore } from '../app/open-store.ts';
import { UsageError } from '../app/usage-error.ts';
import { backupLines } from '../store/backup.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape, settingHelp, storeOptions } from './options.ts';
import { showRows } from './row-progress.ts';

const options = ['sources', ...storeOptions] as const;

const shape = { own: { json: { type: 'boolean' } }, settings: options, words: [] } as const satisfies Shape;

export const command: Command = {
  summary: 'writes the whole store and the catalogue into one file',
  shape,
  help: `
Usage: courant backup FILE [--json] [options]

Writes everything as it is at one moment, while the wire runs on, as gzipped JSON lines with a checksum. 'courant restore' reads it.
FILE may be - for standard output. A file that exists is not overwritten.

  --json             print {"file", "rows"} at the end, rows by table

${settingHelp(options)}`,
  async run(argv) {
    const { values, words, settings } = parseCommand(argv, shape);
    const [file, ...more] = words;
    if (file === undefined || more.length > 0) throw new UsageError('Name one file: courant backup FILE.jsonl.gz');
    if (values.json && file === '-')
      throw new UsageError('The backup itself goes to standard output; name a file for --json.');
    if (file !== '-' && (await exists(file))) throw new UsageError(`${file} exists; name another file.`);
    await using store = await openExistingStore(settings);
    const catalogue = await readFile(settings.SOURCES, 'utf8').catch(() => null);
    if (catalogue === null) console.error(`There is no catalogue ${settings.SOURCES}: the backup has none.`);
    const progress = showRows();
    const lines = Readable.from(backupLines(store, catalogue, progress.show));
    if (file === '-') await pipeline(lines, createGzip(), process.stdout);
    else {
      const partial = `${file}.partial`;
      try {
        await pipeline(lines, createGzip(), createWriteStream(partial));
        await rename(partial, file);
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    }
    console.error(`${progress.total()} rows are in ${file === '-' ? 'the backup' : file}.`);
    if (values.json) console.log(JSON.stringify({ file, rows: progress.rows() }));
    return 0;
  },
};

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
