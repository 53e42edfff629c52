import { isParagraph, linkShare, type View } from '../../features/view.ts';
import type { Block } from '../../parse/block.ts';
import { boxAround, type Chosen, holds, leavesBrief, leavesText, type Range } from './range.ts';

/** So many linked headlines with an excerpt each, one after the other, are a list of other articles. */
const leastTeasers = 3;
/** An excerpt is one or two lines of at most so many words. */
const leastExcerpt = 8;
const longestExcerpt = 75;

/** Lists of headlines with excerpts below or beside the text. A list of linked headings that is most of the text is the article. */
export function teaserLists(state: Chosen): Range[] {
  const { view, anchor, page } = state;
  const host = URL.parse(page.baseUrl)?.hostname;
  const ranges: Range[] = [];
  for (let index = 0; index < view.blocks.length; index++) {
    let end = index;
    let teasers = 0;
    const first = teaserAt(view, index, host);
    for (
      let next = first;
      next && next.excerpt.box.template === first?.excerpt.box.template;
      next = teaserAt(view, end, host)
    ) {
      teasers++;
      end = next.end;
    }
    if (teasers < leastTeasers) continue;
    const range = { first: index, end };
    const around = boxAround(view, range);
    const boxed =
      (view.blocks[index] as Block).box.parent !== (view.blocks[anchor] as Block).box.parent || isItem(view, first);
    if (around && boxed && !holds(range, anchor) && (leavesText(state, range, 0.8) || leavesBrief(state, range)))
      ranges.push(range);
    index = end - 1;
  }
  return ranges;
}

/** Lists below the text of lines that each begin with a linked headline and go on with an excerpt. */
export function joinedTeasers(state: Chosen): Range[] {
  const { view, anchor, page, chosen } = state;
  const host = URL.parse(page.baseUrl)?.hostname;
  const ranges: Range[] = [];
  for (let index = anchor + 1; index < view.blocks.length; index++) {
    const first = view.blocks[index] as Block;
    let end = index;
    while (view.blocks[end]?.box.template === first.box.template && isJoined(view.blocks[end] as Block, host)) end++;
    if (end - index < leastTeasers) continue;
    const range = { first: index, end };
    const isLast = !view.blocks.slice(end).some((block) => chosen[block.index] && isParagraph(block));
    const beside = first.box.parent !== (view.blocks[anchor] as Block).box.parent;
    if (isLast && beside && leavesText(state, range, 0.8)) ranges.push(range);
    index = end - 1;
  }
  return ranges;
}

/** Begins with a link to a page of the site, of three words or more, and goes on for longer. */
function isJoined({ pieces, linkWords, words }: Block, host: string | undefined): boolean {
  const [{ href } = { href: undefined }] = pieces;
  if (href === undefined || href.startsWith('#')) return false;
  const goesOn = linkWords >= 3 && words - linkWords >= leastExcerpt && words <= longestExcerpt;
  return goesOn && isOfSite(hostOf(href) ?? host, host);
}

/** Do headline and excerpt stand in one box that holds nothing else? Those of a list in the text stand side by side. */
function isItem(view: View, teaser: { readonly first: number; readonly end: number } | undefined): boolean {
  const item = teaser && boxAround(view, teaser);
  return item !== undefined && item.first === teaser?.first && item.end === teaser.end;
}

/** The teaser that begins at a line: its excerpt, and one past its end. */
function teaserAt(
  view: View,
  index: number,
  host: string | undefined,
): { readonly excerpt: Block; readonly first: number; readonly end: number } | undefined {
  const { blocks } = view;
  const head = blocks[index];
  if (!head || head.words < 2 || head.words > 25 || linkShare(head) < 0.75) return undefined;
  const href = head.pieces.find((piece) => piece.href !== undefined)?.href ?? '';
  if (href.startsWith('#')) return undefined;
  for (let at = index + 1; at < Math.min(blocks.length, index + 4); at++) {
    const excerpt = blocks[at] as Block;
    if (linkShare(excerpt) > 0.75 || excerpt.words > longestExcerpt) return undefined;
    if (excerpt.words < leastExcerpt) continue;
    if (endsItem(view, index, at) || leadsAway(href, host)) return undefined;
    // An item of a list may hold a longer excerpt.
    const item = boxAround(view, { first: index, end: at + 1 });
    let end = item && item.first === index && item.end <= at + 3 ? item.end : at + 1;
    const last = end + 2;
    // Date, section or 'read on' under the excerpt.
    while (end < last && (blocks[end]?.words ?? longestExcerpt) <= 3 && linkShare(blocks[end] as Block) < 0.75) end++;
    return { excerpt, first: index, end };
  }
  return undefined;
}

/** A link to another site is what the lines below it are about. */
function leadsAway(href: string, host: string | undefined): boolean {
  const other = host === undefined ? undefined : hostOf(href);
  return other !== undefined && !isOfSite(other, host);
}

/** Is a line the last of an item that begins with a paragraph, and to which the excerpt does not belong? It says where to read on. */
function endsItem(view: View, index: number, excerpt: number): boolean {
  const before = view.blocks[index - 1];
  const item = before && boxAround(view, { first: index - 1, end: index + 1 });
  return item !== undefined && isParagraph(before as Block) && item.end <= excerpt;
}

/** A relative address has none: most links of a page, and reading one that fails takes long. */
const hostOf = (href: string): string | undefined =>
  /^[/#?.]/.test(href) ? undefined : URL.parse(href)?.hostname || undefined;

/** Is one of two hosts part of the other, but for 'www.'? */
function isOfSite(one = '', other = ''): boolean {
  const [a, b] = [one, other].map((host) => host.replace(/^www\./, ''));
  return a === b || `.${a}`.endsWith(`.${b}`) || `.${b}`.endsWith(`.${a}`);
}
