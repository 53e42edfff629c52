import { z } from 'zod';
import { dedupeAll, type StreamArticle } from '../app/dedupe-stream.ts';
import { UsageError } from '../app/usage-error.ts';
import { groupHeadlines } from '../dedupe/headlines.ts';
import { linesOf } from '../text/lines.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape } from './options.ts';

const Line = z.object({
  id: z.string(),
  url: z.string().nullish(),
  title: z.string().nullish(),
  text: z.string().nullish(),
  published: z.string().nullish(),
  lang: z.string().nullish(),
  source: z.string().nullish(),
});

const Ticker = z.object({ id: z.string(), headline: z.string() });

const shape = {
  own: { jsonl: { type: 'boolean' }, headlines: { type: 'boolean' } },
  settings: [],
} as const satisfies Shape;

export const command: Command = {
  summary: 'says which articles are new, updates or duplicates, and which story each belongs to',
  shape,
  help: `
Usage: courant dedupe --jsonl < articles.jsonl
       courant dedupe --headlines < headlines.jsonl

Reads one article a line, in order of time:
  {"id","url","title","text","published","lang","source"}   (all but id may be null)
and when all are read, for later articles show that two stories are one or that one is two, writes one line for each, in the same order:
  {"id","kind":"new"|"update"|"duplicate","duplicateOf":id|null,"story":id}

The same code decides as in the ingest worker; the index is kept in memory and forgotten at the end.

--headlines groups a ticker that gives headlines alone: {"id","headline"} a line, all of a day or a week, and for each, when all are
read, {"id","version":id,"story":id}: the first headline of the same version, and of the same story.`,
  async run(argv) {
    const { values } = parseCommand(argv, shape);
    if (values.headlines) return groupTicker();
    if (!values.jsonl) throw new UsageError('dedupe reads JSON lines only: courant dedupe --jsonl < articles.jsonl');
    for (const answer of await dedupeAll(readArticles())) process.stdout.write(`${JSON.stringify(answer)}\n`);
    return 0;
  },
};

async function groupTicker(): Promise<number> {
  const lines: z.infer<typeof Ticker>[] = [];
  for await (const line of linesOf(process.stdin)) {
    if (line.trim() !== '') lines.push(parseLine(Ticker, line, lines.length + 1));
  }
  groupHeadlines(lines.map((one) => one.headline)).forEach(({ version, story }, place) => {
    console.log(JSON.stringify({ id: lines[place]?.id, version: lines[version]?.id, story: lines[story]?.id }));
  });
  return 0;
}

async function* readArticles(): AsyncGenerator<StreamArticle> {
  let number = 0;
  for await (const line of linesOf(process.stdin)) {
    number++;
    if (line.trim() !== '') yield readLine(line, number);
  }
}

function readLine(line: string, number: number): StreamArticle {
  const { id, url, title, text, published, lang, source } = parseLine(Line, line, number);
  return {
    id,
    url: url ?? undefined,
    title: title ?? '',
    text: text ?? '',
    published: published && Date.parse(published) ? new Date(published).toISOString() : undefined,
    lang: lang ?? undefined,
    source: source ?? '',
  };
}

function parseLine<T>(shape: z.ZodType<T>, line: string, number: number): T {
  try {
    return shape.parse(JSON.parse(line));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message;
    throw new UsageError(`line ${number} of the input cannot be read: ${why}`);
  }
}
