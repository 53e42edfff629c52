import type { View } from '../features/view.ts';
import type { Box } from './block.ts';

/** What stands between a block and the main content: the element that holds most of its paragraphs, or the one named as the text. */
export interface MainPath {
  /** Signals of the boxes between, the block's own included, the main content's not. */
  readonly near: number;
  /** How many boxes are between. */
  readonly distance: number;
}

/** The path of each block, in the order of `view.blocks`. */
export function findMainPaths(view: View, named: Box | undefined): readonly MainPath[] {
  const total = view.boxes[0]?.paragraphWords ?? 0;
  const known = new Map<Box, MainPath>();
  const none: MainPath = { near: 0, distance: 0 };
  for (const box of view.boxes) {
    // Parents stand before their children.
    const above = box.parent && known.get(box.parent);
    known.set(
      box,
      above && box.paragraphWords < total * 0.5 && box !== named
        ? { near: above.near | box.own, distance: above.distance + 1 }
        : none,
    );
  }
  return view.blocks.map((block) => known.get(block.box) ?? none);
}
