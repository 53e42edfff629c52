/**
 * `npm run bench:seeds -- --seeds FOLDER [--json]`
 *
 * Sets the texts of the five seed documents, with their own boilerplate, into each of the five templates of the example
 * press, extracts the pages again and counts what was lost and what was left. Exits 1 unless all is 0.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { printEdition } from '../../src/demo/edition.ts';
import type { ArticlePage, Block, Boilerplate, Headline, Outlet } from '../../src/demo/outlet.ts';
import { outlets } from '../../src/demo/outlets.ts';
import { extractArticle } from '../../src/extract/extract.ts';
import { type SeedReading, seedReadings } from './seed-readings.ts';

/** A seed document cut up by our reading of it. */
interface Seed {
  readonly title: string;
  readonly author: string | undefined;
  /** What must come out, line by line. */
  readonly lines: readonly string[];
  readonly blocks: readonly Block[];
  readonly boilerplate: Partial<Boilerplate>;
}

async function readSeed(folder: string, reading: SeedReading): Promise<Seed> {
  const name = (await readdir(folder)).find((file) => file.startsWith(reading.file));
  if (!name)
    throw new Error(`${folder} holds no file ${reading.file}*; give the folder of the five seeds with --seeds`);
  const text = await readFile(join(folder, name), 'utf8');
  const sha256 = createHash('sha256').update(text).digest('hex');
  if (sha256 !== reading.sha256) {
    throw new Error(`${name} is not the version that was read (SHA-256 ${sha256}); read it again in seed-readings.ts`);
  }
  return cutUp(text.split('\n'), reading);
}

function cutUp(all: readonly string[], reading: SeedReading): Seed {
  const seen = new Set<number>();
  const line = (number: number): string => {
    seen.add(number);
    return squeeze((all[number - 1] ?? '').replace(/^- /, ''));
  };
  const range = ([from, to]: readonly [number, number]): { number: number; text: string }[] =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((number) => {
      const text = line(number);
      return text === '' || text === '-' ? [] : [{ number, text }];
    });
  const headlines = (from: readonly [number, number] | undefined): Headline[] =>
    from ? range(from).map(({ number, text }) => ({ title: text, url: `/elsewhere/${number}` })) : [];

  const blocks: { number: number; block: Block }[] = reading.article.flatMap(range).map(({ number, text }) => ({
    number,
    block: { kind: reading.headings?.includes(number) ? 'heading' : 'paragraph', text },
  }));
  const lines = blocks.flatMap(({ block }) => ('text' in block ? [block.text] : []));
  const title = line(reading.title);
  if (reading.titleAgain)
    blocks.push({ number: reading.titleAgain, block: { kind: 'title', text: line(reading.titleAgain) } });
  for (const number of reading.read ?? []) {
    const { label = '', rest = '' } = /^(?<label>\S+)\s+(?<rest>.*)$/.exec(line(number))?.groups ?? {};
    blocks.push({ number, block: { kind: 'read', label, link: { title: rest, url: `/elsewhere/${number}` } } });
  }
  if (reading.keep) {
    const { heading, links } = reading.keep;
    const block: Block = { kind: 'keep', heading: line(heading), links: links.flatMap((at) => headlines([at, at])) };
    blocks.push({ number: heading, block });
  }
  if (reading.caption) {
    const [caption = '', source = ''] = line(reading.caption).split(' / Source: ');
    blocks.push({ number: reading.caption, block: { kind: 'figure', caption, source } });
  }
  const seed: Seed = {
    title,
    author: reading.author && line(reading.author.line).slice(0, reading.author.length),
    lines,
    blocks: blocks.sort((a, b) => a.number - b.number).map(({ block }) => block),
    boilerplate: {
      ...(reading.ticker && { ticker: headlines(reading.ticker) }),
      ...(reading.more && { more: headlines(reading.more) }),
      ...(reading.breadcrumbs && { breadcrumbs: range(reading.breadcrumbs).map(({ text }) => text) }),
      ...(reading.comments && { comments: reading.comments.map(line) }),
      ...(reading.copyright && { copyright: line(reading.copyright) }),
      ...(reading.signature && { signature: line(reading.signature) }),
      bio: reading.bio && { name: '', text: line(reading.bio.line), place: reading.bio.place },
    },
  };
  const unread = all.flatMap((text, index) => (/[^\s-]/.test(text) && !seen.has(index + 1) ? [index + 1] : []));
  if (unread.length > 0) throw new Error(`${reading.file}*: lines ${unread.join(', ')} have no place in the reading`);
  return seed;
}

/** A page of the outlet with the seed in place of its own article, and the outlet's own boilerplate where the seed has none. */
function setSeed(seed: Seed, outlet: Outlet): ArticlePage {
  const origin = `http://${outlet.id}.example`;
  const [printed] = printEdition(outlet, origin, { opened: new Date(), states: [] });
  if (!printed) throw new Error(`${outlet.name} has no article`);
  const authors = seed.author === undefined ? [] : [seed.author];
  const page: ArticlePage = {
    ...printed.page,
    site: { ...printed.page.site, lang: 'en' },
    title: seed.title,
    standfirst: undefined,
    authors,
    blocks: outlet.template.repeatsTitle ? [{ kind: 'title', text: seed.title }, ...seed.blocks] : seed.blocks,
  };
  const own = outlet.template.carries(
    page,
    { own: printed.page.boilerplate.more, wire: printed.page.boilerplate.ticker },
    '',
  );
  return { ...page, boilerplate: { ...own, ...seed.boilerplate } };
}

interface Finding {
  readonly seed: string;
  readonly template: string;
  readonly lost: readonly string[];
  readonly left: readonly string[];
  readonly titleOnce: boolean;
  readonly bylineFound: boolean;
}

function check(seed: Seed, reading: SeedReading, outlet: Outlet): Finding {
  const page = setSeed(seed, outlet);
  const { article } = extractArticle({ url: page.url, html: outlet.template.article(page).text });
  const got = article.text.split('\n').map(squeeze).filter(Boolean);
  const { onlyFirst, onlySecond } = compare(seed.lines, got);
  return {
    seed: reading.file,
    template: outlet.id,
    lost: onlyFirst,
    left: onlySecond,
    titleOnce: squeeze(article.title) === seed.title && !got.includes(seed.title),
    bylineFound: article.byline.join('|') === (seed.author ?? ''),
  };
}

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What each of two lists has beyond their longest common subsequence; so a line out of order counts as lost and as left. */
function compare(first: readonly string[], second: readonly string[]) {
  const length = Array.from({ length: first.length + 1 }, () => new Array<number>(second.length + 1).fill(0));
  const at = (row: number, column: number): number => length[row]?.[column] ?? 0;
  for (let row = first.length - 1; row >= 0; row--) {
    for (let column = second.length - 1; column >= 0; column--) {
      const cells = length[row];
      if (cells) {
        cells[column] =
          first[row] === second[column]
            ? at(row + 1, column + 1) + 1
            : Math.max(at(row + 1, column), at(row, column + 1));
      }
    }
  }
  const onlyFirst: string[] = [];
  const onlySecond: string[] = [];
  let row = 0;
  let column = 0;
  while (row < first.length || column < second.length) {
    if (row < first.length && first[row] === second[column]) {
      row++;
      column++;
    } else if (column >= second.length || (row < first.length && at(row + 1, column) >= at(row, column + 1))) {
      onlyFirst.push(first[row++] ?? '');
    } else {
      onlySecond.push(second[column++] ?? '');
    }
  }
  return { onlyFirst, onlySecond };
}

const { values } = parseArgs({ options: { seeds: { type: 'string' }, json: { type: 'boolean', default: false } } });
if (!values.seeds) {
  console.error('bench:seeds: name the folder of the five seed documents: npm run bench:seeds -- --seeds FOLDER');
  process.exit(2);
}

const findings: Finding[] = [];
for (const reading of seedReadings) {
  const seed = await readSeed(values.seeds, reading);
  findings.push(...outlets.map((outlet) => check(seed, reading, outlet)));
}
const isClean = (finding: Finding): boolean =>
  finding.lost.length === 0 && finding.left.length === 0 && finding.titleOnce && finding.bylineFound;

if (values.json) console.log(JSON.stringify(findings));
else {
  console.log(`seed  set in      paragraphs lost  boilerplate left  title once  byline`);
  for (const { file } of seedReadings) {
    const mine = findings.filter(({ seed }) => seed === file);
    const all = `${mine.length} templates`;
    const count = (of: (finding: Finding) => boolean): string => `${mine.filter(of).length}/${mine.length}`;
    const sum = (of: (finding: Finding) => number): string => String(mine.reduce((total, each) => total + of(each), 0));
    const lost = sum(({ lost }) => lost.length);
    const left = sum(({ left }) => left.length);
    console.log(
      `${file.padEnd(6)}${all.padEnd(12)}${lost.padStart(15)}${left.padStart(16)}${count((each) => each.titleOnce).padStart(12)}${count((each) => each.bylineFound).padStart(8)}`,
    );
  }
  for (const finding of findings.filter((each) => !isClean(each))) {
    console.log(`\n${finding.seed} in ${finding.template}:`);
    for (const line of finding.lost) console.log(`  lost: ${line.slice(0, 150)}`);
    for (const line of finding.left) console.log(`  left: ${line.slice(0, 150)}`);
    if (!finding.titleOnce) console.log('  the title is not what it should be, or stands in the text');
    if (!finding.bylineFound) console.log('  the byline is not what it should be');
  }
}
process.exitCode = findings.every(isClean) ? 0 : 1;
