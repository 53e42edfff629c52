import { fold } from '../../text/words.ts';
import type { Block } from '../parse/block.ts';
import type { Element, Parent } from '../parse/node.ts';
import { Signal } from '../parse/signals.ts';
import { isBylineLine } from './name-words.ts';

/** Short lines about the text: where a page says who wrote it and when. */
export interface Surroundings {
  /** From the headline into the first paragraphs, then what stands above the headline. */
  readonly head: readonly string[];
  /** Those of them that stand between the headline and the second paragraph. */
  readonly between: readonly string[];
  /** The two lines above the headline. */
  readonly above: readonly string[];
  /** The last lines of the text and those after it. */
  readonly tail: readonly string[];
}

/** Lines before, around and after the blocks `first` to `end` that hold the text. */
export function surroundingsOf(blocks: readonly Block[], first: number, end: number, title: string): Surroundings {
  const folded = fold(title);
  let at = first;
  for (let i = Math.min(first, blocks.length - 1); i >= Math.max(0, first - 60); i--) {
    const block = blocks[i];
    if (block && block.words < 40 && folded && fold(block.text) === folded) {
      at = i;
      break;
    }
  }
  const about = (blocks[first]?.box.above ?? 0) | (at === first ? 0 : (blocks[at]?.box.above ?? 0));
  const below = blocks.slice(at, first + 3);
  return {
    head: short([...below, ...blocks.slice(Math.max(0, at - 6), at)], about),
    between: short(below.slice(0, first - at + 2), about),
    above: short(blocks.slice(Math.max(0, at - 2), at), about),
    tail: short(blocks.slice(end - 2 > first ? end - 2 : end, end + 4), blocks[first]?.box.above ?? 0),
  };
}

const elsewhere = Signal.comments | Signal.footer | Signal.related | Signal.side | Signal.navigation;

/**
 * Short lines, without those of comments, footers and lists, unless the text or its headline stands under such a name (`about`) or the line
 * says that a name follows: 'latest-by' is no list.
 */
function short(blocks: readonly Block[], about: number): string[] {
  const foreign = elsewhere & ~about;
  return blocks
    .filter(
      ({ words, box, text }) =>
        words <= 30 &&
        (!(box.above & foreign) || isOwnFooter(box.element) || (!(box.above & Signal.comments) && isBylineLine(text))),
    )
    .map((block) => block.text);
}

const articleFooter = /(?:post|entry|article|asset|story|content|news)[-_]{0,2}foot/i;

/** Does an element stand in the footer of the article, not of the page? Many templates set author and date there. */
export function isOwnFooter(element: Element): boolean {
  let footer = false;
  for (let node: Parent | null = element; node?.type === 'tag' && node.name !== 'body'; node = node.parent) {
    const names = `${node.attribs.class ?? ''} ${node.attribs.id ?? ''}`;
    if (articleFooter.test(names)) return true;
    if (node.name === 'footer') footer = true;
    else if (footer && node.name === 'article') return true;
    else if (node.name === 'aside' || /comment/i.test(names)) return false;
  }
  return false;
}

/** Index of the first of the lines that holds the text, white space aside; -1 when none does. */
export function lineWith(text: string, lines: readonly string[]): number {
  if (text.length < 2) return -1;
  const sought = text.replace(/\s+/g, '');
  return lines.findIndex((line) => line.length >= sought.length && line.replace(/\s+/g, '').includes(sought));
}

/** Does one of the lines hold the text? Tells what belongs to the article from what other lists of the page say. */
export const stands = (text: string, lines: readonly string[]): boolean => lineWith(text, lines) >= 0;
