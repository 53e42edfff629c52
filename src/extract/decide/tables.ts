import { rowsOf } from '../features/rows.ts';
import type { Block, Box } from '../parse/block.ts';
import { Signal } from '../parse/signals.ts';

/**
 * A table of data says something only as a whole: all of its cells are kept, numbers that alone look like a counter's among them, or none.
 * One that stands beside a paragraph of the text, without a name of its own and with few links, is part of it, with the heading that shares
 * its wrapper; of others most words decide, and what became of a table before that is written alike.
 */
export function keepTablesWhole(blocks: readonly Block[], kept: Uint8Array, first: number, end: number): void {
  /** How tables of the text are written, by what they stand in. */
  const written = new Map<Box | undefined, number>();
  for (let i = first + 1; i < end; i++) {
    const table = tableOf(blocks[i] as Block);
    if (table?.first !== i) continue;
    const cells = blocks.slice(i, table.end);
    const rows = rowsOf(cells);
    if (rows.size < cells.length || new Set(rows.values()).size < 2) continue;
    const titled = titledBox(blocks, table);
    const box = titled ?? table;
    const before = blocks[box.first - 1];
    const isPlain =
      before !== undefined &&
      kept[before.index] === 1 &&
      before.box.parent === holderOf(box) &&
      table.own === 0 &&
      table.linkWords < table.words * 0.4;
    const keptWords = cells.reduce((sum, { index, words }) => sum + (kept[index] ? words : 0), 0);
    const isText =
      isPlain || keptWords > table.words / 2 || (table.own === 0 && written.get(holderOf(box)) === table.template);
    kept.fill(isText ? 1 : 0, i, table.end);
    if (isText && titled) kept[titled.first] = 1;
    if (isText) written.set(holderOf(box), table.template);
    i = table.end - 1;
  }
}

/** A wrapper without a name that holds a heading and the table, and nothing else. */
function titledBox(blocks: readonly Block[], table: Box): Box | undefined {
  const { parent } = outermost(table);
  const head = parent && blocks[parent.first];
  const holdsBoth = parent?.own === 0 && parent.first === table.first - 1 && parent.end === table.end;
  return holdsBoth && head?.kind === 'heading' ? parent : undefined;
}

/** The wrapper around a box that holds nothing else and has no name of its own. */
export function outermost(box: Box): Box {
  let outer = box;
  const isPlain = ({ own, name }: Box): boolean => own === 0 || (name === 'figure' && own === Signal.media);
  while (outer.parent && isPlain(outer.parent) && outer.parent.first === box.first && outer.parent.end === box.end)
    outer = outer.parent;
  return outer;
}

/** What a table stands in: a figure around it and its caption is part of it. */
function holderOf(table: Box): Box | undefined {
  const { parent } = outermost(table);
  return parent?.name === 'figure' ? outermost(parent).parent : parent;
}

function tableOf(block: Block): Box | undefined {
  if (block.kind !== 'cell') return undefined;
  for (let box: Box | undefined = block.box; box; box = box.parent) if (box.name === 'table') return box;
  return undefined;
}
