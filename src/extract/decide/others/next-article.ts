import { findDate } from '../../../text/dates/find-date.ts';
import { beginsWith } from '../../boilerplate/vocabulary.ts';
import { isParagraph, linkShare, type View } from '../../features/view.ts';
import { typesOf } from '../../metadata/json-ld.ts';
import type { Block, Box } from '../../parse/block.ts';
import { Signal } from '../../parse/signals.ts';
import { boxAround, type Chosen, holds, leavesBrief, leavesText, type Range } from './range.ts';

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
  let twins = 0;
  for (let index = anchor + 1; index < view.blocks.length; index++) {
    const block = view.blocks[index] as Block;
    if (block.words < 3 || block.words > 40 || isOwnTitle(view, index)) continue;
    if (!leadsText(view, index)) continue;
    const isOther = page.otherTitles.has(view.folded[index] ?? '') || isTwin(own, block);
    const isHeadline = block.kind === 'heading' && block.level === (own?.kind === 'heading' ? own.level : 1);
    const box = boxLed(state, index);
    if (!isOther && !(isHeadline && isSigned(view, index)) && !isLastBox(state, index, box)) continue;
    if (box && isCard(view, box, block)) continue;
    // A headline in a box of its own ends with it; one beside the text goes on as far as the text's own box.
    const around = box && box.end > index + 1 ? box : boxAround(view, { first: anchor, end: index + 1 });
    const range = { first: index, end: around?.end ?? view.blocks.length };
    // What follows was loaded after the article, so it may well be longer.
    if (!leavesText(state, range, 0.15) && !leavesBrief(state, range)) continue;
    if (isTwin(own, block) && box && isSigned(view, box.first - 1)) twins++;
    ranges.push(range);
    index = range.end - 1;
  }
  // So many headlines alike are the entries of one article, unless each has byline and date as the page's own has.
  return ranges.length - twins > mostNext ? [] : ranges;
}

const mostNext = 4;

/** Articles that stand beside the page's own in boxes written like its box, each under a heading that is signed, dated or leads to its page. */
export function siblingArticles(state: Chosen): Range[] {
  const { view, own, page } = state;
  if (!own || page.things.some((thing) => typesOf(thing).includes('LiveBlogPosting'))) return [];
  const ranges: Range[] = [];
  for (let box: Box | undefined = own; box?.parent; box = box.parent) {
    if (box.name === 'body') break;
    for (const other of view.boxes)
      if (
        other.parent === box.parent &&
        other.signature === box.signature &&
        other !== box &&
        isArticle(view, other, own)
      )
        ranges.push(other);
  }
  const others = ranges.filter((range) => leavesText(state, range, 0.15));
  return others.length > mostNext ? [] : others;
}

/** Begins with a heading of its own, and holds paragraphs under it. Above the page's own headline nothing more is asked. */
function isArticle(view: View, { first, end }: Box, own: Box): boolean {
  const index = view.blocks.findIndex((block) => block.index >= first && block.index < end && block.kind === 'heading');
  const heading = view.blocks[index];
  if (!heading || index > first + linesOfHead || heading.words < 3 || isOwnTitle(view, index)) return false;
  const paragraphs = view.blocks.slice(index + 1, end).filter((block) => isParagraph(block) && block.words >= 15);
  return paragraphs.length >= 2 && (end <= own.first || linkShare(heading) > 0.75 || isSigned(view, index));
}

/** Written as the page's own headline is, in another place: the boxes around both are one template, filled twice. */
const isTwin = (own: Block | undefined, { kind, box, level }: Block): boolean =>
  own?.kind === 'heading' &&
  kind === 'heading' &&
  own.level === level &&
  own.box.template === box.template &&
  own.box.parent !== box.parent;

/** The largest box beside the anchor that the headline begins: no text of this article stands in it above the headline. */
function boxLed({ view, chosen, anchor }: Chosen, index: number): Box | undefined {
  let found: Box | undefined;
  const leads = (box: Box): boolean =>
    !view.blocks.slice(box.first, index).some((block) => chosen[block.index] === 1 && isParagraph(block));
  for (let box: Box | undefined = view.blocks[index]?.box; box && !holds(box, anchor) && leads(box); box = box.parent)
    found = box;
  return found;
}

/**
 * Below all of the text stands one box of its own that begins with a heading and a date or byline and holds paragraphs. Of entries of one
 * article (days, answers, live reports) there are several; a list of links under a heading is none.
 */
function isLastBox({ view, chosen }: Chosen, index: number, box: Box | undefined): boolean {
  const heading = view.blocks[index];
  if (!box || heading?.kind !== 'heading' || heading.level > 3 || box.first !== index || !isSigned(view, index))
    return false;
  const isProse = (block: Block): boolean => isParagraph(block) && block.words >= 15;
  const alike = view.boxes.filter((other) => other.template === box.template && other.end > other.first);
  return (
    view.blocks.slice(index + 1, box.end).filter(isProse).length >= 2 &&
    !view.blocks.slice(box.end).some((block) => chosen[block.index] === 1 && isProse(block)) &&
    !alike.some(
      (other) =>
        other !== box &&
        view.blocks[other.first]?.level === heading.level &&
        view.blocks.slice(other.first + 1, other.end).some(isProse),
    )
  );
}

/** Headline and byline of another article in a box that holds none of its text: a card between the paragraphs of this one. */
const isCard = ({ blocks }: View, { first, end, name }: Box, headline: Block): boolean =>
  end > headline.index + 1 &&
  (linkShare(headline) > 0.5 || name === 'article' || name === 'aside') &&
  !blocks.slice(first, end).some((block) => isParagraph(block) && block.words >= 15);

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
    // The date in an address says nothing.
    const isDated = (): boolean => !address.test(block.text) && findDate(block.text) !== undefined;
    if (block.words <= 12 && ((label > 0 && label < folded.length) || isDated())) return true;
  }
  return false;
}

const address = /^\S+$|:\/\/|\bwww\./;

const leadsText = (view: View, index: number): boolean =>
  view.blocks.slice(index + 1, index + 3 + linesOfHead).some((block) => isParagraph(block) && block.words >= 15);
