import { extractArticle } from '../../src/extract/extract.ts';
import { learn, type SiteMemory } from '../../src/extract/site-memory.ts';
import { folded, runs, tokens } from './extract-scores.ts';

/** A page of a site with the text that its article holds. */
export interface GoldPage {
  readonly url: string;
  readonly html: string;
  readonly gold: string;
}

/** What site memory did on the pages of some sites, read one after the other as a crawler would. */
export interface MemoryFigures {
  sites: number;
  pages: number;
  /** Lines in the text without memory that the gold does not hold. */
  furniture: number;
  /** Of these, taken out by memory. */
  removed: number;
  /** Lines of the article. */
  lines: number;
  /** Of these, wrongly taken out. */
  lost: number;
  readonly lostLines: string[];
}

/** Reads each site's pages in order, learning from each; `leastPages` is how many pages a site must have. */
export function measureMemory(sites: Iterable<readonly GoldPage[]>, leastPages = 3): MemoryFigures {
  const figures: MemoryFigures = { sites: 0, pages: 0, furniture: 0, removed: 0, lines: 0, lost: 0, lostLines: [] };
  for (const pages of sites) {
    if (pages.length < leastPages) continue;
    figures.sites++;
    let memory: SiteMemory | undefined;
    for (const { url, html, gold } of pages) {
      figures.pages++;
      const plain = extractArticle({ url, html });
      const cleaned = extractArticle({ url, html }, { memory });
      const left = countLines(cleaned.article.text);
      const held = runs(gold);
      const goldText = ` ${folded(gold)} `;
      for (const [line, count] of countLines(plain.article.text)) {
        const gone = Math.max(0, count - (left.get(line) ?? 0));
        if (isOfArticle(line, held, goldText)) {
          figures.lines += count;
          figures.lost += gone;
          if (gone > 0) figures.lostLines.push(line);
        } else {
          figures.furniture += count;
          figures.removed += gone;
        }
      }
      memory = learn(memory, plain.blocks, '2026-11-22T08:00:00.000Z');
    }
  }
  return figures;
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
