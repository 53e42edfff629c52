import { readFile } from 'node:fs/promises';
import { mayPass, StoppedError } from '../app/patience.ts';
import { UsageError } from '../app/usage-error.ts';
import { CannotRunError } from '../domain/cannot-run.ts';
import { closest } from '../text/closest.ts';
import { commands } from './commands.ts';

/** What was called otherwise once. */
const oldNames: ReadonlyMap<string, string> = new Map([['doubts', 'review']]);

/** Runs the words of a command line. @returns the exit status */
export function main(argv: readonly string[]): Promise<number> {
  process.stdout.on('error', ({ code, message }: Error & { code?: string }) => {
    if (code === 'EPIPE') process.exit(0); // who reads our output has read enough
    console.error(`courant: the output cannot be written: ${message}`);
    process.exit(1);
  });
  return run(argv).catch(statusOf);
}

async function run(argv: readonly string[]): Promise<number> {
  const [word, ...rest] = argv;
  if (word === '--version' || word === '-v') {
    console.log(await version());
    return 0;
  }
  if (word === undefined || word === '--help' || word === '-h' || word === 'help') {
    console.log(await overview());
    return word === undefined ? 2 : 0;
  }
  const name = oldNames.get(word) ?? word;
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    const known = Object.keys(commands);
    const meant = closest(name, known);
    throw new UsageError(
      `There is no command '${word}'. ${meant ? `Did you mean '${meant}'? ` : ''}The commands are: ${known.join(', ')}.`,
    );
  }
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(command.help.trim());
    return 0;
  }
  return command.run(rest);
}

/** Of the package: two folders up in the sources, three in the built files. */
async function version(): Promise<string> {
  const read = (place: string) => readFile(new URL(place, import.meta.url), 'utf8');
  const text = await read('../../package.json').catch(() => read('../../../package.json'));
  return (JSON.parse(text) as { version: string }).version;
}

async function overview(): Promise<string> {
  const rows = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(12)} ${(await load()).summary}`),
  );
  return `courant: a news wire of one's own\n\nUsage: courant <command> [options]\n\n${rows.join('\n')}\n\ncourant <command> --help tells more of each.`;
}

/** What went wrong decides on the status; only what nobody foresaw shows where in the code it happened. */
function statusOf(error: unknown): number {
  if (error instanceof StoppedError) return 0;
  if (error instanceof UsageError || error instanceof CannotRunError) {
    console.error(`courant: ${error.message}`);
    return error instanceof UsageError ? 2 : 1;
  }
  const { code, syscall } = error as { code?: string; syscall?: string };
  if (code === 'EPIPE') return 0;
  if ((syscall !== undefined || mayPass(error)) && error instanceof Error) console.error(`courant: ${error.message}`);
  else console.error(error);
  return 1;
}
