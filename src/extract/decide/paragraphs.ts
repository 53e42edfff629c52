import { isParagraph, linkShare, type View } from '../features/view.ts';
import type { Box } from '../parse/block.ts';
import { foreign, Signal } from '../parse/signals.ts';

/**
 * Second scorer, after Arc90 and Readability: paragraphs score their parents by commas and length, half of it goes a step further up,
 * links count against; then the winner's parent takes over while it adds a good deal of text of its own.
 */
export function findByParagraphs(view: View): Box | undefined {
  const scores = new Map<Box, number>();
  for (const block of view.blocks) {
    if (!isParagraph(block)) continue;
    const commas = block.text.match(/[,、，،]/g)?.length ?? 0;
    const share = block.box.above & (foreign & ~Signal.widget & ~Signal.tags) ? 0.3 : 1;
    let score = (1 + commas + Math.min(block.words / 20, 4)) * (1 - linkShare(block)) * share;
    // A line of a box without paragraphs scores the box itself; in a cell both are found.
    const isLoose = block.kind === 'line' || (block.kind === 'cell' && block.box.name !== 'p');
    let box: Box | undefined = isLoose ? block.box : block.box.parent;
    for (let up = 0; box && up < 4; up++) {
      scores.set(box, (scores.get(box) ?? 0) + score);
      score /= 2;
      box = box.parent;
    }
  }
  let best: Box | undefined;
  let bestScore = 0;
  for (const [box, score] of scores) {
    const weighted = score * (1 - box.linkWords / Math.max(1, box.words));
    if (weighted > bestScore) {
      best = box;
      bestScore = weighted;
    }
  }
  while (best?.parent?.parent) {
    const parent: Box = best.parent;
    if (parent.paragraphWords < best.paragraphWords * 1.25 || parent.name === 'body') break;
    if (parent.linkWords > parent.words * 0.5) break;
    best = parent;
  }
  return best;
}
