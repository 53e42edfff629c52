import type { Instant } from '../article.ts';
import type { Block } from './block.ts';
import { linkShare } from './view.ts';

/**
 * What an extraction tells of its lines, for learning: the page's own mark, and one fingerprint for each line that would be kept if
 * nothing were known of the site. Plain JSON, a few hundred bytes to a few kilobytes.
 */
export interface BlockPrints {
  /** Fingerprints of the page's address and headline; where either is the same, it is the same page (a retitled update, a second address). */
  readonly page: PageMark;
  readonly lines: readonly string[];
}

export type PageMark = readonly [address: string, headline: string];

/** A line as remembered: on how many pages it stood, at which page it was last seen (counted over the site), and on which page that was. */
export type Remembered = readonly [pages: number, lastSeen: number, ...page: PageMark];

/** What is known of one site: bounded, aged, plain JSON. The store keeps it per host and hands it back. */
export interface SiteMemory {
  readonly version: 1;
  /** Pages learnt from so far. */
  readonly pages: number;
  readonly updated: Instant;
  readonly lines: Readonly<Record<string, Remembered>>;
}

const limits = {
  /** Lines remembered of one site; about 25 KiB of JSON. */
  lines: 600,
  /** A line that stood on one page only is forgotten after so many more pages. */
  onceFor: 12,
  /** A line that recurs is forgotten when it was not seen for so many pages: the site has changed. */
  recurringFor: 60,
  /** A site that was not visited for so long is learnt anew. */
  days: 45,
} as const;

/** What is remembered after one more page. Pure; `now` is an ISO 8601 instant. Learning the same page again changes no count. */
export function learn(memory: SiteMemory | undefined, blocks: BlockPrints, now: Instant): SiteMemory {
  const stale = memory === undefined || Date.parse(now) - Date.parse(memory.updated) > limits.days * 86_400_000;
  const pages = (stale ? 0 : memory.pages) + 1;
  const lines = new Map<string, Remembered>(stale ? [] : Object.entries(memory.lines));
  for (const line of new Set(blocks.lines)) {
    const known = lines.get(line);
    const before = known ? (isSame(known, blocks.page) ? known[0] - 1 : known[0]) : 0;
    lines.set(line, [before + 1, pages, ...blocks.page]);
  }
  for (const [line, [count, seen]] of lines) {
    if (pages - seen > (count === 1 ? limits.onceFor : limits.recurringFor)) lines.delete(line);
  }
  if (lines.size > limits.lines) {
    const worst = [...lines].sort(([, a], [, b]) => Math.min(a[0], 3) - Math.min(b[0], 3) || a[1] - b[1]);
    for (const [line] of worst.slice(0, lines.size - limits.lines)) lines.delete(line);
  }
  return { version: 1, pages, updated: now, lines: Object.fromEntries(lines) };
}

const isSame = ([, , address, headline]: Remembered, page: PageMark): boolean =>
  address === page[0] || headline === page[1];

/** On how many other pages of the site a line stood. */
function pagesWith(memory: SiteMemory, line: string, page: PageMark): number {
  const known = memory.lines[line];
  if (!known) return 0;
  return isSame(known, page) ? known[0] - 1 : known[0];
}

/** A short fingerprint of a folded text (FNV-1a, 2 × 32 bits, as base 36). */
export function printOf(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ (code + i), 0x85ebca6b);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}

/**
 * Lines that stood on other pages of the site. A line that is a link needs one other page, any other two, and a heading three, since
 * articles share headings such as 'What happens next'. When they are a large part of the text, this is a second copy of an article and not
 * furniture, so that only what stood on three other pages counts.
 */
export function rememberedIn(
  memory: SiteMemory,
  prints: ReadonlyMap<Block, string>,
  page: PageMark,
): ReadonlySet<Block> {
  const find = (strict: boolean): Set<Block> => {
    const found = new Set<Block>();
    for (const [block, print] of prints) {
      const needed = strict || block.kind === 'heading' ? 3 : linkShare(block) > 0.5 && block.words < 20 ? 1 : 2;
      if (pagesWith(memory, print, page) >= needed) found.add(block);
    }
    return found;
  };
  const sum = (blocks: Iterable<Block>): number => [...blocks].reduce((words, block) => words + block.words, 0);
  const found = find(false);
  return sum(found) > sum(prints.keys()) * 0.4 ? find(true) : found;
}
