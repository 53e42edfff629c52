import { createReadStream } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { UsageError } from '../app/usage-error.ts';
import { openEmbeddedPostgres } from '../store/embedded.ts';
import { RestoreError, restoreLines } from '../store/restore.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape, settingHelp, storeOptions } from './options.ts';
import { showRows } from './row-progress.ts';

const options = ['sources', ...storeOptions] as const;

const shape = { own: { json: { type: 'boolean' } }, settings: options, words: [] } as const satisfies Shape;

export const command: Command = {
  summary: 'fills an empty store from a backup',
  shape,
  help: `
Usage: courant restore FILE [--json] [options]

Fills an empty store with what 'courant backup' wrote, all of it or nothing, and checks that it is whole. FILE may be - for standard
input. The catalogue is written where there is none.

  --json             print {"at", "rows"} at the end: the backup's moment, rows by table

${settingHelp(options)}`,
  async run(argv) {
    const { values, words, settings } = parseCommand(argv, shape);
    const [file, ...more] = words;
    if (file === undefined || more.length > 0) throw new UsageError('Name one file: courant restore FILE.jsonl.gz');
    if (file !== '-')
      await access(file).catch((error: { code?: string }) => {
        throw new UsageError(`${file} cannot be read (${error.code}).`);
      });
    const embedded = settings.DATABASE_URL ? undefined : await openEmbeddedPostgres(settings.DATA_DIR);
    try {
      const progress = showRows();
      const url = settings.DATABASE_URL ?? embedded?.url ?? '';
      const { at, catalogue } = await restoreLines(url, linesOf(file), progress.show);
      console.error(`${progress.total()} rows are restored and whole, as of ${at}.`);
      if (catalogue !== null) await writeCatalogue(settings.SOURCES, catalogue);
      if (values.json) console.log(JSON.stringify({ at, rows: progress.rows() }));
    } finally {
      await embedded?.release();
    }
    return 0;
  },
};

async function* linesOf(file: string): AsyncGenerator<string> {
  const packed = file === '-' ? process.stdin : createReadStream(file);
  const unpacked = packed.pipe(createGunzip());
  // A stream that fails does not tell the lines that are read from it.
  let failure: Error | undefined;
  const lines = createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY });
  unpacked.on('error', (error) => {
    failure = error;
    lines.close();
  });
  for await (const line of lines) yield line;
  if (failure) throw new RestoreError(`The backup is damaged or cut off: ${failure.message}.`, { cause: failure });
}

async function writeCatalogue(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
    console.error(`The catalogue is in ${file}.`);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
    console.error(`${file} was left as it is; --sources FILE writes the catalogue of the backup elsewhere.`);
  }
}
