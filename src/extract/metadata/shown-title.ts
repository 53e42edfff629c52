import { countWords } from '../../text/words.ts';
import type { Block, Box } from '../parse/block.ts';

/** Splits `Headline | Paper`, `Paper - News - Headline`; a hyphen without blanks around it is one in Chinese, Japanese and Korean only, and « » without blanks are quotes. */
export const titleSeparator =
  /\s+[|–—·•»«›>:/\\-]{1,2}\s+|\s*\|\s*|\s+::\s+|(?<=[^\s\w])_|_(?=[^\s\w])|(?<=[\u2e80-\u9fff\uac00-\ud7af\uff00-\uff20])[-：]|-(?=[\u2e80-\u9fff\uac00-\ud7af])/g;

/** A title with more parts names a way through the site, and each part is looked up by itself only. */
const mostParts = 6;
/** Of the words of the title's longest part: a shorter one that stands on the page alone names the section. */
const leastShare = 0.5;
const elsewhere = new Set(['nav', 'footer', 'aside']);

/** The line is a piece of the page itself, no link to elsewhere. */
const isOwnLine = (block: Block): boolean =>
  !elsewhere.has(block.region) && (block.kind === 'heading' || block.linkWords < block.words);

/**
 * The part of the page's title that stands on the page as a line of its own: of `Paper - News - Headline` the headline does, whatever
 * element holds it. Where several do, it is the one nearest to the text: masthead, motto and section stand above it. Undefined when none does,
 * or all of it.
 */
export function shownPart(title: string, blocks: readonly Block[]): string | undefined {
  const parts = partsOf(title);
  if (parts.size === 0) return undefined;
  const least = Math.max(...title.split(titleSeparator).map(countWords)) * leastShare;
  const text = textBegins(blocks);
  let best: string | undefined;
  for (const block of blocks) {
    if (block.text.length >= title.length || !parts.has(block.text) || !isOwnLine(block)) continue;
    if (best !== undefined && block.index > text) break;
    if (countWords(block.text) >= least) best = block.text;
  }
  return best;
}

/** All runs of parts of a title, as they stand in it, but not all of it. */
function partsOf(title: string): ReadonlySet<string> {
  const cuts = [...title.matchAll(titleSeparator)].slice(0, 40);
  const starts = [0, ...cuts.map((cut) => cut.index + cut[0].length)];
  const ends = [...cuts.map((cut) => cut.index), title.length];
  const found = new Set<string>();
  for (const [first, start] of starts.entries()) {
    const last = starts.length > mostParts ? first + 1 : ends.length;
    for (const end of ends.slice(first, last)) {
      const part = title.slice(start, end).trim();
      if (part.length > 3 && part !== title) found.add(part);
    }
  }
  return found;
}

/** Says whose the page is. */
const copyright = /©|\(c\)|copyright/i;

/** In words; more are hardly a site's name. */
const longestName = 5;

/** Does the title of the page name the site alone? Then it is short, and no line of the page but its notice of copyright says it. */
export function namesSiteOnly(title: string, blocks: readonly Block[]): boolean {
  if (countWords(title) > longestName) return false;
  let shown = false;
  for (const block of blocks) {
    if (!block.text.includes(title)) continue;
    if (block.words < 60 && copyright.test(block.text)) return true;
    if (isOwnLine(block)) shown = true;
  }
  return !shown;
}

/** Words of a headline without a heading's element. */
const fewest = 3.5;
const longest = 40;
/** Lines that may stand between the headline and the text: subtitle, byline, date, buttons, caption. */
const reach = 8;

/** The line above the text that reads as its headline: a heading, else one in bold, else the nearest. */
export function lineAboveText(blocks: readonly Block[]): string | undefined {
  const text = textBegins(blocks);
  const above = blocks
    .slice(Math.max(0, text - reach), Math.max(0, text))
    .reverse()
    .filter(mayBeHeadline);
  const by = (test: (block: Block) => boolean): Block | undefined => above.find(test);
  return (by(({ kind }) => kind === 'heading') ?? by(({ markedWords, words }) => markedWords >= words) ?? above[0])
    ?.text;
}

/**
 * Is a heading that of another article, or of what follows? Then more of the page's prose stands before it than after it, or a line before it
 * says what the head of the page says (`titles`), or a text stands before it under a heading of its own.
 */
export function standsBelowText(heading: string, titles: ReadonlySet<string>, blocks: readonly Block[]): boolean {
  const at = blocks.findIndex((block) => block.kind === 'heading' && block.text === heading);
  if (at < 0) return false;
  let before = 0;
  let after = 0;
  for (const block of blocks) {
    if (block.index < at && titles.has(block.text) && isOwnLine(block)) return true;
    if (!isProse(block)) continue;
    if (block.index < at) before += block.words;
    else after += block.words;
  }
  return before > after || isTextWithHeading(blocks, at);
}

/** Does a heading that is no link, and under it at least two paragraphs in one box, stand before a line? Excerpts stand in a box each. */
function isTextWithHeading(blocks: readonly Block[], end: number): boolean {
  const first = textBegins(blocks);
  if (first < 0 || first >= end) return false;
  const box = (blocks[first] as Block).box;
  const alike = blocks.slice(first, end).filter((block) => isProse(block) && isBeside(block.box, box));
  return (
    alike.length >= 2 &&
    blocks
      .slice(Math.max(0, first - reach), first)
      .some((block) => block.kind === 'heading' && block.words >= fewest && block.linkWords * 2 < block.words)
  );
}

/** One box, or two that stand side by side. */
const isBeside = (one: Box, other: Box): boolean =>
  one === other || (one.parent === other.parent && one.template === other.template && one.end - one.first === 1);

/** Lines behind the first of prose among which there is more; those of links to elsewhere do not count. */
const nearby = 3;

/** Index of the first line of prose with more of it near by; -1 when there is none. */
function textBegins(blocks: readonly Block[]): number {
  /** Lines without links that were passed over since the next line of prose; read from the end. */
  let apart = nearby;
  let first = -1;
  for (let index = blocks.length - 1; index >= 0; index--) {
    const block = blocks[index] as Block;
    if (isProse(block)) {
      if (apart < nearby) first = index;
      apart = 0;
    } else if (block.linkWords * 2 <= block.words) apart++;
  }
  return first;
}

const isProse = ({ words, linkWords, kind }: Block): boolean =>
  words >= 15 && linkWords * 2 < words && kind !== 'heading' && kind !== 'caption';

function mayBeHeadline({ text, words, linkWords, kind }: Block): boolean {
  if (words < fewest || words > longest || linkWords * 2 > words) return false;
  if (kind === 'caption' || kind === 'item' || kind === 'term') return false;
  const digits = text.match(/\d/g)?.length ?? 0;
  return digits * 4 < text.length && !/[.。।:：]$/.test(text);
}
