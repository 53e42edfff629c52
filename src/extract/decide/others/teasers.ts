import { linkShare, type View } from '../../features/view.ts';
import type { Block } from '../../parse/block.ts';
import { boxAround, type Chosen, holds, leavesBrief, leavesText, type Range } from './range.ts';

/** So many linked headlines with an excerpt each, one after the other, are a list of other articles. */
const leastTeasers = 3;
/** An excerpt is one or two lines of at most so many words. */
const leastExcerpt = 8;
const longestExcerpt = 75;

/** Lists of headlines with excerpts below or beside the text. A list of linked headings that is most of the text is the article. */
export function teaserLists(state: Chosen): Range[] {
  const { view, anchor } = state;
  const ranges: Range[] = [];
  for (let index = 0; index < view.blocks.length; index++) {
    let end = index;
    let teasers = 0;
    const first = teaserAt(view, index);
    for (
      let next = first;
      next && next.excerpt.box.template === first?.excerpt.box.template;
      next = teaserAt(view, end)
    ) {
      teasers++;
      end = next.end;
    }
    if (teasers < leastTeasers) continue;
    const range = { first: index, end };
    const around = boxAround(view, range);
    const boxed = (view.blocks[index] as Block).box.parent !== (view.blocks[anchor] as Block).box.parent;
    if (around && boxed && !holds(range, anchor) && (leavesText(state, range, 0.8) || leavesBrief(state, range)))
      ranges.push(range);
    index = end - 1;
  }
  return ranges;
}

/** The teaser that begins at a line: its excerpt, and one past its end. */
function teaserAt(view: View, index: number): { readonly excerpt: Block; readonly end: number } | undefined {
  const { blocks } = view;
  const head = blocks[index];
  if (!head || head.words < 2 || head.words > 25 || linkShare(head) < 0.75) return undefined;
  if (head.pieces.find(({ href }) => href !== undefined)?.href?.startsWith('#')) return undefined;
  for (let at = index + 1; at < Math.min(blocks.length, index + 4); at++) {
    const excerpt = blocks[at] as Block;
    if (linkShare(excerpt) > 0.75 || excerpt.words > longestExcerpt) return undefined;
    if (excerpt.words < leastExcerpt) continue;
    // An item of a list may hold a longer excerpt.
    const item = boxAround(view, { first: index, end: at + 1 });
    let end = item && item.first === index && item.end <= at + 3 ? item.end : at + 1;
    const last = end + 2;
    // Date, section or 'read on' under the excerpt.
    while (end < last && (blocks[end]?.words ?? longestExcerpt) <= 3 && linkShare(blocks[end] as Block) < 0.75) end++;
    return { excerpt, end };
  }
  return undefined;
}
