import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../src/dedupe/difference.ts';
import { writing } from './writing.ts';

const original = `The Talbe rose by 3 metres on Monday night. Two people are missing in Oster.
The mayor closed the market and both bridges. Rain is expected until Thursday.`;

describe('differenceOf', () => {
  it('tells what was added, what was cut and which figures changed', () => {
    const copy = `By our own reporter.
The Talbe rose by 4 metres on Monday night. Two people are missing in Oster. The mayor has closed the market and both bridges.`;
    expect(differenceOf(original, copy)).toEqual({
      added: ['By our own reporter.'],
      cut: ['Rain is expected until Thursday.'],
      figures: [
        { before: 'The Talbe rose by 3 metres on Monday night.', after: 'The Talbe rose by 4 metres on Monday night.' },
      ],
    });
  });

  it('does not mind the order, and finds nothing between a text and itself', () => {
    const lines = original.split('\n').reverse().join('\n');
    expect(differenceOf(original, lines)).toEqual({ added: [], cut: [], figures: [] });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(differenceOf(text, text)).toEqual({ added: [], cut: [], figures: [] });
      }),
    );
  });

  it('stays small whatever it is given', () => {
    const { added, cut } = differenceOf(writing('a', 6000), `${writing('b', 3000)} ${'x'.repeat(10_000)}`);
    expect([...added, ...cut].length).toBeLessThanOrEqual(40);
    for (const sentence of [...added, ...cut]) expect(sentence.length).toBeLessThanOrEqual(300);
  });
});
