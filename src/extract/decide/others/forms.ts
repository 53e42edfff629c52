import { type Chosen, holds, leavesText, type Range } from './range.ts';

/** Words of a poll, a rating or a form to write to the paper, at the most; and words for each of its fields. */
const mostWords = 120;
const mostWordsPerField = 25;

/** Polls, ratings and forms among the paragraphs: boxes with fields to fill in and few words for each. What they ask reads like the text. */
export function forms(state: Chosen): Range[] {
  const found: Range[] = [];
  for (const box of state.view.boxes) {
    const { first, end, words, fields } = box;
    if (fields === 0 || (box.name !== 'form' && fields < 2)) continue;
    if (words > mostWords || words > fields * mostWordsPerField || holds(box, state.anchor)) continue;
    if (found.some((range) => holds(range, first))) continue;
    if (state.chosen.subarray(first, end).includes(1) && leavesText(state, box)) found.push({ first, end });
  }
  return found;
}
