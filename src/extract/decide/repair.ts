import { bitOf } from '../boilerplate/boilerplate.ts';
import { copyright, disclaimer } from '../boilerplate/credits.ts';
import { embedLabel } from '../boilerplate/foreign.ts';
import { isRefrain } from '../boilerplate/headline.ts';
import { plainHeadlines } from '../boilerplate/related.ts';
import { endsSentence, foldedText, isParagraph, linkShare, type View } from '../features/view.ts';
import type { Block } from '../parse/block.ts';
import { Signal } from '../parse/signals.ts';
import { keepInstructions, keepIntroduced, keepNumbered, keepPlainLists } from './lists.ts';
import { keepTablesWhole, outermost } from './tables.ts';

const label = bitOf(embedLabel);
const headlines = bitOf(plainHeadlines);

/** A post of a social network set into the page: kept as a quote where it stands inside the text. */
export const isEmbeddedPost = (block: Block): boolean => {
  if (!block.inQuote) return false;
  for (let box: Block['box'] | undefined = block.box; box; box = box.parent)
    if (box.name === 'blockquote')
      return /twitter-(?:tweet|video)|instagram-media|tiktok-embed|bluesky-embed|mastodon-embed|text-post-media|reddit-embed/.test(
        box.element.attribs.class ?? '',
      );
  return false;
};

const isIn = (kept: Uint8Array, i: number, reach: number): boolean => {
  for (let step = 1; step <= reach; step++) if (kept[i - step]) return true;
  return false;
};
const isBefore = (kept: Uint8Array, i: number, reach: number): boolean => {
  for (let step = 1; step <= reach; step++) if (kept[i + step]) return true;
  return false;
};

/**
 * What the scorers cannot know of one line alone: sub-headings belong to the paragraphs below them, embedded posts and paragraphs of the
 * same template to the text around them; a heading with nothing below it, or a second copy of a paragraph, does not.
 */
export function repair(view: View, kept: Uint8Array, scores: Float32Array, boilerplate: Int32Array): void {
  const { blocks } = view;
  const n = blocks.length;
  let first = 0;
  while (first < n && !kept[first]) first++;
  let end = n;
  while (end > first && !kept[end - 1]) end--;

  for (let i = first + 1; i < end; i++) {
    const block = blocks[i] as Block;
    if (kept[i]) continue;
    if (block.kind === 'code' && isIn(kept, i, 3) && isBefore(kept, i, 3)) kept[i] = 1;
    else if (isEmbeddedPost(block)) kept[i] = (boilerplate[i] ?? 0) & label ? 0 : 1;
    else if (boilerplate[i] || linkShare(block) > 0.3) continue;
    else if (
      block.words >= 15 &&
      (scores[i] ?? 0) > (block.inQuote ? 0.08 : 0.12) &&
      isIn(kept, i, 3) &&
      isBefore(kept, i, 3) &&
      ((endsSentence(block.text) && likeNeighbours(blocks, kept, i)) || isQuoteInText(view, kept, block))
    )
      kept[i] = 1;
  }
  keepNamesOfQuotes(blocks, kept, first, end);
  keepInstructions(blocks, kept, boilerplate, end);
  keepPlainLists(blocks, kept, boilerplate, first, end);
  keepIntroduced(blocks, kept, scores, boilerplate, end);
  keepNumbered(blocks, kept, scores, first);
  keepTablesWhole(blocks, kept, first, end);
  const linked = linkedHeadings(blocks.slice(first, end));
  for (let i = end - 2; i > first; i--) {
    const block = blocks[i] as Block;
    if (
      !kept[i] &&
      !boilerplate[i] &&
      kept[i + 1] &&
      isSubheading(block) &&
      isIn(kept, i, 6) &&
      (scores[i] ?? 0) > 0.03
    ) {
      const below = (blocks[i + 1] as Block).box;
      if (below.parent === block.box.parent || below === block.box) kept[i] = 1;
    } else if (!kept[i] && isLinkedSubheading(blocks, kept, i, linked)) kept[i] = 1;
  }
  for (let i = end - 1; i >= first; i--) {
    const block = blocks[i] as Block;
    if (!kept[i]) continue;
    // The first of a run of headlines under the text looks like a last short line of it.
    const leads =
      block.kind === 'line' &&
      (boilerplate[i] ?? 0) & headlines &&
      (boilerplate[i + 1] ?? 0) & headlines &&
      !kept[i + 1] &&
      !endsSentence(block.text);
    if (!leads && !isSubheading(block) && block.kind !== 'heading' && !(block.words <= 6 && /:\s*$/.test(block.text)))
      break;
    kept[i] = 0;
  }
  dropBelowNotice(blocks, kept, boilerplate, first, end);
  dropCopies(view, kept, scores, first, end);
  dropJoined(view, kept, first, end);
}

const noticeBits = bitOf(disclaimer) | bitOf(copyright);

/** Short lines below a legal notice at the end say how to reach the site. */
function dropBelowNotice(
  blocks: readonly Block[],
  kept: Uint8Array,
  boilerplate: Int32Array,
  first: number,
  end: number,
): void {
  for (let i = end - 1; i > first; i--) {
    const block = blocks[i] as Block;
    if (kept[i] && (isParagraph(block) || endsSentence(block.text))) return;
    if (kept[i] || !((boilerplate[i] ?? 0) & noticeBits)) continue;
    kept.fill(0, i, end);
    return;
  }
}

/** A line of fewer words is no copy of a whole text. */
const leastJoined = 40;
/** So much of it stands in other lines. */
const shareJoined = 0.85;

/** A text that stands there once more as one line, for print or for a reader's voice; looked for among the longest three lines. */
function dropJoined(view: View, kept: Uint8Array, first: number, end: number): void {
  const lines = view.blocks.slice(first, end).filter(({ index }) => kept[index]);
  const longest = lines.toSorted((a, b) => b.words - a.words).slice(0, 3);
  for (const whole of longest) {
    if (whole.words < leastJoined) continue;
    const text = foldedText(view, whole);
    let said = 0;
    let parts = 0;
    for (const line of lines) {
      if (line === whole || !kept[line.index] || line.words < 4) continue;
      const part = foldedText(view, line);
      if (part.length >= text.length || !text.includes(part)) continue;
      said += part.length + 1;
      parts++;
    }
    if (parts > 1 && said >= shareJoined * text.length) kept[whole.index] = 0;
  }
}

/** Lines that stood before: single paragraphs, and with them the short lines of a text that a page holds twice, for wide and narrow screens. */
function dropCopies(view: View, kept: Uint8Array, scores: Float32Array, first: number, end: number): void {
  const { blocks } = view;
  const seen = new Map<string, number>();
  /** The line that each line repeats. */
  const copyOf = new Map<number, number>();
  for (let i = first; i < end; i++) {
    const block = blocks[i] as Block;
    if (!kept[i]) continue;
    const line = foldedText(view, block);
    const earlier = seen.get(line);
    if (earlier === undefined) seen.set(line, i);
    else copyOf.set(i, earlier);
    if (earlier === undefined || block.words < 9 || line.length < 40 || isRefrain(view, earlier, i)) continue;
    kept[(scores[i] ?? 0) > (scores[earlier] ?? 0) && i - earlier < 4 ? earlier : i] = 0;
  }
  for (const [i, earlier] of copyOf) {
    const beside = (step: number): boolean => copyOf.get(i + step) === earlier + step;
    const isCell = (blocks[i] as Block).inTable;
    if (!isCell && kept[i] && kept[earlier] && (beside(-1) || beside(1)) && !isRefrain(view, earlier, i)) kept[i] = 0;
  }
}

/** A heading, or a short line all in bold, without links. */
const isSubheading = (block: Block): boolean =>
  linkShare(block) < 0.3 &&
  (block.kind === 'heading' ||
    (block.words <= 12 && block.markedWords >= block.words * 0.9 && !endsSentence(block.text)));

/** So many headings that are links and written alike are those of a list that the text goes through. */
const leastLinked = 3;

/** How often headings that are links are written in each way. */
function linkedHeadings(blocks: readonly Block[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const block of blocks)
    if (block.kind === 'heading' && linkShare(block) > 0.7)
      counts.set(block.box.template, (counts.get(block.box.template) ?? 0) + 1);
  return counts;
}

/**
 * A heading that is a link, between paragraphs of the text and beside them: a person or place that the part below is about. Where several are
 * written alike, an address or another heading may stand between it and its paragraph.
 */
function isLinkedSubheading(
  blocks: readonly Block[],
  kept: Uint8Array,
  i: number,
  linked: ReadonlyMap<number, number>,
): boolean {
  const [before, block, after] = [blocks[i - 1], blocks[i], blocks[i + 1]];
  if (!before || !block || !after || block.kind !== 'heading' || block.words > 14) return false;
  const isOneOfMany = (linked.get(block.box.template) ?? 0) >= leastLinked;
  const beside = (other: Block): boolean =>
    kept[other.index] === 1 && (isParagraph(other) || isOneOfMany) && other.box.parent === block.box.parent;
  return beside(before) && beside(after) && block.box.own === 0;
}

/** A quotation between paragraphs of the text and beside them that does not stand in one of these once more. */
function isQuoteInText(view: View, kept: Uint8Array, block: Block): boolean {
  const quote = block.inQuote ? quoteOf(block) : undefined;
  if (quote?.own !== 0) return false;
  const { parent } = outermost(quote);
  const beside = view.blocks.slice(Math.max(0, quote.first - quoteReach), quote.end + quoteReach);
  const paragraphs = beside.filter(({ index, box }) => kept[index] === 1 && box.parent === parent);
  const line = foldedText(view, block);
  const around = view.blocks.slice(Math.max(0, quote.first - saidAgain), quote.end + saidAgain);
  return (
    paragraphs.some(({ index }) => index < quote.first) &&
    paragraphs.some(({ index }) => index >= quote.end) &&
    !around.some((other) => other !== block && kept[other.index] && foldedText(view, other).includes(line))
  );
}

/** So many lines before and after a quotation paragraphs are looked for. */
const quoteReach = 4;
/** So many lines before and after it may hold the sentence that a quotation sets apart once more. */
const saidAgain = 30;

/** Same kind of box as the kept blocks before and after it. */
function likeNeighbours(blocks: readonly Block[], kept: Uint8Array, i: number): boolean {
  const block = blocks[i] as Block;
  const like = (j: number): boolean => {
    const other = blocks[j];
    return (
      other !== undefined &&
      Boolean(kept[j]) &&
      other.box.signature === block.box.signature &&
      other.box.parent === block.box.parent
    );
  };
  return (
    (like(i - 1) || like(i - 2) || like(i - 3)) &&
    (like(i + 1) || like(i + 2) || like(i + 3)) &&
    !(block.box.own & Signal.advert)
  );
}

/** Who is quoted, under the quote and in its box. */
function keepNamesOfQuotes(blocks: readonly Block[], kept: Uint8Array, first: number, end: number): void {
  for (let i = first + 1; i < end; i++) {
    const [before, block] = [blocks[i - 1] as Block, blocks[i] as Block];
    if (kept[i] || !kept[i - 1] || !before.inQuote || !block.inQuote || block.words > 15) continue;
    if (/^[—–―-]/.test(block.text) && quoteOf(block) === quoteOf(before) && linkShare(block) < 0.5) kept[i] = 1;
  }
}

function quoteOf(block: Block): Block['box'] | undefined {
  let box: Block['box'] | undefined = block.box;
  while (box && box.name !== 'blockquote') box = box.parent;
  return box;
}
