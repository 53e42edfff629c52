import { describe, expect, it } from 'vitest';
import { saysCorrected } from '../../src/text/correction.ts';

describe('a notice of correction', () => {
  it.each([
    'Correction: the bridge is 90 metres long, not 19.',
    'CORRECTION (12 May): a name was misspelt.',
    'An earlier version of this article gave the wrong year.',
    'Ispravka: most je dug 90 metara.',
    'Исправка: мост је дуг 90 метара.',
    'Richtigstellung – der Fluss heißt Save.',
    '更正：桥长九十米。',
    '訂正：橋の長さは九十メートルです。',
    'تصحيح: طول الجسر تسعون مترا',
  ])('%s', (block) => expect(saysCorrected(block)).toBe(true));

  it.each([
    'Correction of the market goes on, says the bank.',
    'Oprava mostu začne v květnu.',
    'The corrected figures of the bureau are due on Monday.',
    'Nobody asked for a correction.',
  ])('none: %s', (block) => expect(saysCorrected(block)).toBe(false));
});
