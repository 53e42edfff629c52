import { once } from 'node:events';
import { z } from 'zod';
import { readLabels, readTopicWeights } from '../app/named-files.ts';
import { UsageError } from '../app/usage-error.ts';
import { loadClassifier } from '../classify/classify.ts';
import type { Classification, Label } from '../domain/article.ts';
import { linesOf } from '../text/lines.ts';
import type { Command } from './command.ts';
import { collectAtOnce } from './memory.ts';
import { parseCommand, type Shape, settingHelp } from './options.ts';

const options = ['labels', 'weights'] as const;

const Line = z.object({
  id: z.union([z.string(), z.number()], { error: 'expected a string or a number' }),
  title: z.string().nullish(),
  text: z.string().nullish(),
  lang: z.string().nullish(),
  url: z.string().nullish(),
  published: z.string().nullish(),
  /** What is known of the source; a bare name, as the other stages take it, says nothing here. */
  source: z
    .union(
      [z.string().transform(() => undefined), z.object({ lang: z.string().nullish(), country: z.string().nullish() })],
      { error: 'expected {"lang"?, "country"?} or a name' },
    )
    .nullish(),
  labels: z.array(z.string()).nullish(),
});

const ids = (labels: readonly Label[]): string[] => labels.map((label) => label.id);

/** The line that is written for an article. */
function result(id: string | number, found: Classification) {
  return {
    id,
    lang: found.lang,
    countries: ids(found.countries),
    regions: ids(found.regions),
    topics: ids(found.topics),
    mentioned: ids(found.mentioned),
    evidence: {
      countries: found.countries,
      regions: found.regions,
      topics: found.topics,
      mentioned: found.mentioned,
    },
  };
}

/** `{"id": …}` of a line that could not be read as an article, as far as it can be told. */
function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
}

const shape = { own: { jsonl: { type: 'boolean' } }, settings: options } as const satisfies Shape;

async function run(argv: readonly string[]): Promise<number> {
  const { values, settings } = parseCommand(argv, shape);
  if (!values.jsonl) throw new UsageError('classify reads JSON lines: courant classify --jsonl < articles.jsonl');
  const labels = await readLabels(settings.LABELS);
  const classifier = await loadClassifier({ ...labels, weights: await readTopicWeights(settings.TOPIC_WEIGHTS) });
  collectAtOnce();
  for await (const line of linesOf(process.stdin)) {
    if (!line.trim()) continue;
    const output = JSON.stringify(classifyLine(line, (article) => classifier.classify(article)));
    if (!process.stdout.write(`${output}\n`)) await once(process.stdout, 'drain');
  }
  return 0;
}

type Classify = Awaited<ReturnType<typeof loadClassifier>>['classify'];

function classifyLine(line: string, classify: Classify): object {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { id: null, error: `not JSON: ${(error as Error).message}` };
  }
  const parsed = Line.safeParse(value);
  if (!parsed.success) return { id: idOf(value), error: z.prettifyError(parsed.error) };
  const { id, title, text, lang, url, published, source, labels } = parsed.data;
  const found = classify({
    title: title ?? '',
    text: text ?? '',
    lang: lang ?? undefined,
    url: url ?? undefined,
    published: published ?? undefined,
    source: source ? { lang: source.lang ?? undefined, country: source.country ?? undefined } : undefined,
    publisherLabels: labels ?? undefined,
  });
  return result(id, found);
}

export const command: Command = {
  summary: 'says language, countries, regions and topics of articles (JSON lines)',
  shape,
  help: `
Usage: courant classify --jsonl [options] < articles.jsonl

Reads one article a line from standard input and writes one line for each, in the same order, at once.

  in   {"id", "title", "text", "lang"?, "url"?, "published"?, "source"?: {"lang"?, "country"?} or a name, "labels"?: [...]}
  out  {"id", "lang", "countries": [ISO 3166-1 alpha-2, most important first], "regions": [news region or UN M49],
        "topics": [IPTC Media Topic ids], "mentioned": [countries named at all],
        "evidence": {the same labels with confidence, origin and the words that decided}}

A line that is no article gives {"id", "error"}. "lang" is what the page declares, "labels" are the publisher's own.

${settingHelp(options)}`,
  run,
};
