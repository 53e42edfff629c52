import type { Box } from './block.ts';
import { findFurniture } from './furniture/furniture.ts';
import { findContainer } from './scorers/containers.ts';
import { findByParagraphs } from './scorers/paragraphs.ts';
import { findPassage } from './scorers/passage.ts';
import { coverageBy } from './scorers/structured.ts';
import { isForeign, isParagraph, type View } from './view.ts';

/** What the committee thinks of one block. */
export interface Opinion {
  /** Inside the element that its name calls the text. */
  readonly container: boolean;
  /** Inside the element that the paragraphs elect. */
  readonly paragraphs: boolean;
  /** Inside the stretch with most running text. */
  readonly passage: boolean;
  /** Share of it that stands in the structured data's text, when there is one. */
  readonly structured: number | undefined;
  /** Furniture rules that fired, as bits (`furniture.ts`). */
  readonly rules: number;
  readonly kept: boolean;
}

export interface Decision {
  readonly opinions: readonly Opinion[];
  readonly step: string;
}

const within = (box: Box | undefined, i: number): boolean => box !== undefined && i >= box.first && i < box.end;

export function decide(view: View, articleBody: string | undefined): Decision {
  const container = findContainer(view);
  const elected = findByParagraphs(view);
  const passage = findPassage(view);
  const coverage = articleBody ? coverageBy(articleBody) : undefined;
  const votes = view.blocks.map((block, i) => {
    const structured = coverage?.(view.folded[i] ?? '');
    const count =
      Number(within(container, i)) * (isForeign(block) ? 0.5 : 1) +
      Number(within(elected, i)) +
      Number(i >= passage.first && i < passage.end) +
      (structured === undefined ? 0 : structured > 0.6 ? 1 : block.words > 10 && structured < 0.1 ? -0.7 : 0);
    return { count, structured };
  });
  let first = view.blocks.findIndex((block, i) => (votes[i]?.count ?? 0) >= 2 && isParagraph(block));
  let end =
    view.blocks.length -
    [...view.blocks].reverse().findIndex((block) => (votes[block.index]?.count ?? 0) >= 2 && isParagraph(block));
  if (first < 0) {
    first = passage.first;
    end = passage.end;
  }
  const rules = findFurniture(view, first, end);
  const opinions = view.blocks.map((block, i): Opinion => {
    const vote = votes[i] ?? { count: 0, structured: undefined };
    const kept =
      vote.count >= 2 && rules[i] === 0 && i >= first - 2 && i < end + 1 && (block.words > 3 || block.kind !== 'line');
    return {
      container: within(container, i),
      paragraphs: within(elected, i),
      passage: i >= passage.first && i < passage.end,
      structured: vote.structured,
      rules: rules[i] ?? 0,
      kept,
    };
  });
  return { opinions, step: 'committee' };
}
