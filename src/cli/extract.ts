import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { UsageError } from '../app/usage-error.ts';
import { FetchError } from '../crawl/fetch/fetch-error.ts';
import { isNoPage, looksBinary, pageText } from '../crawl/fetch/page.ts';
import { type Page, type Reason, reasons } from '../domain/article.ts';
import type { Settings } from '../domain/settings.ts';
import { type Extraction, extractArticle } from '../extract/extract.ts';
import { linesOf } from '../text/lines.ts';
import type { Command } from './command.ts';
import { collectAtOnce } from './memory.ts';
import { parseCommand, type Shape } from './options.ts';

const formats = ['text', 'json', 'html', 'markdown'] as const;

const shape = {
  own: {
    format: { type: 'string', default: 'text' },
    url: { type: 'string' },
    explain: { type: 'boolean', default: false },
    jsonl: { type: 'boolean', default: false },
  },
  settings: ['proxy'],
  words: [],
} as const satisfies Shape;

export const command: Command = {
  summary: 'takes the article out of a page',
  shape,
  help: `
Usage: courant extract URL|FILE|- [--format text|json|html|markdown] [--url ADDRESS] [--explain]
       courant extract --jsonl

Takes the article out of a page on the web, in a file, or on standard input.

  --format FORMAT   text (default): one paragraph a line; json: all fields; html: sanitised; markdown
  --url ADDRESS     where a FILE or standard input came from: makes links absolute
  --proxy URL       proxy to fetch a URL through (HTTP_PROXY, HTTPS_PROXY)
  --explain         one line per block of the page: kept or not, by which votes and rules
  --jsonl           reads lines {"id","url","html"} and answers each at once, in order, with a line
                    {"id","title","byline","published","modified","lang","site","image","canonicalUrl","text","html","outcome"};
                    "outcome" is "published" or "rejected: REASON"; "author" and "date" repeat byline and
                    published under the names that public benches of extraction read

Ends with 0 when the page is an article, 1 when it is none or cannot be read, 2 when the words of the command are wrong.`,
  async run(argv) {
    const { values, words: positionals, settings } = parseCommand(argv, shape);
    if (values.jsonl) {
      if (positionals.length > 0) throw new UsageError('--jsonl reads standard input and takes no page.');
      return answerLines();
    }
    const format = formats.find((each) => each === values.format);
    if (!format) throw new UsageError(`--format '${values.format}' is none of ${formats.join(', ')}.`);
    const [where, ...more] = positionals;
    if (where === undefined || more.length > 0)
      throw new UsageError('Name one page: a URL, a file, or - for standard input.');
    const page = await readPage(where, values.url, settings);
    if (page === 'not-html') return refuse(page);
    const extraction = extractArticle(page, { explain: values.explain });
    if (values.explain) explain(extraction);
    else await print(extraction, format);
    const { verdict } = extraction;
    if (verdict.kind === 'article') return 0;
    return refuse(verdict.reason, values.explain ? '' : ' --explain shows what was kept and why.');
  },
};

/** Says why a page is no article and what that means. @returns the exit code */
function refuse(reason: Reason, hint = ''): number {
  console.error(`courant: no article: rejected: ${reason}. ${reasons[reason]}${hint}`);
  return 1;
}

/** @returns the page, or `not-html` for a picture, a PDF or other bytes */
async function readPage(where: string, url: string | undefined, settings: Settings): Promise<Page | 'not-html'> {
  if (/^https?:\/\//i.test(where)) {
    // Loaded for this alone: the JSON-lines form needs no client.
    const { fetchPage } = await import('../crawl/fetch/fetch-page.ts');
    try {
      return await fetchPage(where, {
        userAgent: settings.USER_AGENT,
        proxy: where.startsWith('https:') ? (settings.HTTPS_PROXY ?? settings.HTTP_PROXY) : settings.HTTP_PROXY,
        // Who names the address by hand may well mean a server of their own.
        allowPrivate: true,
      });
    } catch (error) {
      if (error instanceof FetchError && error.reason === 'not-html') return 'not-html';
      throw new UsageError(`'${where}' cannot be fetched: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  try {
    const bytes = where === '-' ? await readAll(process.stdin) : await readFile(where);
    return { url: url ?? '', html: pageText(url ?? where, bytes, undefined) };
  } catch (error) {
    if (error instanceof FetchError) return 'not-html';
    throw new UsageError(`'${where}' cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function print(extraction: Extraction, format: (typeof formats)[number]): Promise<void> {
  const { article } = extraction;
  if (format === 'json') console.log(JSON.stringify({ ...article, outcome: outcomeOf(extraction) }, null, 2));
  else if (format === 'html') console.log(article.html);
  else if (format === 'markdown') console.log(`# ${article.title}\n\n${extraction.markdown()}`);
  else console.log(article.text);
}

function explain(extraction: Extraction): void {
  const explanation = extraction.explain;
  if (!explanation) return;
  console.log(`title: ${extraction.article.title}`);
  for (const [field, votes] of Object.entries(explanation.metadata))
    for (const vote of votes) console.log(`  ${field} ${vote.weight.toFixed(1)} ${vote.origin}: ${vote.value}`);
  console.log(`step: ${explanation.step}`);
  for (const block of explanation.blocks)
    console.log(
      `${block.kept ? '+' : '-'} ${block.score.toFixed(2)} [${block.votes.join(' ')}]${block.rules.length > 0 ? ` {${block.rules.join(' ')}}` : ''} ${block.text.slice(0, 120)}`,
    );
}

const outcomeOf = ({ verdict }: Extraction): string =>
  verdict.kind === 'article' ? 'published' : `rejected: ${verdict.reason}`;

/** Characters in which bytes that are no text show themselves. */
const binaryShows = 512;

/** One answer a line, flushed before the next line is read. A line that is no JSON is answered too. */
async function answerLines(): Promise<number> {
  collectAtOnce();
  for await (const line of linesOf(process.stdin)) {
    if (line.trim() === '') continue;
    if (!process.stdout.write(`${JSON.stringify(answer(line))}\n`)) await once(process.stdout, 'drain');
  }
  return 0;
}

function answer(line: string): object {
  let request: { id?: unknown; url?: unknown; html?: unknown };
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new SyntaxError('not an object');
    request = parsed;
  } catch {
    return { id: null, ...empty, outcome: 'rejected: unparseable', error: 'The line is not a JSON object.' };
  }
  const { id = null, url, html } = request;
  if (typeof html !== 'string')
    return { id, ...empty, outcome: 'rejected: unparseable', error: 'html is missing or no string.' };
  if (looksBinary(Buffer.from(html.slice(0, binaryShows))) || isNoPage(html))
    return { id, ...empty, outcome: 'rejected: not-html' };
  const extraction = extractArticle({ url: typeof url === 'string' ? url : '', html });
  const { article, local } = extraction;
  return {
    id,
    title: article.title,
    byline: article.byline,
    published: local.published ?? null,
    modified: local.modified ?? null,
    lang: article.lang ?? null,
    site: article.site ?? null,
    image: article.image?.url ?? null,
    canonicalUrl: article.canonicalUrl ?? null,
    text: article.text,
    html: article.html,
    outcome: outcomeOf(extraction),
    author: article.byline,
    date: local.published ?? null,
  };
}

const empty = {
  title: '',
  byline: [],
  published: null,
  modified: null,
  lang: null,
  site: null,
  image: null,
  canonicalUrl: null,
  text: '',
  html: '',
  author: [],
  date: null,
};
