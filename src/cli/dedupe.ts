import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { canonicalUrl } from '../dedupe/canonical-url.ts';
import { decide } from '../dedupe/decide.ts';
import { MemoryIndex } from '../dedupe/memory-index.ts';
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

/** What `dedupe --jsonl` says of one article. */
interface Answer {
  readonly id: string;
  readonly kind: 'new' | 'update' | 'duplicate';
  readonly duplicateOf: string | null;
  readonly story: string;
}

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

function readLine(line: string, number: number): z.infer<typeof Line> {
  try {
    return Line.parse(JSON.parse(line));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message;
    throw new UsageError(`line ${number} of the input is not an article: ${why}`);
  }
}

function dedupeStream(): (line: z.infer<typeof Line>) => Promise<Answer> {
  const index = new MemoryIndex();
  const stories = new Map<string, string>();
  return async (line) => {
    const published = line.published && Date.parse(line.published) ? new Date(line.published).toISOString() : undefined;
    const urlKey = line.url ? canonicalUrl(line.url) : undefined;
    const article = {
      urlKey,
      title: line.title ?? '',
      text: line.text ?? '',
      published,
      seenAt: undefined,
      lang: line.lang ?? undefined,
      source: line.source ?? '',
    };
    const { decision, print } = await decide(article, index);
    const of = decision.kind === 'new' ? line.id : decision.of;
    const story = stories.get(of) ?? (decision.kind === 'new' ? decision.story : undefined) ?? line.id;
    stories.set(line.id, story);
    if (decision.kind === 'new' || decision.kind === 'update' || decision.replaces) {
      index.add({ id: of, urlKey, source: article.source, at: published, title: article.title, print, story });
    } else index.addCopy(of, urlKey);
    return { id: line.id, kind: decision.kind, duplicateOf: decision.kind === 'new' ? null : decision.of, story };
  };
}
