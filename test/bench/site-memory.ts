import { learn, type SiteMemory } from '../../src/extract/decide/site-memory.ts';
import { type Extraction, extractArticle } from '../../src/extract/extract.ts';
import { folded, runs, tokens } from './extract-scores.ts';

/** A page of a site with the text that its article holds. */
export interface GoldPage {
  readonly url: string;
  readonly html: string;
  readonly gold: string;
}

/** What site memory does on the pages of some sites, each read with what the site's other pages taught. */
export interface MemoryFigures {
  sites: number;
  pages: number;
  /** Lines in the text without memory that the gold does not hold. */
  boilerplate: number;
  /** Of these, standing on another page of the site at all: the most that any memory of lines can take out. */
  recurring: number;
  /** Taken out by memory. */
  removed: number;
  /** Lines of the article. */
  lines: number;
  /** Of these, wrongly taken out. */
  lost: number;
}

/** `leastPages` is how many pages a site must have. */
export function measureMemory(sites: Iterable<readonly GoldPage[]>, leastPages = 2): MemoryFigures {
  const figures: MemoryFigures = { sites: 0, pages: 0, boilerplate: 0, recurring: 0, removed: 0, lines: 0, lost: 0 };
  for (const pages of sites) {
    if (pages.length < leastPages) continue;
    figures.sites++;
    const readings = pages.map((page) => ({ ...page, plain: extractArticle(page, { explain: true }) }));
    for (const reading of readings) {
      const others = readings.filter((other) => other !== reading);
      const memory = others.reduce<SiteMemory | undefined>(
        (known, { plain }) => learn(known, plain.blocks, '2026-11-22T08:00:00.000Z'),
        undefined,
      );
      const elsewhere = new Set(others.flatMap(({ plain }) => plain.explain?.blocks.map(({ text }) => folded(text))));
      count(figures, reading, extractArticle(reading, { memory }).article.text, elsewhere);
    }
  }
  return figures;
}

function count(
  figures: MemoryFigures,
  { plain, gold }: GoldPage & { readonly plain: Extraction },
  cleaned: string,
  elsewhere: ReadonlySet<string | undefined>,
): void {
  figures.pages++;
  const left = countLines(cleaned);
  const held = runs(gold);
  const goldText = ` ${folded(gold)} `;
  for (const [line, times] of countLines(plain.article.text)) {
    const gone = Math.max(0, times - (left.get(line) ?? 0));
    if (isOfArticle(line, held, goldText)) {
      figures.lines += times;
      figures.lost += gone;
    } else {
      figures.boilerplate += times;
      figures.recurring += elsewhere.has(folded(line)) ? times : 0;
      figures.removed += gone;
    }
  }
}

function countLines(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) if (tokens(line).length > 0) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

function isOfArticle(line: string, held: ReadonlyMap<string, number>, gold: string): boolean {
  if (tokens(line).length < 4) return gold.includes(` ${folded(line)} `);
  const own = [...runs(line).keys()];
  return own.filter((run) => held.has(run)).length >= own.length / 2;
}
