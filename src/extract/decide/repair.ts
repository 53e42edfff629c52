import { bitOf } from '../boilerplate/boilerplate.ts';
import { copyright, disclaimer } from '../boilerplate/credits.ts';
import { embedLabel } from '../boilerplate/foreign.ts';
import { isRefrain } from '../boilerplate/headline.ts';
import { plainHeadlines } from '../boilerplate/related.ts';
import { rowsOf } from '../features/rows.ts';
import { endsSentence, foldedText, isParagraph, linkShare, type View } from '../features/view.ts';
import type { Block } from '../parse/block.ts';
import { Signal } from '../parse/signals.ts';

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
      (scores[i] ?? 0) > 0.12 &&
      endsSentence(block.text) &&
      isIn(kept, i, 3) &&
      isBefore(kept, i, 3) &&
      likeNeighbours(blocks, kept, i)
    )
      kept[i] = 1;
  }
  keepNamesOfQuotes(blocks, kept, first, end);
  keepInstructions(blocks, kept, boilerplate, end);
  keepPlainLists(blocks, kept, boilerplate, first, end);
  keepTablesWhole(blocks, kept, first, end);
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
    } else if (!kept[i] && isLinkedSubheading(blocks, kept, i)) kept[i] = 1;
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

/** A heading that is a link, between paragraphs of the text and beside them: a person or place that the part below is about. */
function isLinkedSubheading(blocks: readonly Block[], kept: Uint8Array, i: number): boolean {
  const [before, block, after] = [blocks[i - 1], blocks[i], blocks[i + 1]];
  if (!before || !block || !after || block.kind !== 'heading' || block.words > 14) return false;
  const beside = (other: Block): boolean =>
    kept[other.index] === 1 && isParagraph(other) && other.box.parent === block.box.parent;
  return beside(before) && beside(after) && block.box.own === 0;
}

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

/** A box beside the last paragraph, without a name or links, that lists things under headings, steps among them: a recipe, a how-to. */
function keepInstructions(blocks: readonly Block[], kept: Uint8Array, boilerplate: Int32Array, end: number): void {
  const last = blocks[end - 1];
  let box: Block['box'] | undefined = blocks[end]?.box;
  while (box?.parent && box.parent !== last?.box.parent) box = box.parent;
  if (!last || box?.first !== end || box.own !== 0 || box.linkWords > 0 || box.fields > 0) return;
  const lines = blocks.slice(end, box.end);
  const items = lines.filter(({ kind }) => kind === 'item');
  const isPlain = lines.every(({ index, kind }) => kind === 'item' || kind === 'heading' || !boilerplate[index]);
  if (isPlain && lines[0]?.kind === 'heading' && items.length > 2 && items.some(({ orderedList }) => orderedList))
    kept.fill(1, end, box.end);
}

/** A list without a name of its own that stands beside paragraphs of the text is part of it, unless it is a list of links. */
function keepPlainLists(
  blocks: readonly Block[],
  kept: Uint8Array,
  boilerplate: Int32Array,
  first: number,
  end: number,
): void {
  for (let i = first + 1; i < end; i++) {
    const list = listOf(blocks[i] as Block);
    if (list?.own !== 0 || list.first !== i) continue;
    const before = blocks[i - 1] as Block;
    const holders = [before.box.parent, listOf(before)?.parent];
    if (
      kept[i - 1] &&
      holders.includes(outermost(list).parent) &&
      list.linkWords < list.words * 0.4 &&
      !blocks.slice(i, list.end).some((block) => block.box.own !== 0)
    )
      for (let j = i; j < list.end; j++) if (!boilerplate[j]) kept[j] = 1;
    i = list.end - 1;
  }
}

/**
 * A table of data says something only as a whole: all of its cells are kept, numbers that alone look like a counter's among them, or none.
 * One that stands beside a paragraph of the text, without a name of its own and with few links, is part of it; of others most words decide.
 */
function keepTablesWhole(blocks: readonly Block[], kept: Uint8Array, first: number, end: number): void {
  for (let i = first + 1; i < end; i++) {
    const table = tableOf(blocks[i] as Block);
    if (table?.first !== i) continue;
    const cells = blocks.slice(i, table.end);
    const rows = rowsOf(cells);
    if (rows.size < cells.length || new Set(rows.values()).size < 2) continue;
    const isPlain =
      kept[i - 1] === 1 &&
      (blocks[i - 1] as Block).box.parent === holderOf(table) &&
      table.own === 0 &&
      table.linkWords < table.words * 0.4;
    const keptWords = cells.reduce((sum, { index, words }) => sum + (kept[index] ? words : 0), 0);
    kept.fill(isPlain || keptWords > table.words / 2 ? 1 : 0, i, table.end);
    i = table.end - 1;
  }
}

/** The wrapper around a box that holds nothing else and has no name of its own. */
function outermost(box: Block['box']): Block['box'] {
  let outer = box;
  const isPlain = ({ own, name }: Block['box']): boolean => own === 0 || (name === 'figure' && own === Signal.media);
  while (outer.parent && isPlain(outer.parent) && outer.parent.first === box.first && outer.parent.end === box.end)
    outer = outer.parent;
  return outer;
}

/** What a table stands in: a figure around it and its caption is part of it. */
function holderOf(table: Block['box']): Block['box'] | undefined {
  const { parent } = outermost(table);
  return parent?.name === 'figure' ? outermost(parent).parent : parent;
}

function tableOf(block: Block): Block['box'] | undefined {
  if (block.kind !== 'cell') return undefined;
  for (let box: Block['box'] | undefined = block.box; box; box = box.parent) if (box.name === 'table') return box;
  return undefined;
}

function listOf(block: Block): Block['box'] | undefined {
  if (block.kind !== 'item') return undefined;
  for (let box: Block['box'] | undefined = block.box; box; box = box.parent)
    if (box.name === 'ul' || box.name === 'ol') return box;
  return undefined;
}
