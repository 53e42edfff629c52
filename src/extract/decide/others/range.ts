import { isParagraph, type View } from '../../features/view.ts';
import type { Block, Box } from '../../parse/block.ts';
import type { OpenPage } from '../../parse/open.ts';

/** Lines from `first` up to, not including, `end` that are no part of this article. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

/** The page with what was chosen of it: 1 for each line that is kept so far. */
export interface Chosen {
  readonly page: OpenPage;
  readonly view: View;
  readonly chosen: Uint8Array;
  readonly scores: Float32Array;
  /** First paragraph that is surely of the text. */
  readonly anchor: number;
  /** The smallest box that holds the page's own headline and the anchor, where the headline stands above it. */
  readonly own: Box | undefined;
}

export const wordsChosen = ({ view, chosen }: Chosen, { first, end }: Range): number => {
  let words = 0;
  for (let index = first; index < end; index++) if (chosen[index]) words += (view.blocks[index] as Block).words;
  return words;
};

export const holds = ({ first, end }: Range, index: number): boolean => index >= first && index < end;

/** The smallest box that holds all lines of a range. */
export function boxAround(view: View, { first, end }: Range): Box | undefined {
  let box: Box | undefined = view.blocks[first]?.box;
  while (box && (box.first > first || box.end < end)) box = box.parent;
  return box;
}

/** The largest box around a line that does not hold the anchor. */
export function boxBeside(view: View, index: number, anchor: number): Box | undefined {
  let found: Box | undefined;
  for (let box: Box | undefined = view.blocks[index]?.box; box && !holds(box, anchor); box = box.parent) found = box;
  return found;
}

/**
 * Words of text that must stand outside of what is taken away, or characters, since some languages say the same in half as many words; and
 * their share of what is taken.
 */
const leastOutside = { words: 80, characters: 400 } as const;
const leastShare = 0.3;

/** What is left is a text of its own: else the range is the article. */
export function leavesText(state: Chosen, range: Range, share = leastShare): boolean {
  const inside = wordsChosen(state, range);
  const outside = wordsChosen(state, { first: 0, end: state.view.blocks.length }) - inside;
  if (outside < inside * share) return false;
  let paragraphs = 0;
  let characters = 0;
  for (const [index, block] of state.view.blocks.entries())
    if (state.chosen[index] && !holds(range, index)) {
      characters += block.text.length;
      if (isParagraph(block)) paragraphs++;
    }
  return paragraphs >= 2 && (outside >= leastOutside.words || characters >= leastOutside.characters);
}

/** Words of the shortest brief, and their share of what is taken away. */
const leastBrief = 20;
const leastBriefShare = 0.1;

/**
 * Does a brief stand outside of what is taken away? It stands in a box with the page's own headline, to which what is taken away does not
 * belong: then that may be much longer.
 */
export function leavesBrief(state: Chosen, range: Range): boolean {
  const { own, view } = state;
  if (!own || (range.first < own.end && range.end > own.first)) return false;
  const inside = wordsChosen(state, range);
  const outside = wordsChosen(state, { first: 0, end: view.blocks.length }) - inside;
  return outside >= leastBrief && outside >= inside * leastBriefShare;
}
