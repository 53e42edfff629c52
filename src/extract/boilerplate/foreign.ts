import labels from '../data/boilerplate/embed-label.json' with { type: 'json' };
import { isParagraph, linkShare, type View } from '../features/view.ts';
import type { Box } from '../parse/block.ts';
import { Signal } from '../parse/signals.ts';
import { anyOf } from './patterns.ts';
import { lineRule, type PageRule } from './rule.ts';
import { beginsWith } from './vocabulary.ts';

/** What a template hides, asks or declares inside the text's own element. */
const set = Signal.hidden | Signal.legal | Signal.newsletter | Signal.consent;

/** Pleas, sign-up boxes, privacy notices and hidden copies that stand among the paragraphs or hold more words than they do. */
export const foreignBox: PageRule = {
  name: 'foreign-box',
  reason: 'stands in a box of its own that is hidden, legal or asks for something',
  find: (view, { paths }, mark) => {
    for (let i = 0; i < view.blocks.length; i++) if ((paths[i]?.near ?? 0) & set) mark(i);
  },
};

/** Readers' comments below the text; often longer than it, so that a count of words takes them for the text. */
export const thread: PageRule = {
  name: 'thread',
  reason: 'stands in the comments below the text',
  find: (view, { first, text }, mark) => {
    const written = new Int32Array(view.blocks.length + 1);
    for (const [i, block] of view.blocks.entries())
      written[i + 1] = (written[i] as number) + (i >= first && isParagraph(block) ? block.words : 0);
    for (const box of view.boxes) {
      if ((box.own & Signal.comments) === 0) continue;
      const below =
        text === undefined
          ? calledComments.test(`${box.element.attribs.class} ${box.element.attribs.id}`) &&
            (written[box.first] as number) >= textBefore
          : box.first >= text.end;
      if (below) for (let i = box.first; i < box.end; i++) mark(i);
    }
    const answered = answeredBox(view);
    if (answered) for (let i = answered.first; i < answered.end; i++) mark(i);
  },
};

/** So many lines that offer to answer make a thread, whatever it is called and however short the text above it is. */
const leastReplies = 4;
/** Words of text that must stand between the headline and a thread: else the thread is what the page is about. */
const leastText = 20;

/** The smallest box around all lines that offer to answer, below the headline and a text. */
function answeredBox({ blocks, folded, title }: View): Box | undefined {
  const replies = blocks.filter(
    ({ index, words }) => words > 0 && words <= 3 && beginsWith('reply', folded[index] ?? '') > 0,
  );
  const [first, last] = [replies[0], replies.at(-1)];
  if (!first || !last || replies.length < leastReplies || title.length <= 3) return undefined;
  let box: Box | undefined = first.box;
  while (box && box.end <= last.index) box = box.parent;
  const start = box?.first ?? 0;
  const head = blocks.findLastIndex(({ index }) => index < start && (folded[index] ?? '').includes(title));
  const text = head < 0 ? [] : blocks.slice(head + 1, start).filter(isParagraph);
  return text.reduce((sum, { words }) => sum + words, 0) >= leastText ? box : undefined;
}

/** Where no element is named as the text, so many words in paragraphs must stand before what is called comments. */
const textBefore = 60;
const calledComments = /(?:^|[\s_-])comments?(?:[\s_-]|$)/i;

/** Paragraphs of picture galleries. */
export const captioned: PageRule = {
  name: 'captioned',
  reason: 'stands in a box that is named as a caption',
  find: (view, { paths }, mark) => {
    for (let i = 0; i < view.blocks.length; i++)
      if ((paths[i]?.near ?? 0) & Signal.caption && !saysSummary(view, i)) mark(i);
  },
};

/** What the page's description begins with is its opening paragraph, be the box named as it is. */
function saysSummary({ summary, folded, title }: View, index: number): boolean {
  const line = folded[index] ?? '';
  const length = Math.min(line.length, summary.length, openingLength);
  return length >= leastOpening && line.slice(0, length) === summary.slice(0, length) && !line.startsWith(title);
}

const openingLength = 60;
const leastOpening = 30;

/** A headline set among the paragraphs in a box named 'related', 'read more' and the like. */
export const relatedLink: PageRule = {
  name: 'related-link',
  reason: 'a link in a box of related articles',
  find: (view, { paths }, mark) => {
    for (const [i, block] of view.blocks.entries())
      if ((paths[i]?.near ?? 0) & Signal.related && block.words <= 30 && linkShare(block) > 0.9) mark(i);
  },
};

/** What an embedded post says of itself: 'View this post on …', 'A post shared by …'. */
export const embedLabel = lineRule('embed-label', 'the label of an embedded post', (view, i) => {
  const block = view.blocks[i];
  return block !== undefined && block.words <= 25 && label.test(view.folded[i] ?? '');
});

const label = new RegExp(`^${anyOf(labels)}`, 'u');
