import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { dedupeStream, type StreamArticle } from '../dedupe/stream.ts';
import { type Command, UsageError } from './command.ts';

const Line = z.object({
  id: z.string(),
  url: z.string().nullish(),
  title: z.string().nullish(),
  text: z.string().nullish(),
  published: z.string().nullish(),
  lang: z.string().nullish(),
  source: z.string().nullish(),
});

export const command: Command = {
  summary: 'say which articles are new, updates or duplicates, and which story each belongs to',
  help: `
Usage: courant dedupe --jsonl < articles.jsonl

Reads one article a line, in order of time:
  {"id","url","title","text","published","lang","source"}   (all but id may be null)
and writes one line for each, in the same order, as soon as it is decided:
  {"id","kind":"new"|"update"|"duplicate","duplicateOf":id|null,"story":id}

The same code decides as in the ingest worker; the index is kept in memory and forgotten at the end.`,
  async run(argv) {
    const { values } = parseArgs({ args: [...argv], options: { jsonl: { type: 'boolean' } } });
    if (!values.jsonl) throw new UsageError('dedupe reads JSON lines only: courant dedupe --jsonl < articles.jsonl');
    const judgeNext = dedupeStream();
    let number = 0;
    for await (const line of createInterface({ input: process.stdin })) {
      number++;
      if (line.trim() === '') continue;
      process.stdout.write(`${JSON.stringify(await judgeNext(readLine(line, number)))}\n`);
    }
    return 0;
  },
};

function readLine(line: string, number: number): StreamArticle {
  try {
    const { id, url, title, text, published, lang, source } = Line.parse(JSON.parse(line));
    return {
      id,
      url: url ?? undefined,
      title: title ?? '',
      text: text ?? '',
      published: published && Date.parse(published) ? new Date(published).toISOString() : undefined,
      lang: lang ?? undefined,
      source: source ?? '',
    };
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message;
    throw new UsageError(`line ${number} of the input is not an article: ${why}`);
  }
}
