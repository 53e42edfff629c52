import { findDate } from '../../../text/dates/find-date.ts';
import { ago } from '../../boilerplate/headline.ts';
import { beginsWith } from '../../boilerplate/vocabulary.ts';
import type { View } from '../../features/view.ts';
import { typesOf } from '../../metadata/json-ld.ts';
import type { Block, Box } from '../../parse/block.ts';
import { Signal } from '../../parse/signals.ts';
import { boxAround, boxBeside, type Chosen, holds, leavesBrief, leavesText, type Range } from './range.ts';

/** So many answers or dated items make a thread. */
const leastReplies = 2;
const leastItems = 3;

/** What readers wrote below the text, whatever its classes are: lines with a button to answer, or items that begin with a name and a time. */
export function readersThreads(state: Chosen): Range[] {
  const { page, view, anchor } = state;
  const replies = view.blocks.filter(
    ({ index, words }) =>
      index > anchor && words > 0 && words <= 5 && beginsWith('reply', view.folded[index] ?? '') > 0,
  );
  if (page.things.some((thing) => typesOf(thing).includes('LiveBlogPosting'))) return [];
  const ranges: Range[] = [];
  const [first, last] = [replies.at(0), replies.at(-1)];
  if (first && last && replies.length >= leastReplies) {
    const around = boxAround(view, { first: first.index, end: last.index + 1 });
    const box = around && !holds(around, anchor) ? boxBeside(view, first.index, anchor) : undefined;
    if (box) ranges.push(box);
  }
  // Dated items that are more than the rest are a live blog, unless they are called comments.
  const items = datedItems(view, anchor).filter(
    (range) => leavesText(state, range, 0.8) || ((range.above & Signal.comments) !== 0 && leavesBrief(state, range)),
  );
  return [...ranges.filter((range) => leavesText(state, range) || leavesBrief(state, range)), ...items];
}

/** Boxes written alike below the text, each of which begins with a time: comments, or items of a ticker. */
function datedItems(view: View, anchor: number): Box[] {
  const groups = new Map<Box, Map<number, Box[]>>();
  for (const box of view.boxes) {
    const { parent, signature } = box;
    if (!parent || box.first <= anchor || box.end - box.first < 2 || holds(parent, anchor)) continue;
    const alike = groups.get(parent) ?? new Map<number, Box[]>();
    const items = alike.get(signature);
    if (items) items.push(box);
    else groups.set(parent, alike.set(signature, [box]));
  }
  const isThread = (items: readonly Box[]): boolean =>
    items.length >= leastItems &&
    !view.blocks[items[0]?.first ?? 0]?.inQuote &&
    items.slice(0, leastItems).every((box) => isDated(view, box));
  return [...groups].filter(([, alike]) => alike.values().some(isThread)).map(([parent]) => parent);
}

const clock = /^\D{0,12}\d{1,2}[:.h]\d{2}(?!\d)/;

function isDated({ blocks, folded }: View, { first, end }: Box): boolean {
  return blocks.slice(first, Math.min(first + 3, end)).some((block: Block) => {
    if (block.words > 10) return false;
    const line = folded[block.index] ?? '';
    return (
      clock.test(block.text) || beginsWith('dateline', line) > 0 || findDate(block.text) !== undefined || ago.test(line)
    );
  });
}
