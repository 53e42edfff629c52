/**
 * `npm run bench:extract -- --data FOLDER [--data FOLDER] [--left-out] [--web FOLDER] [--cases FOLDER] [--limit N]
 * [--systems courant,readability] [--json]`
 *
 * Runs our extraction and its peers over the same pages in one run, each in a process of its own, and prints the table of figures.
 * The block scorer was trained on most of these pages: those figures of courant are in-sample. The column 'left out' says what comes of
 * weights that did not see the page's site (trained when there are none yet, some minutes, and kept in the temporary folder); of sets that
 * were never trained on, such as waddle, every figure is left out. `--web`: a recorded web (`manifest.jsonl`), whose front and section pages
 * are no articles. `--cases`: small pages (`NAME.html`) with the right answer (`NAME.expected.json`).
 *
 * FOLDER holds the corpora (`<corpus>/gold.jsonl`, `<corpus>/pages/<id>.html.gz`); `--limit` takes the first N pages of each. All
 * pages take about five minutes on a quiet core, most of it the peers.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { extractArticle } from '../../src/extract/extract.ts';
import { hostilePages } from '../extract/hostile.ts';
import { boilerplateKinds, boilerplateLeft } from './boilerplate-left.ts';
import { tryCases } from './extract-cases.ts';
import { type Gold, variants } from './extract-gold.ts';
import { leftOut } from './extract-left-out.ts';
import { SystemProcess } from './extract-process.ts';
import { folded, macroF1, mean, type Overlap, overlap, pageF1, quantile, tokens } from './extract-scores.ts';
import { type Answer, systems } from './extract-systems.ts';
import { type GoldPage, measureMemory } from './site-memory.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', multiple: true },
    'left-out': { type: 'boolean', default: false },
    web: { type: 'string' },
    cases: { type: 'string' },
    limit: { type: 'string', default: '100000' },
    systems: { type: 'string', default: Object.keys(systems).join(',') },
    json: { type: 'boolean', default: false },
  },
});
if (!values.data) {
  console.error('bench:extract: name the folder of the corpora: npm run bench:extract -- --data FOLDER');
  process.exit(2);
}
/** The folders of the corpora, in the folders that were named or in `dev` of these. */
const corpora = new Map<string, string>();
for (const data of values.data) {
  const folder = existsSync(join(data, 'dev')) ? join(data, 'dev') : data;
  for (const corpus of await readdir(folder))
    if (existsSync(join(folder, corpus, 'gold.jsonl'))) corpora.set(corpus, join(folder, corpus));
}
/** Sets of which no page was ever trained on. */
const neverTrained = new Set(['waddle']);
const names = values.systems.split(',').filter((name) => name in systems);
const figures: Record<string, Record<string, number>> = {};
const put = (row: string, system: string, value: number): void => {
  figures[row] ??= {};
  figures[row][system] = value;
};
for (const system of names) {
  const running = new SystemProcess(system);
  const times: number[] = [];
  let empty = 0;
  let peakMb = 0;
  /** Pages judged rightly to be an article or none, and pages judged. */
  const judged = { right: 0, pages: 0 };
  for (const [corpus, folder] of corpora) {
    const rows = (await readFile(join(folder, 'gold.jsonl'), 'utf8')).trim().split('\n');
    const golds = rows.slice(0, Number(values.limit)).map((row): Gold => JSON.parse(row));
    const overlaps: Overlap[] = [];
    const languages = new Map<string, Overlap[]>();
    const snippets = { hits: 0, wrong: 0, missed: 0 };
    const boilerplate = new Map<string, number>(boilerplateKinds.map((kind) => [kind, 0]));
    const right: Record<string, number[]> = {};
    let articles = 0;
    for (const gold of golds) {
      const file = join(folder, 'pages', `${gold.id}.html.gz`);
      const { answer, cpuMs, ...memory } = await running.read(file, gold.url);
      times.push(cpuMs);
      peakMb = memory.peakMb;
      if (gold.text) {
        const best = variants(gold)
          .map((text) => overlap(text, answer.text))
          .reduce((a, b) => (pageF1(b) > pageF1(a) ? b : a));
        overlaps.push(best);
        if (corpus === 'waddle' && gold.lang) languages.set(gold.lang, [...(languages.get(gold.lang) ?? []), best]);
        if (corpus !== 'wcxb-nonarticle' && tokens(answer.text).length === 0) empty++;
        if (corpus === 'naeb')
          for (const kind of boilerplateLeft(answer.text, {
            gold: gold.text,
            title: gold.title ?? '',
            authors: gold.authors ?? [gold.author ?? ''],
            html: gunzipSync(await readFile(file)).toString('utf8'),
          }))
            boilerplate.set(kind, (boilerplate.get(kind) ?? 0) + 1);
      }
      if (gold.with) {
        const text = squeeze(answer.text);
        const held = gold.with.filter((snippet) => text.includes(squeeze(snippet))).length;
        snippets.hits += held;
        snippets.missed += gold.with.length - held;
        snippets.wrong += (gold.without ?? []).filter((snippet) => text.includes(squeeze(snippet))).length;
      }
      for (const [what, value] of Object.entries(metadata(gold, answer))) {
        right[what] ??= [];
        right[what].push(value);
      }
      articles += Number(answer.article ?? 0);
    }
    if (overlaps.length > 0 && corpus !== 'wcxb-nonarticle') put(`${corpus} F1`, system, macroF1(overlaps));
    if (system === 'courant' && neverTrained.has(corpus)) put(`${corpus} F1`, 'left out', macroF1(overlaps));
    for (const [language, pages] of languages) put(`${corpus} F1, ${language}`, system, macroF1(pages));
    if (corpus === 'trafilatura')
      put(
        'trafilatura snippets F',
        system,
        (2 * snippets.hits) / (2 * snippets.hits + snippets.wrong + snippets.missed),
      );
    if (corpus === 'naeb') for (const [kind, pages] of boilerplate) put(`naeb pages with ${kind} left`, system, pages);
    for (const [what, hits] of Object.entries(right))
      if (['fundus', 'naeb', 'htmldate'].includes(corpus)) put(`${corpus} ${what}`, system, mean(hits));
    const isArticle = ['zyte', 'naeb', 'fundus', 'fundus-eval', 'waddle'].includes(corpus);
    if (system === 'courant' && (isArticle || corpus === 'wcxb-nonarticle')) {
      const right = isArticle ? articles : golds.length - articles;
      put(`${corpus} taken as ${isArticle ? 'article' : 'no article'}`, system, right / golds.length);
      judged.right += right;
      judged.pages += golds.length;
    }
  }
  running.close();
  if (judged.pages > 0) put('article or not, accuracy', system, judged.right / judged.pages);
  put('pages with no text', system, empty);
  put('CPU ms a page, median', system, quantile(times, 0.5));
  put('CPU ms a page, p95', system, quantile(times, 0.95));
  put('memory at most, MiB', system, peakMb);
}
if (names.includes('courant')) {
  let slowest = 0;
  for (const [, make] of hostilePages) {
    const html = make();
    const start = process.cpuUsage();
    extractArticle({ url: 'https://hostile.example/', html });
    const { user, system } = process.cpuUsage(start);
    slowest = Math.max(slowest, (user + system) / 1000);
  }
  put(`slowest of ${hostilePages.length} hostile pages, CPU ms`, 'courant', slowest);
  const memory = measureMemory(await readSites());
  put(`site memory: sites with two pages or more`, 'courant', memory.sites);
  put('site memory: boilerplate lines before', 'courant', memory.boilerplate);
  put('site memory: of these on another page', 'courant', memory.recurring);
  put('site memory: article lines before', 'courant', memory.lines);
  put('site memory: boilerplate lines taken out', 'courant', memory.removed);
  put('site memory: article lines lost', 'courant', memory.lost);
}

if (values.web) put('web: front and section pages refused', 'courant', await refusedOf(values.web));
if (values.cases) {
  const { cases, faults } = await tryCases(values.cases);
  put(`cases right of ${cases}`, 'courant', cases - faults.length);
  for (const fault of faults) console.error(fault);
}
if (values['left-out']) for (const [row, value] of await leftOut(corpora)) put(row, 'left out', value);
const columns = [...names, 'left out'].filter((name) => Object.values(figures).some((cells) => name in cells));

if (values.json) console.log(JSON.stringify(figures));
else {
  const width = Math.max(...Object.keys(figures).map((row) => row.length));
  console.log(`${''.padEnd(width)} ${columns.map((name) => name.padStart(18)).join('')}`);
  for (const [row, cells] of Object.entries(figures))
    console.log(`${row.padEnd(width)} ${columns.map((name) => show(cells[name]).padStart(18)).join('')}`);
}

/** Share of the front and section pages of a recorded web that are taken for no articles. */
async function refusedOf(folder: string): Promise<number> {
  const refused: number[] = [];
  for (const line of (await readFile(join(folder, 'manifest.jsonl'), 'utf8')).trim().split('\n')) {
    const { url, kind, file }: { url: string; kind?: string; file?: string } = JSON.parse(line);
    if (!file || (kind !== 'home' && kind !== 'section')) continue;
    const html = gunzipSync(await readFile(join(folder, file))).toString('utf8');
    refused.push(Number(extractArticle({ url, html }).verdict.kind === 'rejected'));
  }
  return mean(refused);
}

/** Pages of the corpora by host, for what only a crawler sees. */
async function readSites(): Promise<Iterable<readonly GoldPage[]>> {
  const sites = new Map<string, GoldPage[]>();
  for (const corpus of ['zyte', 'naeb', 'fundus', 'fundus-eval']) {
    const folder = corpora.get(corpus);
    if (!folder) continue;
    for (const row of (await readFile(join(folder, 'gold.jsonl'), 'utf8')).trim().split('\n')) {
      const gold: Gold = JSON.parse(row);
      const host = new URL(gold.url).host;
      const html = gunzipSync(await readFile(join(folder, 'pages', `${gold.id}.html.gz`))).toString('utf8');
      sites.set(host, [...(sites.get(host) ?? []), { url: gold.url, html, gold: gold.text ?? '' }]);
    }
  }
  return sites.values();
}

function show(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  return Number.isInteger(value) && value > 1 ? String(value) : value > 1.5 ? value.toFixed(1) : value.toFixed(4);
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function metadata(gold: Gold, answer: Answer): Record<string, number> {
  const result: Record<string, number> = {};
  if (gold.title) {
    const a = tokens(folded(gold.title));
    const b = tokens(folded(answer.title ?? ''));
    const shared = b.filter((word) => a.includes(word)).length;
    result['title near'] = Number(b.length > 0 && (2 * shared) / (a.length + b.length) >= 0.8);
  }
  if (gold.authors ?? gold.author) {
    const people = (list: readonly string[]): string =>
      [
        ...new Set(
          list
            .flatMap((name) => name.split(/\s*(?:[;,\n|]|\s(?:and|und|et|y|e|och|og|en)\s|&)\s*/i))
            .map((name) => folded(name.replace(/^by\s+/i, '')))
            .filter(Boolean),
        ),
      ]
        .sort()
        .join('|');
    result['author set'] = Number(people(gold.authors ?? [gold.author ?? '']) === people(answer.authors ?? []));
  }
  if (gold.date) result.day = Number(daysOf(gold.date).some((day) => daysOf(answer.published ?? '').includes(day)));
  if (gold.date && /\d{1,2}:\d{2}/.test(gold.date))
    result.minute = Number(minuteOf(gold.date) === minuteOf(answer.published ?? ''));
  if (gold.lang)
    result.language = Number(
      gold.lang.split(/[-_]/)[0]?.toLowerCase() === answer.lang?.split(/[-_]/)[0]?.toLowerCase(),
    );
  if (gold.lead_image)
    result['lead image'] = Number(
      [gold.lead_image].flat().some((image) => fileName(image) === fileName(answer.image ?? '-')),
    );
  return result;
}

/** The calendar days that a date may stand for: as written, and in UTC. */
function daysOf(date: string): string[] {
  const written = /^\d{4}-\d{2}-\d{2}/.exec(date)?.[0];
  const instant = Date.parse(date.replace(/^(\S+) (\d)/, '$1T$2'));
  return [
    ...(written ? [written] : []),
    ...(Number.isNaN(instant) ? [] : [new Date(instant).toISOString().slice(0, 10)]),
  ];
}

/** The minute of an instant, counted from 1970; undefined for a day without a time. */
function minuteOf(date: string): number | undefined {
  if (!/\d{1,2}:\d{2}/.test(date)) return undefined;
  return Math.floor(Date.parse(date.replace(/^(\S+) (\d)/, '$1T$2')) / 60_000);
}

function fileName(url: string): string {
  return (url.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1) ?? '')
    .toLowerCase()
    .replace(/[-_]?\d{2,4}x\d{2,4}|\.(?:jpe?g|png|webp|avif|gif)$/g, '');
}
