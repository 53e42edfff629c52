import { findDate } from '../../../text/dates/find-date.ts';
import { beginsWith } from '../../boilerplate/vocabulary.ts';
import { isParagraph, type View } from '../../features/view.ts';
import { typesOf } from '../../metadata/json-ld.ts';
import type { Block } from '../../parse/block.ts';
import { Signal } from '../../parse/signals.ts';
import { boxAround, boxBeside, type Chosen, leavesText, type Range } from './range.ts';

/** How many lines under a headline may stand before the text: byline, date, place, picture. */
const linesOfHead = 3;

/**
 * Articles that a page loads below its own: a headline of the kind of the page's own, signed or dated, with paragraphs under it; or the
 * headline of an article that the structured data tells from the page's own.
 */
export function nextArticles(state: Chosen): Range[] {
  const { view, anchor, page } = state;
  const own = view.blocks.find((block) => block.index < anchor && isOwnTitle(view, block.index));
  if (page.things.some((thing) => typesOf(thing).includes('LiveBlogPosting'))) return [];
  const ranges: Range[] = [];
  for (let index = anchor + 1; index < view.blocks.length; index++) {
    const block = view.blocks[index] as Block;
    if (block.words < 3 || block.words > 40 || isOwnTitle(view, index)) continue;
    const isOther = page.otherTitles.has(view.folded[index] ?? '') && leadsText(view, index);
    const isHeadline = block.kind === 'heading' && block.level === (own?.kind === 'heading' ? own.level : 1);
    if (!isOther && !(isHeadline && isSigned(view, index) && leadsText(view, index))) continue;
    const box = boxBeside(view, index, anchor);
    // A headline in a box of its own ends with it; one beside the text goes on as far as the text's own box.
    const around = box && box.end > index + 1 ? box : boxAround(view, { first: anchor, end: index + 1 });
    const range = { first: index, end: around?.end ?? view.blocks.length };
    // What follows was loaded after the article, so it may well be longer.
    if (!leavesText(state, range, 0.15)) continue;
    ranges.push(range);
    index = range.end - 1;
  }
  // So many headlines alike are the entries of one article.
  return ranges.length > mostNext ? [] : ranges;
}

const mostNext = 4;

export const isOwnTitle = (view: View, index: number): boolean => {
  const line = view.folded[index] ?? '';
  if (line.length <= 3) return false;
  // The forms that the page gives hold every h1; the elected one is this article's.
  return line === view.title || (line.length > 15 && (view.title.includes(line) || line.includes(view.title)));
};

function isSigned(view: View, index: number): boolean {
  for (const block of view.blocks.slice(index + 1, index + 1 + linesOfHead)) {
    if (isParagraph(block) && block.words > 30) return false;
    if (block.words > 25) continue;
    if ((block.inline | block.box.own) & (Signal.byline | Signal.date)) return true;
    const folded = view.folded[block.index] ?? '';
    const label = beginsWith('byline', folded);
    if (block.words <= 12 && ((label > 0 && label < folded.length) || findDate(block.text) !== undefined)) return true;
  }
  return false;
}

const leadsText = (view: View, index: number): boolean =>
  view.blocks.slice(index + 1, index + 3 + linesOfHead).some((block) => isParagraph(block) && block.words >= 15);
