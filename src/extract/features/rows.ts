import type { Block, Box } from '../parse/block.ts';

/** A cell with two lines and more words than this holds running text: its table lays the page out. */
const longestCell = 40;

/**
 * The row of each block that is a cell of a table of data. Where a row has one cell only, or a cell holds running text of several lines, the
 * table is there for the layout, as on many old pages: its lines are paragraphs, and have no row.
 */
export function rowsOf(blocks: readonly Block[]): ReadonlyMap<Block, Box> {
  const rows = new Map<Box, Map<Box, { lines: number; words: number }>>();
  const placed: { block: Block; row: Box }[] = [];
  for (const block of blocks) {
    if (block.kind !== 'cell') continue;
    const cell = nearest(block, ['td', 'th']);
    const row = nearest(block, ['tr']);
    const cells = rows.get(row) ?? new Map<Box, { lines: number; words: number }>();
    const { lines, words } = cells.get(cell) ?? { lines: 0, words: 0 };
    rows.set(row, cells.set(cell, { lines: lines + 1, words: words + block.words }));
    placed.push({ block, row });
  }
  const isData = (row: Box): boolean => {
    const cells = [...(rows.get(row)?.values() ?? [])];
    return cells.length > 1 && !cells.some(({ lines, words }) => lines > 1 && words > longestCell);
  };
  return new Map(placed.filter(({ row }) => isData(row)).map(({ block, row }) => [block, row]));
}

/** The innermost element of one of these names that holds a block; the block's own where there is none. */
function nearest(block: Block, names: readonly string[]): Box {
  for (let box: Box | undefined = block.box; box; box = box.parent) if (names.includes(box.name)) return box;
  return block.box;
}
