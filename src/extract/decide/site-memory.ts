import type { Instant } from '../../domain/article.ts';
import { dayMs } from '../../domain/time.ts';
import { fold } from '../../text/words.ts';
import { beginsWith } from '../boilerplate/vocabulary.ts';
import { foldedText, linkShare, type View } from '../features/view.ts';
import type { Block } from '../parse/block.ts';

/** What an extraction tells of its lines, for learning: fingerprints, plain JSON of a few kilobytes. */
export interface BlockPrints {
  readonly page: PageMark;
  /** Lines that would be kept if nothing were known of the site. */
  readonly kept: readonly string[];
  /** Lines in and about the text that would not be, and the page's summary of itself. */
  readonly dropped: readonly string[];
}

/**
 * Fingerprints of a page's address, its headline and the headline's longer words. Where address or headline is the same, it is the same
 * page (a retitled update, a second address).
 */
export interface PageMark {
  readonly address: string;
  readonly headline: string;
  readonly words: readonly string[];
}

/** What is known of one site: bounded, aged, plain JSON. The store keeps it per host and hands it back. */
export interface SiteMemory {
  readonly version: 2;
  /** Pages learnt from so far; a page's number is this count when it was learnt. */
  readonly pages: number;
  readonly updated: Instant;
  /** The pages that the lines speak of, by number. */
  readonly marks: Readonly<Record<number, PageMark>>;
  /** For each line the last pages on which it stood, oldest first: their numbers, negative where the line was not kept. */
  readonly lines: Readonly<Record<string, readonly number[]>>;
}

const limits = {
  /** Lines remembered of one site; about 30 KiB of JSON. */
  lines: 900,
  /** Pages remembered of one line: as many as any decision needs. */
  pagesOfLine: 5,
  /** A line that stood on one page only is forgotten after so many more pages. */
  onceFor: 12,
  /** A line that recurs is forgotten when it was not seen for so many pages: the site has changed. */
  recurringFor: 60,
  /** A site that was not visited for so long is learnt anew. */
  days: 45,
} as const;

/** What is remembered after one more page. Pure; `now` is an ISO 8601 instant. Learning the same page again changes no count. */
export function learn(memory: SiteMemory | undefined, blocks: BlockPrints, now: Instant): SiteMemory {
  const known = memory?.version === 2 && daysBetween(memory.updated, now) <= limits.days ? memory : undefined;
  const pages = (known?.pages ?? 0) + 1;
  const marks: Record<number, PageMark> = { ...known?.marks, [pages]: blocks.page };
  const lines = new Map<string, readonly number[]>(Object.entries(known?.lines ?? {}));
  const add = (line: string, page: number): void => {
    const others = (lines.get(line) ?? []).filter((n) => !isSame(marks[Math.abs(n)], blocks.page));
    lines.set(line, [...others, page].slice(-limits.pagesOfLine));
  };
  for (const line of new Set(blocks.dropped)) add(line, -pages);
  for (const line of new Set(blocks.kept)) add(line, pages);
  for (const [line, seen] of lines)
    if (pages - lastOf(seen) > (seen.length === 1 ? limits.onceFor : limits.recurringFor)) lines.delete(line);
  if (lines.size > limits.lines) {
    const worst = [...lines].sort(
      ([, a], [, b]) => Math.min(a.length, 3) - Math.min(b.length, 3) || lastOf(a) - lastOf(b),
    );
    for (const [line] of worst.slice(0, lines.size - limits.lines)) lines.delete(line);
  }
  const spokenOf = new Set([...lines.values()].flat().map(Math.abs));
  return {
    version: 2,
    pages,
    updated: now,
    marks: Object.fromEntries(Object.entries(marks).filter(([page]) => spokenOf.has(Number(page)))),
    lines: Object.fromEntries(lines),
  };
}

const daysBetween = (from: Instant, to: Instant): number => (Date.parse(to) - Date.parse(from)) / dayMs;
const lastOf = (seen: readonly number[]): number => Math.abs(seen.at(-1) ?? 0);
const isSame = (mark: PageMark | undefined, page: PageMark): boolean =>
  mark !== undefined && (mark.address === page.address || mark.headline === page.headline);

/** The mark of a page. */
export function markOf(url: string, title: string): PageMark {
  const address = printOf(url.replace(/#.*$/s, ''));
  const headline = fold(title);
  const words = headline.split(' ').filter((word) => word.length > 3);
  return {
    address,
    headline: headline ? printOf(headline) : address,
    words: [...new Set(words)].slice(0, 12).map(printOf),
  };
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

/** What there is to learn of a page: `kept` are the prints of the blocks of the text, `summary` what it says of itself. */
export function printsOf(
  view: View,
  kept: ReadonlyMap<Block, string>,
  page: PageMark,
  summary: string | undefined,
): BlockPrints {
  const [first, last] = [[...kept.keys()].at(0)?.index ?? 0, [...kept.keys()].at(-1)?.index ?? 0];
  const distance = ({ index }: Block): number => Math.max(first - index, index - last);
  const dropped = view.blocks
    .filter((block) => !kept.has(block) && block.words >= dropLimits.leastWords && block.words <= dropLimits.mostWords)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, dropLimits.lines);
  return {
    page,
    kept: [...new Set(kept.values())],
    dropped: [
      ...new Set([
        ...dropped.map((block) => printOf(foldedText(view, block))),
        ...(summary === undefined ? [] : [printOfSummary(summary)]),
      ]),
    ],
  };
}

/** What a feed or a front page tells of itself, for learning: a page that says the same of itself gives the site's tagline. */
export const printsOfListing = (url: string, description: string): BlockPrints => ({
  page: markOf(url, ''),
  kept: [],
  dropped: [printOfSummary(description)],
});

/** Not that of a line: other pages show the summary of an article as its teaser. */
const printOfSummary = (summary: string): string => printOf(`summary: ${fold(summary)}`);

/** Do other pages of the site give the same summary of themselves? Then it is the site's tagline and says nothing of the article. */
export const isTagline = (memory: SiteMemory, summary: string, page: PageMark): boolean =>
  (memory.lines[printOfSummary(summary)] ?? []).some((n) => !isSame(memory.marks[Math.abs(n)], page));

/** Dropped lines that are worth a place in the memory: the nearest to the text. Names and tags of two words stand in texts too. */
const dropLimits = { lines: 250, leastWords: 3, mostWords: 80 } as const;

/**
 * Lines that stood on other pages of the site. Each page on which a line stood speaks for one; for two where the line was dropped there,
 * or is a link. Two are enough, and four for a heading: articles share headings such as 'What happens next'. Never taken are
 * corrections, which publishers word alike, and what stood only on pages whose headlines share a word with this one's: the background of a
 * running story is copied from article to article. When the lines are a large part of the text, this is a second copy of an article, so
 * that only what was kept on three other pages counts.
 */
export function rememberedIn(
  memory: SiteMemory,
  prints: ReadonlyMap<Block, string>,
  page: PageMark,
): ReadonlySet<Block> {
  if (memory.version !== 2) return new Set();
  const found = new Set<Block>();
  const often = new Set<Block>();
  let all = 0;
  let recurring = 0;
  for (const [block, print] of prints) {
    all += block.words;
    const seen = (memory.lines[print] ?? []).filter((n) => !isSame(memory.marks[Math.abs(n)], page));
    if (seen.length === 0 || isCorrection(block) || isOneStory(seen, memory, page)) continue;
    const isLink = linkShare(block) > 0.5 && block.words < 20;
    const voices = seen.reduce((sum, n) => sum + (n < 0 || isLink ? 2 : 1), 0);
    if (voices < (block.kind === 'heading' ? 4 : 2)) continue;
    found.add(block);
    recurring += block.words;
    if (seen.length >= 3) often.add(block);
  }
  return recurring > all * 0.4 ? often : found;
}

const isCorrection = ({ text }: Block): boolean => beginsWith('correction', fold(text.slice(0, 120))) > 0;

/** Is there a word that stands in the headlines of this page and of all pages on which a line stood? */
const isOneStory = (seen: readonly number[], memory: SiteMemory, page: PageMark): boolean =>
  page.words.some((word) => seen.every((n) => memory.marks[Math.abs(n)]?.words.includes(word)));
