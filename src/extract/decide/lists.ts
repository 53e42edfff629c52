import { bitOf } from '../boilerplate/boilerplate.ts';
import { plainHeadlines } from '../boilerplate/related.ts';
import { isParagraph, linkShare } from '../features/view.ts';
import type { Block, Box } from '../parse/block.ts';
import { outermost } from './tables.ts';

const headlines = bitOf(plainHeadlines);

/** A box beside the last paragraph, without a name or links, that lists things under headings, steps among them: a recipe, a how-to. */
export function keepInstructions(
  blocks: readonly Block[],
  kept: Uint8Array,
  boilerplate: Int32Array,
  end: number,
): void {
  const last = blocks[end - 1];
  let box: Box | undefined = blocks[end]?.box;
  while (box?.parent && box.parent !== last?.box.parent) box = box.parent;
  if (!last || box?.first !== end || box.own !== 0 || box.linkWords > 0 || box.fields > 0) return;
  const lines = blocks.slice(end, box.end);
  const items = lines.filter(({ kind }) => kind === 'item');
  const isPlain = lines.every(({ index, kind }) => kind === 'item' || kind === 'heading' || !boilerplate[index]);
  if (isPlain && lines[0]?.kind === 'heading' && items.length > 2 && items.some(({ orderedList }) => orderedList))
    kept.fill(1, end, box.end);
}

/** A list without a name of its own that stands beside paragraphs of the text is part of it, unless it is a list of links. */
export function keepPlainLists(
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

/** So many words may have a line that introduces a list. */
const longestIntroduction = 40;

/**
 * What a line with a colon below the last paragraph introduces: the list right under it, beside the text. Its items are short and look like
 * headlines; a list of links is none of the text.
 */
export function keepIntroduced(
  blocks: readonly Block[],
  kept: Uint8Array,
  scores: Float32Array,
  boilerplate: Int32Array,
  end: number,
): void {
  const last = blocks[end - 1];
  const isOwn = (block: Block): boolean => ((boilerplate[block.index] ?? 0) & ~headlines) === 0;
  for (const line of blocks.slice(end - 1, end + reach)) {
    const first = blocks[line.index + 1];
    const list = first && listOf(first);
    const parent = list && outermost(list).parent;
    const introduces = /[:：]\s*$/.test(line.text) && line.words >= 3 && line.words <= longestIntroduction;
    if (!last || !list || !introduces || list.own !== 0 || list.first !== line.index + 1) continue;
    if (!kept[line.index] && (!isOwn(line) || (scores[line.index] ?? 0) < leastScore)) continue;
    const besideText = parent !== undefined && (last.box.parent === parent || listOf(last)?.parent === parent);
    const items = blocks.slice(list.first, list.end);
    if (!besideText || line.box.parent !== parent || list.linkWords >= list.words * 0.4 || !items.every(isOwn))
      continue;
    kept.fill(1, line.index, list.end);
    return;
  }
}

/** Lines below the last one that is kept among which the introduction may stand: a caption may come between. */
const reach = 3;
const leastScore = 0.1;

/** So many numbered lines make a list. */
const leastNumbered = 4;

/**
 * Lines that begin with 1, 2, 3 and so on, beside a paragraph of the text: a list written without a list's elements. With them stay the lines
 * between, such as the address of each thing. When the scorers want none of them, it is another article's.
 */
export function keepNumbered(blocks: readonly Block[], kept: Uint8Array, scores: Float32Array, first: number): void {
  for (let i = first + 1; i < blocks.length; i++) {
    const start = blocks[i] as Block;
    if (numberOf(start) !== 1) continue;
    const { parent } = start.box;
    const before = blocks[i - 1] as Block;
    if (!kept[i - 1] || !isParagraph(before) || before.box.parent !== parent) continue;
    let count = 1;
    let last = i;
    for (let j = i + 1; j <= last + between && blocks[j]?.box.parent === parent; j++)
      if (numberOf(blocks[j] as Block) === count + 1) {
        count++;
        last = j;
      }
    const lines = blocks.slice(i, last + 1);
    const after = blocks[last + 1];
    const addressed = after && after.box.parent === parent && lines.some(isAddress) && isAddress(after) ? 1 : 0;
    const mean = lines.reduce((sum, { index }) => sum + (scores[index] ?? 0), 0) / lines.length;
    if (count >= leastNumbered && mean > leastScore) kept.fill(1, i, last + 1 + addressed);
  }
}

/** Lines that may stand between two numbers. */
const between = 3;
const longestNumber = 2;

function numberOf({ text, kind }: Block): number | undefined {
  if (kind !== 'paragraph' && kind !== 'line') return undefined;
  const number = /^(\d+)\s?[).\]:–-]\s/.exec(text)?.[1];
  return number !== undefined && number.length <= longestNumber ? Number(number) : undefined;
}

const isAddress = (block: Block): boolean => linkShare(block) === 1 && /^https?:\/\/\S+$/.test(block.text);

function listOf(block: Block): Box | undefined {
  if (block.kind !== 'item') return undefined;
  for (let box: Box | undefined = block.box; box; box = box.parent)
    if (box.name === 'ul' || box.name === 'ol') return box;
  return undefined;
}
