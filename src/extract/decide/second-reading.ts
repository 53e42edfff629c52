import type { Page } from '../../domain/article.ts';
import { fold } from '../../text/words.ts';
import { isParagraph, linkShare } from '../features/view.ts';
import type { Block } from '../parse/block.ts';
import { type OpenOptions, type OpenPage, openPage } from '../parse/open.ts';
import { Signal } from '../parse/signals.ts';
import { type Decision, decide } from './decide.ts';

/** A page with what was decided of it. */
export interface Reading {
  readonly open: OpenPage;
  readonly decision: Decision;
}

/**
 * Names whose rules take whole boxes away. Each works within a budget: what it takes of the prose beside the text may not be more than a
 * share of the text, else the name is doubted.
 */
const doubtable = [Signal.hidden, Signal.consent, Signal.caption] as const;
/** Those that are believed as long as there is a text without what they take: pleas and legal notes are prose too. */
const doubtedWithoutText = [Signal.legal, Signal.newsletter, Signal.wall, Signal.related, Signal.side, Signal.advert];
/** Words of prose, and their share of the text, above which a name is doubted. */
const leastTaken = 60;
const shareTaken = 0.3;
/** A second reading must say so many times as much, with so sure a mean score. */
const times = 1.25;
const leastScore = 0.7;
/** Below so many words a page seems to have no text, and its prose is looked for everywhere. */
const noText = 60;

/** The page once more without the names that took away a large part of it, when that reading is better supported. */
export function secondReading(page: Page, options: OpenOptions, first: Reading): Reading {
  const ignored = doubted(first);
  if (ignored === 0) return first;
  const open = openPage(page, { ...options, ignored });
  const second = { open, decision: decide(open) };
  return isBetter(first.decision, second.decision) ? second : first;
}

const wordsIn = (blocks: readonly Block[]): number => blocks.reduce((sum, { words }) => sum + words, 0);

/** The names that took too much, as bits. */
function doubted({ open, decision }: Reading): number {
  const kept = decision.step === 'summary' ? [] : decision.kept;
  const words = wordsIn(kept);
  const chosen = new Set(kept);
  const texts = new Set(kept.map(({ text }) => text));
  const paragraphs = kept.filter((block) => isParagraph(block) && open.blocks[block.index] === block);
  const beside = new Set(paragraphs.flatMap(({ box }) => [box, box.parent, box.parent?.parent]));
  const taken = open.blocks.filter(
    (block) =>
      block.words >= 15 && isParagraph(block) && linkShare(block) < 0.2 && !chosen.has(block) && !texts.has(block.text),
  );
  let bits = 0;
  for (const signal of words < noText ? [...doubtable, ...doubtedWithoutText] : doubtable) {
    const prose = taken.filter(
      ({ box }) => (box.above & signal) !== 0 && (words < noText || beside.has(outerOf(box, signal).parent)),
    );
    if (wordsIn(prose) > Math.max(leastTaken, words * shareTaken)) bits |= signal;
  }
  return bits;
}

/** The outermost box around a block that carries the name. */
function outerOf(box: Block['box'], signal: number): Block['box'] {
  let outer = box;
  for (let next: Block['box'] | undefined = box; next; next = next.parent) if (next.own & signal) outer = next;
  return outer;
}

function isBetter(first: Decision, second: Decision): boolean {
  if (second.step === 'summary' || second.step === 'none') return false;
  const kept = first.step === 'summary' ? [] : first.kept;
  const words = wordsIn(second.kept);
  if (words < Math.max(leastTaken, wordsIn(kept) * times)) return false;
  const sure = second.kept.reduce((sum, { index, words }) => sum + words * (second.scores[index] ?? 0), 0) / words;
  if (sure < leastScore) return false;
  // What the first reading was sure of stays, and nothing is said twice.
  const lines = second.kept.filter(isParagraph).map(({ text }) => fold(text).slice(0, 200));
  if (new Set(lines).size < lines.length * 0.9) return false;
  const held = new Set(lines);
  const own = kept.filter(isParagraph);
  return own.filter(({ text }) => held.has(fold(text).slice(0, 200))).length >= own.length * 0.8;
}
