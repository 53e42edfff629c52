import { anyOf } from '../../boilerplate/patterns.ts';
import { beginsWith } from '../../boilerplate/vocabulary.ts';
import allArticles from '../../data/boilerplate/all-articles.json' with { type: 'json' };
import byMachine from '../../data/boilerplate/by-machine.json' with { type: 'json' };
import cancel from '../../data/boilerplate/cancel.json' with { type: 'json' };
import freeArticles from '../../data/boilerplate/free-articles.json' with { type: 'json' };
import price from '../../data/boilerplate/price.json' with { type: 'json' };
import readOn from '../../data/boilerplate/read-on.json' with { type: 'json' };
import subscribe from '../../data/boilerplate/subscribe.json' with { type: 'json' };
import { isParagraph, linkShare, type View } from '../../features/view.ts';
import type { Block, Box } from '../../parse/block.ts';
import { isNotice } from '../../parse/notices.ts';
import { boxBeside, type Chosen, holds, leavesBrief, leavesText, type Range, wordsChosen } from './range.ts';

/** A plea and a summary are short, and begin with a line that says what they are. */
const mostWords = { plea: 80, line: 60, meter: 25, summary: 150, label: 16 } as const;
/** Words of text that must stand beside them. */
const leastBeside = 25;
/** Of the words of a line that is a link. */
const shareLinked = 0.7;
/** A plea says so many of four things: to subscribe, what it costs, that it can be ended, and that all may be read then. */
const leastAsked = 3;

const asksToSubscribe = new RegExp(anyOf(subscribe), 'u');
const readsAll = new RegExp(`${anyOf(allArticles)}|${anyOf(readOn)}`, 'u');
const asked = [asksToSubscribe, ...[price, cancel].map((file) => new RegExp(anyOf(file), 'u')), readsAll];
const meters = [freeArticles, readOn].map((file) => new RegExp(anyOf(file), 'u'));
const metered = [readsAll, ...meters];
const money = /[€$£¥]\s?\d|\d\s?(?:€|zł|Kč|₽|₺)/;
const ends = new RegExp(`(?:^| )${anyOf(byMachine)}$`, 'u');
const machine = new RegExp(`^${anyOf(byMachine)}(?= |$)|^${anyOf(byMachine)}`, 'u');

/** Boxes of their own beside the text that ask for a subscription, or hold what a machine made of the text. */
export function pleas(state: Chosen): Range[] {
  const { view, anchor } = state;
  const found: Range[] = [];
  for (let index = 0; index < view.blocks.length; index++) {
    const block = view.blocks[index] as Block;
    if (block.words === 0 || block.words > mostWords.label) continue;
    const line = view.folded[index] ?? '';
    const summary = machine.test(line) ? boxLed(block, mostWords.summary) : madeByMachine(state, index);
    const box = summary ?? boxLed(block, mostWords.plea);
    if (!box || wordsChosen(state, box) === 0) continue;
    if (!summary && (holds(box, anchor) || !(isPlea(view, box) || isAdvert(state, box)))) continue;
    found.push(box);
    index = box.end - 1;
  }
  found.push(...linesApart(state));
  const all = { first: 0, end: view.blocks.length };
  return found.filter((range) => wordsChosen(state, all) - wordsChosen(state, range) >= leastBeside);
}

/**
 * Lines of their own that ask for a subscription, since so many articles are free or since then all may be read, or for consent to cookies.
 * Among the paragraphs an article may speak of both.
 */
function linesApart({ view, chosen }: Chosen): Range[] {
  /** How many chosen lines a box holds itself or in the boxes right below it. */
  const held = new Map<Box | undefined, number>();
  for (const { index, box } of view.blocks)
    if (chosen[index]) for (const each of [box, box.parent]) held.set(each, (held.get(each) ?? 0) + 1);
  const isAmongParagraphs = ({ box }: Block): boolean =>
    (held.get(box) ?? 0) > 1 || (box.name === 'p' && (held.get(box.parent) ?? 0) > 2);
  return view.blocks
    .filter((block) => {
      if (!chosen[block.index] || block.words > mostWords.line) return false;
      const said = view.folded[block.index] ?? '';
      if (isMeter(block, said)) return true;
      if (isAmongParagraphs(block)) return false;
      return isNotice(block) || (asksToSubscribe.test(said) && metered.some((pattern) => pattern.test(said)));
    })
    .map(({ index }) => ({ first: index, end: index + 1 }));
}

/** A short line that counts free articles, or says how to read on, and asks to subscribe is the paper's own wherever it stands: news of that is longer, or quotes. */
const isMeter = ({ words, text }: Block, said: string): boolean =>
  words <= mostWords.meter &&
  meters.some((pattern) => pattern.test(said)) &&
  asksToSubscribe.test(said) &&
  !/["“”«»„「」]/.test(text);

/** The box beside the text whose last line says that a machine wrote it. */
function madeByMachine({ view, anchor }: Chosen, index: number): Box | undefined {
  const line = view.folded[index] ?? '';
  const box = ends.test(line) ? boxBeside(view, index, anchor) : undefined;
  return box && box.end === index + 1 && box.first < index && box.words <= mostWords.summary ? box : undefined;
}

/** Headed by a label of adverts, with a line that is a link, and so little else that it is none of the text's sections behind a slot for adverts. */
function isAdvert({ view }: Chosen, { first, end }: Box): boolean {
  const line = view.folded[first] ?? '';
  const rest = view.blocks.slice(first + 1, end);
  return (
    line !== '' &&
    beginsWith('advert', line) === line.length &&
    rest.some((block) => linkShare(block) > shareLinked) &&
    rest.filter(isParagraph).length <= 1
  );
}

/** The largest box of at least two lines and at most so many words that a line begins. */
function boxLed({ box: own, index }: Block, most: number): Box | undefined {
  let found: Box | undefined;
  for (let box: Box | undefined = own; box && box.first === index && box.words <= most; box = box.parent)
    if (box.end > index + 1) found = box;
  return found;
}

function isPlea(view: View, { first, end }: Box): boolean {
  const said = view.folded.slice(first, end).join(' ');
  const costs = view.blocks.slice(first, end).some(({ text }) => money.test(text));
  return asked.filter((pattern, of) => pattern.test(said) || (of === 1 && costs)).length >= leastAsked;
}

/** Notices on cookies that stand outside of the box around headline and text, whatever their classes are. */
export function notices(state: Chosen): Range[] {
  const { view, own, chosen } = state;
  if (!own) return [];
  const found: Range[] = [];
  for (const block of view.blocks) {
    const { index } = block;
    if (!chosen[index] || holds(own, index) || found.some((range) => holds(range, index))) continue;
    const box = isNotice(block) ? boxBeside(view, index, own.first) : undefined;
    if (box && (box.end <= own.first || box.first >= own.end)) found.push(box);
  }
  return found.filter((range) => leavesText(state, range) || leavesBrief(state, range));
}
