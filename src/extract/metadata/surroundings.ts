import { fold } from '../../text/words.ts';
import type { Block } from '../parse/block.ts';

/** Short lines about the text: where a page says who wrote it and when. */
export interface Surroundings {
  /** From the headline into the first paragraphs, then what stands above the headline. */
  readonly head: readonly string[];
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
  return {
    head: short([...blocks.slice(at, first + 3), ...blocks.slice(Math.max(0, at - 6), at)]),
    tail: short(blocks.slice(end - 2 > first ? end - 2 : end, end + 4)),
  };
}

const short = (blocks: readonly Block[]): string[] =>
  blocks.filter((block) => block.words <= 30).map((block) => block.text);

/** Index of the first of the lines that holds the text, white space aside; -1 when none does. */
export function lineWith(text: string, lines: readonly string[]): number {
  if (text.length < 2) return -1;
  const sought = text.replace(/\s+/g, '');
  return lines.findIndex((line) => line.length >= sought.length && line.replace(/\s+/g, '').includes(sought));
}

/** Does one of the lines hold the text? Tells what belongs to the article from what other lists of the page say. */
export const stands = (text: string, lines: readonly string[]): boolean => lineWith(text, lines) >= 0;
