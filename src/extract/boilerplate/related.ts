import { endsSentence, isParagraph, linkShare, type View } from '../features/view.ts';
import type { Block } from '../parse/block.ts';
import { Signal } from '../parse/signals.ts';
import { lineRule, type PageRule } from './rule.ts';
import { beginsWith } from './vocabulary.ts';

const isLinkLine = (block: Block): boolean => block.words > 0 && linkShare(block) >= 0.75;

/** A label, date or number between two headlines of a list. */
const isFiller = (block: Block): boolean => block.words <= 5 && !endsSentence(block.text);

/** Reads like a headline: a few words, no stop. */
const isHeadlineLike = (block: Block): boolean =>
  block.words >= 3 && block.words <= 22 && block.text.length < 170 && !/[.。।][\s"'”’»)]*$/u.test(block.text);

/** Runs of linked headlines: tickers, 'most read', 'more on this'. */
export const headlineList: PageRule = {
  name: 'headline-list',
  reason: 'one of a run of linked headlines',
  find: (view, { first, end }, mark) => {
    const { blocks } = view;
    for (let i = 0; i < blocks.length; ) {
      const block = blocks[i];
      if (!block || !isLinkLine(block)) {
        i++;
        continue;
      }
      let links = 0;
      let last = i;
      let j = i;
      for (; j < blocks.length && j - last <= 2; j++) {
        const next = blocks[j];
        if (!next || isParagraph(next)) break;
        if (isLinkLine(next)) {
          links++;
          last = j;
        } else if (!isFiller(next)) break;
      }
      const inside = i >= first && last < end;
      const listed = block.inList || block.box.signature === blocks[last]?.box.signature;
      if (
        links >= (inside && !listed ? 3 : 2) &&
        !(inside && blocks.slice(i, last + 1).every((b) => endsSentence(b.text)))
      )
        for (let k = i; k <= last; k++) mark(k);
      i = last + 1;
    }
  },
};

/** Headlines without links, before or after the body of text: four or more short lines in a row, none of which ends. */
export const plainHeadlines: PageRule = {
  name: 'plain-headlines',
  reason: 'one of a run of headlines outside the text',
  find: (view, { first, end }, mark) => {
    const { blocks } = view;
    const scan = (from: number, to: number): void => {
      for (let i = from; i < to; ) {
        let j = i;
        while (j < to && blocks[j] && (isHeadlineLike(blocks[j] as Block) || (blocks[j] as Block).words < 3)) j++;
        let headlines = 0;
        for (let k = i; k < j; k++) if (isHeadlineLike(blocks[k] as Block)) headlines++;
        if (headlines >= 4) for (let k = i; k < j; k++) mark(k);
        i = j + 1;
      }
    };
    scan(0, first);
    scan(lastParagraph(view, first, end) + 1, blocks.length);
  },
};

export function lastParagraph(view: View, first: number, end: number): number {
  for (let i = Math.min(end, view.blocks.length) - 1; i >= first; i--) {
    const block = view.blocks[i];
    if (block && isParagraph(block)) return i;
  }
  return end - 1;
}

/** Words that also begin sentences: they need a link, or a colon and no stop. */
const weak =
  /^(?:more|mehr|video|watch|listen|read|analysis|opinion|background|related|photos?|gallery|explainer|more on|more from|más información|mer|meer|więcej|více|viac|več|více|hintergrund|više|више)$/;

/** 'READ: …', 'Read more: …', 'Lesen Sie auch …': a pointer to another article inside the text. */
export const leadIn = lineRule('lead-in', 'points to another article', (view, i) => {
  const block = view.blocks[i];
  const folded = view.folded[i];
  if (!block || !folded || block.words > 40 || (block.words > 28 && linkShare(block) < 0.5)) return false;
  const length = beginsWith('leadIn', folded);
  if (length === 0) return false;
  const phrase = folded.slice(0, length);
  const rest = folded.length - length;
  if (rest === 0)
    return linkShare(block) > 0.5 || block.words >= 2 || block.box.above & Signal.related
      ? !weakHeading(block, phrase)
      : false;
  const colon = new RegExp(`^[^\\p{L}\\p{N}]*${phrase.split(' ').join("[\\s'’-]+")}\\s*[:：|–—>»\\]-]`, 'iu').test(
    block.text.normalize('NFKC'),
  );
  if (linkShare(block) >= 0.5 && !(endsSentence(block.text) && linkShare(block) < 0.7)) return true;
  if (colon && !/[.。]["'”’»)]*$/u.test(block.text)) return true;
  return colon && linkShare(block) > 0.3 && !weak.test(phrase);
});

const weakHeading = (block: Block, phrase: string): boolean =>
  weak.test(phrase) && linkShare(block) < 0.5 && block.kind === 'heading';

/** 'Keep Reading', 'Related', 'Most read' as a heading, and the headlines under it. */
export const relatedBlock: PageRule = {
  name: 'related-block',
  reason: 'stands under a heading such as Keep Reading or Related',
  find: (view, _, mark) => {
    const { blocks, folded } = view;
    for (let i = 0; i < blocks.length; i++) {
      const head = blocks[i];
      const line = folded[i] ?? '';
      if (!head || head.words > 6 || line === '' || beginsWith('leadIn', line) !== line.length) continue;
      if (weak.test(line) && linkShare(blocks[i + 1] ?? head) < 0.7) continue;
      mark(i);
      let linked = false;
      for (let j = i + 1; j < Math.min(i + 40, blocks.length); j++) {
        const block = blocks[j];
        if (!block || isParagraph(block)) break;
        // Where the headlines are links, a line without one is the text going on.
        if (isLinkLine(block)) linked = true;
        else if (linked && block.words > 2 && !holdsOnlyLines(head, block)) break;
        const near = block.box === head.box || block.box.parent === head.box.parent || holdsOnlyLines(head, block);
        if (isLinkLine(block) || (near && (isHeadlineLike(block) || isFiller(block)) && block.kind !== 'heading'))
          mark(j);
        else if (
          block.kind === 'heading' &&
          linkShare(block) < 0.5 &&
          !(near && isHeadlineLike(block) && block.level > head.level && head.level > 0)
        )
          break;
        else if (near && isFiller(block)) mark(j);
        else break;
      }
    }
  },
};

/** The nearest box over both lines holds no paragraph. */
function holdsOnlyLines(a: Block, b: Block): boolean {
  for (let box = a.box.parent; box; box = box.parent)
    if (b.index < box.end && b.index >= box.first) return box.paragraphWords < 15;
  return false;
}

/** The parts of a long article as links to them, above it or in a box among its paragraphs. */
export const contents: PageRule = {
  name: 'contents',
  reason: 'one of a list of links to the parts of this article',
  find: (view, _, mark) => {
    const { blocks } = view;
    for (let i = 0; i < blocks.length; i++) {
      let end = i;
      while (leadsDownThePage(blocks[end])) end++;
      if (end - i >= leastParts) for (let k = i; k < end; k++) mark(k);
      i = Math.max(i, end - 1);
    }
  },
};

const leastParts = 3;

const leadsDownThePage = (block: Block | undefined): boolean =>
  block !== undefined &&
  isLinkLine(block) &&
  block.pieces.every(({ href, text }) => (href === undefined ? text.trim().length < 4 : /^#[^!]/.test(href)));
