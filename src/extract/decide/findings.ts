import { findBoilerplate } from '../boilerplate/boilerplate.ts';
import { type Findings, zoneOf } from '../features/findings.ts';
import { isForeign, isParagraph, type View } from '../features/view.ts';
import type { Box } from '../parse/block.ts';
import { findMainPaths } from '../parse/main-path.ts';
import { clearBoxes, findContainer, findNamed } from './containers.ts';
import { findByParagraphs } from './paragraphs.ts';
import { findProseSpan } from './span.ts';
import { coverageBy } from './structured.ts';

const within = (box: Box | undefined, i: number): boolean => box !== undefined && i >= box.first && i < box.end;

/** Asks every scorer for its vote, bounds the body of text by their majority, and lets the boilerplate rules look at it. */
export function gatherFindings(view: View, articleBody: string | undefined): Findings {
  const clear = clearBoxes(view);
  const container = findContainer(view, clear);
  const named = findNamed(view, clear);
  const byParagraphs = findByParagraphs(view);
  const span = findProseSpan(view);
  const coverage = articleBody ? coverageBy(articleBody) : undefined;
  const structured = coverage ? Float32Array.from(view.folded, coverage) : undefined;
  const wanted = (i: number): boolean => {
    const block = view.blocks[i];
    if (!block || !isParagraph(block)) return false;
    const share = structured?.[i];
    return (
      Number(within(container, i)) * (isForeign(block) ? 0.5 : 1) +
        Number(within(byParagraphs, i)) +
        Number(i >= span.first && i < span.end) +
        (share === undefined ? 0 : share > 0.6 ? 1 : share < 0.1 ? -0.7 : 0) >=
      2
    );
  };
  let first = 0;
  let end = view.blocks.length;
  while (first < end && !wanted(first)) first++;
  while (end > first && !wanted(end - 1)) end--;
  if (first === end) {
    first = named?.box.first ?? span.first;
    end = named?.box.end ?? span.end;
  }
  const paths = findMainPaths(view, named?.box);
  const votes = { container, named, byParagraphs, span, structured, first, end, paths };
  const zone = zoneOf(view.blocks.length, votes);
  const lines = {
    first: Math.max(0, zone.first - aroundZone),
    end: Math.min(view.blocks.length, zone.end + aroundZone),
  };
  return { ...votes, zone, boilerplate: findBoilerplate(view, { ...votes, text: named?.box, lines }) };
}

/** What stands so near the zone is looked at too: bylines are read there, and blocks of the zone ask for their neighbours. */
const aroundZone = 12;

/** The boilerplate of the whole page, as far from the text as it may stand: half of the lines of a page lie outside the zone. */
export const boilerplateEverywhere = (view: View, findings: Findings): Int32Array =>
  findBoilerplate(view, {
    ...findings,
    text: findings.named?.box,
    lines: { first: 0, end: view.blocks.length },
  });
