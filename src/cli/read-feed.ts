import { readFile } from 'node:fs/promises';
import { type FeedEntry, FeedError, readFeed } from '../../feeds/read/feed.ts';
import { UsageError } from '../app/usage-error.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape } from './options.ts';

const shape = { own: { url: { type: 'string' } }, settings: [], words: [] } as const satisfies Shape;

export const command: Command = {
  summary: 'reads feed files and prints their items as JSON lines',
  shape,
  help: `
Usage: courant read-feed [--url URL] FILE…

Reads each file as a feed (RSS, RDF, Atom, JSON Feed; any encoding; repaired where it is damaged) and prints one line of
JSON for each: {file, items:[{title, link, id, published, date, summary}], error?}. 'date' is the publication date, or
that of the last update where there is none, to the second.

  --url URL   the address the feed came from, for relative links

Exit code: 0 when every file was a feed, 1 when one was not.`,
  async run(argv) {
    const { values, words: positionals } = parseCommand(argv, shape);
    if (positionals.length === 0) throw new UsageError('Name at least one file: courant read-feed FILE…');
    let failed = false;
    for (const file of positionals) {
      const line = await readOne(file, values.url);
      failed ||= line.error !== undefined;
      process.stdout.write(`${JSON.stringify(line)}\n`);
    }
    return failed ? 1 : 0;
  },
};

async function readOne(file: string, url: string | undefined) {
  try {
    const { entries, cut } = await readFeed(await readFile(file), { url });
    return { file, items: entries.map(itemLine), cut };
  } catch (error) {
    if (!(error instanceof FeedError) && !(error instanceof Error && 'code' in error)) throw error;
    return { file, items: [], error: error.message };
  }
}

const itemLine = ({ title, url, guid, published, updated, summary }: FeedEntry) => ({
  title,
  link: url,
  id: guid,
  published,
  date: (published ?? updated)?.replace(/\.\d+Z$/, 'Z'),
  summary,
});
