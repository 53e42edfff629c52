import { fold } from '../../../text/words.ts';
import { tellsOfWriter } from '../../boilerplate/credits.ts';
import type { Block } from '../../parse/block.ts';
import { type Chosen, leavesText, type Range, wordsChosen } from './range.ts';

/** Words of a name, and of what is told about the person. */
const mostNameWords = 5;
const mostLifeWords = 80;
/** Lines behind the name that may tell of the person. */
const reach = 3;
/** Words of the shortest text above the box. */
const leastBrief = 20;

/**
 * The box on the author at the end of the text, by its shape: a line with a name, and a line that begins with the same name. Only the last
 * line that was taken for text may be one: above it, a name and its story are the article's own list of people.
 */
export function authorBoxes(state: Chosen): Range[] {
  const { blocks } = state.view;
  const last = state.chosen.lastIndexOf(1);
  const life = blocks[last];
  if (!life || last <= state.anchor || life.words > mostLifeWords) return [];
  const from = Math.max(state.anchor + 1, last - reach);
  const name = blocks.slice(from, last).find(({ text, words, kind }) => {
    const isName = text.length >= 3 && words >= 1 && words <= mostNameWords && !/[.:!?…。]$/.test(text);
    return isName && kind !== 'item' && life.text.startsWith(text) && life.text.length > text.length * 2;
  });
  const range = name && { first: name.index, end: last + 1 };
  if (name && headsOfParts(state, name) >= leastParts) return [];
  return range && (leavesText(state, range) || (isWriter(state, life.text, name.text) && leavesSome(state, range)))
    ? [range]
    : [];
}

/** So many headings above it that are written alike are those of the things or people that the text goes through. */
const leastParts = 2;

const headsOfParts = ({ view, anchor }: Chosen, { kind, index, box }: Block): number =>
  kind === 'heading'
    ? view.blocks.slice(anchor, index).filter((other) => other.kind === kind && other.box.template === box.template)
        .length
    : 0;

/** A brief may be about a person whose name stands above it: who wrote it is known to the page, or is told as one who writes. */
const isWriter = ({ view }: Chosen, life: string, name: string): boolean =>
  view.authors.includes(fold(name)) || tellsOfWriter(life);

const leavesSome = (state: Chosen, range: Range): boolean =>
  wordsChosen(state, { first: 0, end: range.first }) >= leastBrief;
