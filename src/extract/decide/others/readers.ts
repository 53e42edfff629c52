import { findDate } from '../../../text/dates/find-date.ts';
import { ago } from '../../boilerplate/headline.ts';
import { anyOf } from '../../boilerplate/patterns.ts';
import { beginsWith } from '../../boilerplate/vocabulary.ts';
import commentRules from '../../data/boilerplate/comment-rules.json' with { type: 'json' };
import commentWord from '../../data/boilerplate/comment-word.json' with { type: 'json' };
import commentsTitle from '../../data/boilerplate/comments-title.json' with { type: 'json' };
import wrote from '../../data/boilerplate/wrote.json' with { type: 'json' };
import { rowsOf } from '../../features/rows.ts';
import { endsSentence, isParagraph, linkShare, type View } from '../../features/view.ts';
import { typesOf } from '../../metadata/json-ld.ts';
import type { Block, Box } from '../../parse/block.ts';
import { Signal } from '../../parse/signals.ts';
import { boxAround, boxBeside, type Chosen, holds, leavesBrief, leavesText, type Range, wordsChosen } from './range.ts';

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
    const [box, end] = [first, last].map(({ index }) => boxBeside(view, index, anchor));
    if (around && !holds(around, anchor)) ranges.push(...(box ? [box] : []));
    // Beside the paragraphs, each answer in a box of its own.
    else if (box && end && box !== end && isThread(state, { first: box.first, end: end.end }))
      ranges.push({ first: box.first, end: end.end });
  }
  // Dated items that are more than the rest are a live blog, unless they are called comments.
  const items = datedItems(view, anchor).filter(
    (range) => leavesText(state, range, 0.8) || ((range.above & Signal.comments) !== 0 && leavesBrief(state, range)),
  );
  const titled = titledThreads(state);
  const others = ranges.filter((range) => leavesText(state, range) || leavesBrief(state, range));
  return [...titled, ...others, ...items, ...tickers(state), ...policies(state)];
}

const title = new RegExp(`^(?:\\d+ )?${anyOf(commentsTitle)}(?: \\d+)?$`, 'u');
const writes = new RegExp(`^(?:\\S+ ){1,4}${anyOf(wrote)}(?: \\S+){0,6}$`, 'u');
/** Words of text that stand above a thread, and its shortest answer. */
const leastAbove = 40;
const leastAnswer = 4;
/** The share of its paragraphs that stand under a line of their own, as the name of a reader does. */
const shareNamed = 0.5;

/** Words of a line that says what becomes of comments. */
const longestRule = 25;
const saysRule = (line: string): boolean => comment.test(line) && rule.test(line);

/** What stands below a line that heads readers' comments and goes on as they do; or below lines that say who wrote what. */
function titledThreads(state: Chosen): Range[] {
  const { view, anchor } = state;
  const ranges: Range[] = [];
  for (const block of view.blocks) {
    if (block.index <= anchor || ranges.some((range) => holds(range, block.index))) continue;
    const line = view.folded[block.index] ?? '';
    const heads = (block.words <= 8 && title.test(line)) || (block.words <= longestRule && saysRule(line));
    const isTitle = heads && linkShare(block) < 0.5 && !isLabel(view, block);
    if (!isTitle && !(block.words <= 10 && /[:：]$/.test(block.text) && writes.test(line))) continue;
    const range = { first: block.index, end: endBeside(view, block, anchor) };
    const names = isTitle ? 0 : view.folded.slice(range.first, range.end).filter((each) => writes.test(each)).length;
    if (wordsChosen(state, { first: 0, end: range.first }) < leastAbove) continue;
    if (isTitle ? isThread(state, { ...range, first: range.first + 1 }) : names >= leastItems && isThread(state, range))
      ranges.push(range);
  }
  return ranges;
}

/** A tab among others, or the head of a column. */
const isLabel = ({ blocks }: View, block: Block): boolean =>
  block.kind === 'item' || (block.kind === 'cell' && rowsOf(blocks).has(block));

/** The end of the largest box that a line begins beside the anchor, or of the box that it stands in with the text. */
function endBeside(view: View, { index, box: own }: Block, anchor: number): number {
  let found: Box | undefined;
  for (let box: Box | undefined = own; box && !holds(box, anchor) && box.first === index; box = box.parent) found = box;
  return found && found.end > index + 1
    ? found.end
    : (boxAround(view, { first: anchor, end: index + 1 })?.end ?? index);
}

/** Names and what each wrote, one under the other: at least two, and half of what passes for text. */
function isThread({ view: { blocks }, chosen }: Chosen, { first, end }: Range): boolean {
  const isName = (line: Block | undefined): boolean =>
    line !== undefined && line.index >= first && line.words > 0 && line.words <= 8 && !/[.!?…]$/.test(line.text);
  const answers = blocks
    .slice(first, end)
    .filter((block) => isParagraph(block) || (block.words >= leastAnswer && endsSentence(block.text)));
  const named = answers.filter(({ index }) => isName(blocks[index - 1]));
  const taken = answers.filter(({ index }) => chosen[index]);
  const isNamed = new Set(named);
  return named.length >= leastReplies && taken.filter((each) => isNamed.has(each)).length >= taken.length * shareNamed;
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

const comment = new RegExp(anyOf(commentWord), 'u');
const rule = new RegExp(anyOf(commentRules), 'u');
/** Lines of rules for commenting, and the share of them that speaks of comments. */
const leastRules = 2;
const shareRules = 0.3;

/** Boxes beside the text whose lines speak of comments: what readers may write and what the site makes of it. */
function policies(state: Chosen): Range[] {
  const { view, anchor, chosen } = state;
  const found: Box[] = [];
  // Lines share the boxes that they stand in: each is looked at once.
  const known = new Map<Box, boolean>();
  const isPolicy = (box: Box): boolean => {
    const is = known.get(box) ?? isPolicyBox(view, box);
    known.set(box, is);
    return is;
  };
  for (const { index, box: own, inQuote } of view.blocks) {
    if (index <= anchor || inQuote || !chosen[index] || found.some((box) => holds(box, index))) continue;
    let best: Box | undefined;
    for (let box: Box | undefined = own; box && !holds(box, anchor); box = box.parent) if (isPolicy(box)) best = box;
    if (best) found.push(best);
  }
  return found.filter((box) => leavesText(state, box) || leavesBrief(state, box));
}

/** Rules are looked for only where enough lines speak of comments: their pattern is long. */
function isPolicyBox({ blocks, folded }: View, { first, end }: Box): boolean {
  const lines = blocks.slice(first, end).filter((block) => block.words >= 5 && linkShare(block) < 0.5);
  const saying = (pattern: RegExp) => lines.filter(({ index }) => pattern.test(folded[index] ?? '')).length;
  if (lines.length < leastRules) return false;
  const told = saying(comment);
  return told >= leastRules && told >= lines.length * shareRules && saying(rule) >= leastRules;
}

/** Lines beside the text that each begin with an hour: a ticker. */
function tickers(state: Chosen): Range[] {
  const { view, own } = state;
  const items = new Map<Box, number>();
  for (const { index, text, box } of view.blocks) {
    if (!own || holds(own, index) || !clock.test(text)) continue;
    const { parent } = box;
    if (parent && !holds(parent, state.anchor)) items.set(parent, (items.get(parent) ?? 0) + 1);
  }
  const found = [...items].filter(([{ first, end }, count]) => count >= leastItems && count >= (end - first) * 0.5);
  return found
    .map(([box]) => box)
    .filter((box) => wordsChosen(state, box) > 0)
    .filter((box) => leavesText(state, box) || leavesBrief(state, box));
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
