import { anyOf } from '../../boilerplate/patterns.ts';
import newsletterName from '../../data/boilerplate/newsletter-name.json' with { type: 'json' };
import votes from '../../data/boilerplate/votes.json' with { type: 'json' };
import type { Block, Box } from '../../parse/block.ts';
import { type Chosen, holds, leavesText, type Range } from './range.ts';

/** Words of a poll, a rating or a form to write to the paper, at the most; and words for each of its fields. */
const mostWords = 120;
const mostWordsPerField = 25;
/** A paper's newsletter is asked for with one field in a box of few lines. */
const mostLinesOfField = 5;
const newsletter = new RegExp(anyOf(newsletterName), 'u');

/** Polls, ratings and forms among the paragraphs: boxes with fields to fill in and few words for each. What they ask reads like the text. */
export function forms(state: Chosen): Range[] {
  const found: Range[] = [];
  for (const box of state.view.boxes) {
    const { first, end, words, fields } = box;
    if (fields === 0 || (box.name !== 'form' && fields < 2 && !isSignUp(state, box))) continue;
    if (words > mostWords || words > fields * mostWordsPerField || holds(box, state.anchor)) continue;
    if (found.some((range) => holds(range, first))) continue;
    if (state.chosen.subarray(first, end).includes(1) && leavesText(state, box)) found.push({ first, end });
  }
  return found;
}

const isSignUp = ({ view }: Chosen, { first, end }: Box): boolean =>
  end - first <= mostLinesOfField && view.folded.slice(first, end).some((line) => newsletter.test(line));

/** Lines of a poll, and words of its question, of an answer and of the count under them. */
const leastLines = 4;
const mostQuestion = 25;
const mostAnswer = 8;
const counts = new RegExp(`(?:^| )${anyOf(votes)}(?: |$)|\\d ?(?:票|표)`, 'u');

/** Polls that show their result without a form: a question, short answers and how many voted, in a box of their own. */
export function polls(state: Chosen): Range[] {
  const { view, anchor } = state;
  const found: Range[] = [];
  for (const block of view.blocks) {
    const { index, words, text } = block;
    if (words > mostAnswer || !/\d/.test(text) || !counts.test(view.folded[index] ?? '')) continue;
    let poll: Box | undefined;
    for (let box: Box | undefined = block.box; box && !holds(box, anchor) && box.words <= mostWords; box = box.parent)
      if (isPoll(view.blocks.slice(box.first, box.end))) poll = box;
    if (poll && leavesText(state, poll)) found.push({ first: poll.first, end: poll.end });
  }
  return found;
}

const isPoll = (lines: readonly Block[]): boolean =>
  lines.length >= leastLines &&
  lines.some(({ text, words }) => /[?？؟]$/.test(text) && words <= mostQuestion) &&
  lines.filter(({ words }) => words > mostAnswer).length <= 1;
