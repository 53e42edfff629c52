import { fold } from '../../text/words.ts';
import { foldedText, linkShare } from '../features/view.ts';
import type { Block } from '../parse/block.ts';
import type { OpenPage } from '../parse/open.ts';
import { Signal } from '../parse/signals.ts';

/** A line of fewer words is a label, and says nothing of where it stands. */
const leastWords = 4;
/** A line of which so much stands in the text says the text once more, be it cut elsewhere or without a line that was dropped. */
const shareCopied = 0.7;

const joined = (folded: string): string => folded.replaceAll(' ', '');

/**
 * The page without what it says a second time: the copy of the text for narrow screens, for print or for a reader's eyes only, a menu that
 * stands at head and foot, boxes that nobody is shown. A page is judged by what it says, not by how often.
 */
export function saidOnce({ blocks, view }: OpenPage, kept: readonly Block[]): readonly Block[] {
  const chosen = new Set(kept);
  const lines = new Set(kept.map((block) => foldedText(view, block)));
  const said = kept.map((block) => joined(foldedText(view, block))).join('');
  const isShown = kept.every(({ box }) => (box.above & Signal.hidden) === 0);
  return blocks.filter((block) => {
    if (chosen.has(block)) return true;
    if (isShown && block.box.above & Signal.hidden) return false;
    const line = view.folded[block.index] ?? '';
    if (lines.has(line)) return false;
    lines.add(line);
    return block.words < leastWords || linkShare(block) > 0.5 || !isSaid(said, block.text, foldedText(view, block));
  });
}

/** Does most of a line stand in the text, sentence by sentence? */
function isSaid(said: string, text: string, folded: string): boolean {
  const whole = joined(folded);
  if (whole === '' || said.includes(whole)) return true;
  const sentences = text.split(/(?<=[.!?…。！？।؟])\s*/u);
  // The whole line, which was looked for already.
  if (sentences.length === 1) return false;
  let copied = 0;
  for (const sentence of sentences) {
    const part = joined(fold(sentence));
    if (said.includes(part)) copied += part.length;
  }
  return copied >= shareCopied * whole.length;
}
