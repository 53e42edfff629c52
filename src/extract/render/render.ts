import { resolveLink } from '../../text/address.ts';
import { escapeMarkup, escapeText } from '../../text/escape.ts';
import { rowsOf } from '../features/rows.ts';
import { type Block, Mark, type Piece } from '../parse/block.ts';

/** Without white space around lines, and without empty ones. */
const trimLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n');

/** Plain text: one block a line; the cells of a table row stand in one line. */
export function renderText(blocks: readonly Block[]): string {
  const lines: string[] = [];
  const rows = rowsOf(blocks);
  let row: unknown;
  for (const block of blocks) {
    const text = block.kind === 'code' ? trimLines(block.text) : block.text;
    const currentRow = rows.get(block);
    if (currentRow !== undefined && currentRow === row) lines[lines.length - 1] += ` ${text}`;
    else lines.push(text);
    row = currentRow;
  }
  return lines.join('\n');
}

/**
 * The kept blocks as HTML of our own making: headings, paragraphs, lists, quotes, tables and code, with text and addresses of the page in them
 * and nothing else of it. The sanitiser has nothing to take away (`laws.test.ts`); its second parse took a fortieth of the time of a page.
 */
export function renderHtml(blocks: readonly Block[], baseUrl: string): string {
  const out: string[] = [];
  /** Names of the open holders, outermost first. */
  const open: string[] = [];
  const rows = rowsOf(blocks);
  let quote: unknown;
  let row: unknown;
  let table: unknown;
  const closeTo = (depth: number): void => {
    while (open.length > depth) out.push(`</${open.pop()}>`);
    if (depth === 0) {
      row = undefined;
      table = undefined;
      quote = undefined;
    }
  };
  for (const [i, block] of blocks.entries()) {
    const previous = blocks[i - 1];
    const joined = block.continues && previous !== undefined && previous.index === block.index - 1;
    const inner = renderPieces(block.pieces, baseUrl);
    const currentRow = rows.get(block);
    if (currentRow) {
      const currentTable = ancestor(block, 'table');
      if (open[0] !== 'table' || table !== currentTable) {
        closeTo(0);
        out.push('<table>');
        open.push('table');
        table = currentTable;
      }
      if (row !== currentRow) {
        closeTo(1);
        out.push('<tr>');
        open.push('tr');
        row = currentRow;
      }
      out.push(block.box.name === 'th' ? `<th>${inner}</th>` : `<td>${inner}</td>`);
    } else if (block.inQuote) {
      const current = ancestor(block, 'blockquote');
      if (open[0] !== 'blockquote' || quote !== current) {
        closeTo(0);
        out.push('<blockquote>');
        open.push('blockquote');
        quote = current;
      }
      push(out, 'p', inner, joined);
    } else if (block.kind === 'item') {
      const list = block.orderedList ? 'ol' : 'ul';
      if (open[0] !== list) {
        closeTo(0);
        out.push(`<${list}>`);
        open.push(list);
      }
      push(out, 'li', inner, joined);
    } else {
      closeTo(0);
      if (block.kind === 'heading') push(out, `h${Math.min(6, Math.max(2, block.level))}`, inner, joined);
      else if (block.kind === 'code') out.push(`<pre><code>${escapeText(block.text)}</code></pre>`);
      else push(out, 'p', inner, joined);
    }
  }
  closeTo(0);
  return out.join('\n');
}

/** Adds a block, or goes on in the last one after a line break. */
function push(out: string[], tag: string, inner: string, joined: boolean): void {
  const last = out.at(-1);
  const closing = `</${tag}>`;
  if (joined && last?.endsWith(closing))
    out[out.length - 1] = `${last.slice(0, -closing.length)}<br />${inner}${closing}`;
  else out.push(`<${tag}>${inner}${closing}`);
}

const marks: readonly (readonly [number, string])[] = [
  [Mark.strong, 'strong'],
  [Mark.emphasis, 'em'],
  [Mark.code, 'code'],
  [Mark.sub, 'sub'],
  [Mark.sup, 'sup'],
  [Mark.strike, 's'],
];

function renderPieces(pieces: readonly Piece[], baseUrl: string): string {
  return pieces
    .map((piece) => {
      let html = escapeText(piece.text);
      for (const [bit, tag] of marks) if (piece.marks & bit) html = `<${tag}>${html}</${tag}>`;
      const href = resolveLink(piece.href, baseUrl);
      return href === undefined ? html : `<a href="${escapeMarkup(href)}">${html}</a>`;
    })
    .join('');
}

function ancestor(block: Block, name: string): unknown {
  let outermost: unknown;
  for (let box: Block['box'] | undefined = block.box; box; box = box.parent) if (box.name === name) outermost = box;
  return outermost;
}
