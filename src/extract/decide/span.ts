import { linkShare, type View } from '../features/view.ts';

/** Scripts whose function words are not in the lists, or only those of one of their languages. */
const unlisted = /[\u0530-\u058f\u0900-\u137f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/;

/**
 * Third scorer, blind to markup: the stretch of lines with most running text. A line earns its words when it reads like prose (function
 * words, few links, some length) and costs a fixed sum when it does not; the stretch with the largest sum wins (Kadane).
 */
export function findProseSpan(view: View): { first: number; end: number } {
  let best = { first: 0, end: 0 };
  let bestSum = 0;
  let sum = 0;
  let first = 0;
  for (const [i, block] of view.blocks.entries()) {
    const prose = block.words >= 8 ? view.proseShare(i) : 0;
    const earned =
      block.words >= 8 && (prose > 0.15 || unlisted.test(block.text)) ? block.words * (1 - 1.6 * linkShare(block)) : 0;
    sum += earned - (earned > 0 ? 4 : Math.min(9, 5 + block.words * 0.5));
    if (sum <= 0) {
      sum = 0;
      first = i + 1;
    } else if (sum > bestSum) {
      bestSum = sum;
      best = { first, end: i + 1 };
    }
  }
  return best;
}
