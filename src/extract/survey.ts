import type { Box } from './block.ts';
import type { Findings } from './features.ts';
import { findFurniture } from './furniture/furniture.ts';
import { clearBoxes, findContainer, findNamed } from './scorers/containers.ts';
import { findByParagraphs } from './scorers/paragraphs.ts';
import { findPassage } from './scorers/passage.ts';
import { coverageBy } from './scorers/structured.ts';
import { findBranches } from './trunk.ts';
import { isForeign, isParagraph, type View } from './view.ts';

const within = (box: Box | undefined, i: number): boolean => box !== undefined && i >= box.first && i < box.end;

/** Asks every scorer for its opinion, bounds the body of text by their majority, and lets the furniture rules look at it. */
export function survey(view: View, articleBody: string | undefined): Findings {
  const clear = clearBoxes(view);
  const container = findContainer(view, clear);
  const named = findNamed(view, clear);
  const elected = findByParagraphs(view);
  const passage = findPassage(view);
  const coverage = articleBody ? coverageBy(articleBody) : undefined;
  const structured = coverage ? Float32Array.from(view.folded, coverage) : undefined;
  const wanted = (i: number): boolean => {
    const block = view.blocks[i];
    if (!block || !isParagraph(block)) return false;
    const share = structured?.[i];
    return (
      Number(within(container, i)) * (isForeign(block) ? 0.5 : 1) +
        Number(within(elected, i)) +
        Number(i >= passage.first && i < passage.end) +
        (share === undefined ? 0 : share > 0.6 ? 1 : share < 0.1 ? -0.7 : 0) >=
      2
    );
  };
  let first = 0;
  let end = view.blocks.length;
  while (first < end && !wanted(first)) first++;
  while (end > first && !wanted(end - 1)) end--;
  if (first === end) {
    first = named?.box.first ?? passage.first;
    end = named?.box.end ?? passage.end;
  }
  const branches = findBranches(view, named?.box);
  return {
    container,
    named,
    elected,
    passage,
    structured,
    first,
    end,
    branches,
    furniture: findFurniture(view, { first, end, branches, textEnd: named?.box.end }),
  };
}
