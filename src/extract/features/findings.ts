import type { Span } from '../boilerplate/rule.ts';
import type { Named } from '../decide/containers.ts';
import type { Box } from '../parse/block.ts';
import type { MainPath } from '../parse/main-path.ts';

/** What the scorers found on the page, as the features need it. */
export interface Findings {
  readonly container: Box | undefined;
  readonly named: Named | undefined;
  readonly byParagraphs: Box | undefined;
  readonly span: Span;
  readonly structured: Float32Array | undefined;
  readonly paths: readonly MainPath[];
  readonly boilerplate: Int32Array;
  /** Bounds of the body of text as the ensemble sees it. */
  readonly first: number;
  readonly end: number;
  /** The blocks that are worth a look: only they can be kept. */
  readonly zone: Span;
}

/** How far around what any scorer wants blocks are looked at; the others are none of the article. */
const zoneMargin = 25;

/** The blocks that are worth a look. */
export function zoneOf(blocks: number, found: Omit<Findings, 'zone' | 'boilerplate' | 'paths'>): Span {
  const { container, named, byParagraphs, span } = found;
  const firsts = [found.first, span.first];
  const ends = [found.end, span.end];
  for (const box of [container, named?.box, byParagraphs])
    if (box) {
      firsts.push(box.first);
      ends.push(box.end);
    }
  return {
    first: Math.max(0, Math.min(...firsts) - zoneMargin),
    end: Math.min(blocks, Math.max(...ends) + zoneMargin),
  };
}
