#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { UsageError } from './app/usage-error.ts';
import type { Command } from './cli/command.ts';

// What Node makes of the TypeScript is kept in the folder for temporary files: later starts take half of the CPU time. As a variable, for
// the threads and processes that this one starts too: they then carry no translator, 27 MB each.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache');
enableCompileCache();

// Pages and articles are garbage as soon as they are handed on. Left alone, V8 lets old objects grow to four times what is in use; in the
// benches this takes a sixth to a third less memory and no time. It holds for the threads as well.
setFlagsFromString('--heap-growing-percent=150');

/** Loaded on demand, so that `courant extract` does not pay for the database. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./cli/start.ts')).command,
  demo: async () => (await import('./cli/demo.ts')).command,
  crawl: async () => (await import('./cli/crawl.ts')).command,
  work: async () => (await import('./cli/work.ts')).command,
  serve: async () => (await import('./cli/serve.ts')).command,
  classify: async () => (await import('./cli/classify.ts')).command,
  dedupe: async () => (await import('./cli/dedupe.ts')).command,
  review: async () => (await import('./cli/review.ts')).command,
  export: async () => (await import('./cli/export.ts')).command,
  sources: async () => (await import('./cli/sources.ts')).command,
  'read-feed': async () => (await import('./cli/read-feed.ts')).command,
  extract: async () => (await import('./cli/extract.ts')).command,
};

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(await overview());
    return name === undefined ? 2 : 0;
  }
  const load = commands[name];
  if (!load)
    throw new UsageError(`There is no command '${name}'. The commands are: ${Object.keys(commands).join(', ')}.`);
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(command.help.trim());
    return 0;
  }
  return command.run(rest);
}

async function overview(): Promise<string> {
  const rows = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(12)} ${(await load()).summary}`),
  );
  return `courant: a news wire of one's own\n\nUsage: courant <command> [options]\n\n${rows.join('\n')}\n\ncourant <command> --help tells more of each.`;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (
    error instanceof UsageError ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
  ) {
    console.error(`courant: ${(error as Error).message}`);
    process.exitCode = 2;
  } else {
    console.error(error);
    process.exitCode = 1;
  }
}
