import { fold } from '../../text/words.ts';
import { anyOf } from '../boilerplate/patterns.ts';
import cookie from '../data/boilerplate/cookie.json' with { type: 'json' };
import privacy from '../data/boilerplate/privacy.json' with { type: 'json' };
import type { Block, Box } from './block.ts';
import { Signal } from './signals.ts';

const cookies = new RegExp(anyOf(cookie), 'iu');
const consents = new RegExp(anyOf(privacy), 'u');
/** The share of its words that must speak of cookies before a box is a notice. */
const leastShare = 0.4;
/** Headlines shorter than this stand in menus too. */
const leastTitle = 12;

/** Does a line speak of cookies and of what they need consent for? */
export const isNotice = ({ text }: Block): boolean => cookies.test(text) && consents.test(fold(text));

/**
 * Tells what stands above the page's own headline and speaks of cookies as a consent dialogue, whatever its classes are: such notices may
 * hold more prose than the article, and all scorers believe prose. Below the headline an article may speak of cookies.
 */
export function nameNotices(blocks: readonly Block[], boxes: readonly Box[], title: string): void {
  if (title.length < leastTitle) return;
  const head = blocks.findIndex(({ text, level }) => level > 0 && text.length < 400 && fold(text) === title);
  const found = head < 0 ? [] : blocks.slice(0, head).filter((block) => block.words >= 8 && isNotice(block));
  for (const block of found) {
    let box: Box | undefined;
    for (let outer: Box | undefined = block.box; outer && outer.end <= head; outer = outer.parent) {
      const { first, end, words } = outer;
      const said = found.reduce((sum, { index, words }) => sum + (index >= first && index < end ? words : 0), 0);
      if (said >= words * leastShare) box = outer;
    }
    if (box && !(box.own & Signal.consent)) name(boxes, box);
  }
}

function name(boxes: readonly Box[], notice: Box): void {
  notice.own |= Signal.consent;
  for (const box of boxes) if (isIn(box, notice)) box.above |= Signal.consent;
}

function isIn(box: Box, outer: Box): boolean {
  for (let each: Box | undefined = box; each; each = each.parent) if (each === outer) return true;
  return false;
}
