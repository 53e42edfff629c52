import { resolveLink } from '../../text/address.ts';
import { rowsOf } from '../features/rows.ts';
import { type Block, Mark, type Piece } from '../parse/block.ts';

/** The kept blocks as CommonMark (tables as GitHub writes them). Text that looks like markup is escaped. */
export function renderMarkdown(blocks: readonly Block[], baseUrl: string): string {
  const out: string[] = [];
  let cells: string[] = [];
  const rowOf = rowsOf(blocks);
  let row: unknown;
  let rows = 0;
  let number = 0;
  const endRow = (): void => {
    if (cells.length === 0) return;
    out.push(`| ${cells.join(' | ')} |`);
    if (++rows === 1) out.push(`|${' --- |'.repeat(cells.length)}`);
    cells = [];
  };
  for (const [i, block] of blocks.entries()) {
    const previous = blocks[i - 1];
    const current = rowOf.get(block);
    if (current) {
      if (current !== row) endRow();
      row = current;
      if (!previous || !rowOf.has(previous)) {
        rows = 0;
        if (out.length > 0) out.push('');
      }
      cells.push(renderPieces(block.pieces, baseUrl).replace(/\|/g, '\\|'));
      continue;
    }
    endRow();
    row = undefined;
    const inner = block.kind === 'code' ? '' : renderPieces(block.pieces, baseUrl);
    const joined = block.continues && previous !== undefined && previous.index === block.index - 1;
    const tight = block.kind === 'item' && previous?.kind === 'item' && previous.orderedList === block.orderedList;
    number = block.kind === 'item' && tight ? number + 1 : 1;
    if (joined && out.length > 0) out[out.length - 1] += '\\';
    else if (out.length > 0 && !tight) out.push(block.inQuote && previous?.inQuote ? '>' : '');
    if (block.kind === 'code') out.push('```', block.text.replace(/^\n+/, '').trimEnd(), '```');
    else if (block.inQuote) out.push(`> ${inner}`);
    else if (block.kind === 'heading') out.push(`${'#'.repeat(Math.min(6, Math.max(2, block.level)))} ${inner}`);
    else if (block.kind === 'item') out.push(block.orderedList ? `${number}. ${inner}` : `- ${inner}`);
    else out.push(inner.replace(/^(#{1,6}|[-+>]|\d+[.)])(?=\s)/, '\\$1'));
  }
  endRow();
  return out.join('\n');
}

function renderPieces(pieces: readonly Piece[], baseUrl: string): string {
  return pieces
    .map((piece) => {
      const core = piece.text.trim();
      const before = piece.text.slice(0, piece.text.length - piece.text.trimStart().length);
      const after = piece.text.slice(before.length + core.length);
      if (core === '') return before + after;
      let text = piece.marks & Mark.code ? `\`${core.replace(/`/g, "'")}\`` : core.replace(/[\\`*_[\]<]/g, '\\$&');
      if (piece.marks & Mark.strike) text = `~~${text}~~`;
      if (piece.marks & Mark.emphasis) text = `*${text}*`;
      if (piece.marks & Mark.strong) text = `**${text}**`;
      const href = resolveLink(piece.href, baseUrl);
      if (href !== undefined) text = `[${text}](<${href.replace(/[<>\s]/g, encodeURIComponent)}>)`;
      return before + text + after;
    })
    .join('');
}
