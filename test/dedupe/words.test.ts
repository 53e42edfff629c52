import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../src/dedupe/words.ts';
import { unspacedScripts } from '../../src/text/scripts.ts';

const unspaced = unspacedScripts.map((script) => `\\p{sc=${script}}`).join('');
const word = new RegExp(`[${unspaced}]|\\p{Nd}+(?:[.,]\\p{Nd}+)*|(?:(?![${unspaced}])[\\p{L}\\p{M}])+`, 'gu');

/** What a word is, as one pattern: the words that are stored were cut by it. */
function wordsByPattern(text: string): ReturnType<typeof wordsOf> {
  const plain = text.normalize('NFKC');
  const found = [...plain.matchAll(word)].map((match) => ({ text: match[0], start: match.index }));
  const isUnspaced = (one: string): boolean => new RegExp(`^[${unspaced}]`, 'u').test(one);
  const isNumber = (one: string): boolean => !isUnspaced(one) && /^\p{Nd}/u.test(one);
  const names = found.filter((one, index) => {
    const before = found[index - 1];
    const gap = before && plain.slice(before.start + before.text.length, one.start);
    const opens = gap === undefined || /[.!?:\n"“”„»«]/.test(gap);
    const cased = one.text.toLowerCase() !== one.text && one.text.length > 1;
    return !opens && cased && !isUnspaced(one.text) && !isNumber(one.text);
  });
  return {
    all: found.map((one) => one.text.toLowerCase()),
    spaced: found.filter((one) => isUnspaced(one.text)).length * 2 <= found.length,
    numbers: found
      .filter((one) => isNumber(one.text))
      .map((one) => one.text.replace(/[.,](?=\p{Nd}{3}(?!\p{Nd}))/gu, '').replace(',', '.')),
    names: names.map((one) => one.text.toLowerCase()),
  };
}

describe('wordsOf', () => {
  it.each([
    ['', [], []],
    ['Mira Velic paid 1,200.50 in Oster.', ['mira', 'velic', 'paid', '1,200.50', 'in', 'oster'], ['1200.50']],
    ['3.5 million, 12.', ['3.5', 'million', '12'], ['3.5', '12']],
    ['川が12日', ['川', 'が', '12', '日'], ['12']],
    ['1๑ ๒', ['1๑', '๒'], ['1๑']],
    ['𠀀𐐀\ud800a\udc00', ['𠀀', '𐐨', 'a'], []],
  ])('takes %j apart', (text, all, numbers) => {
    expect(wordsOf(text)).toMatchObject({ all, numbers });
  });

  it('cuts as one pattern does, whatever the text', () => {
    const pieces = fc.constantFrom(
      ...[
        'Talbe',
        'OSTER',
        'ß',
        'İ',
        'é',
        'e\u0301',
        ' ',
        ' ',
        '. ',
        ', ',
        ': “',
        '\n',
        '-',
        '’',
        '1',
        '2',
        '345',
        '1,200',
        '1.200.5',
        '.',
        ',',
      ],
      ...[
        '川',
        'カ',
        'ー',
        'ท่',
        'ำ',
        '๑',
        'ກ',
        'ខ',
        'မ',
        '𠀀',
        '𐐀',
        '𝟗',
        '٣',
        '१',
        '½',
        '①',
        'ﬁ',
        '\ud800',
        '\udc00',
        '\u200d',
        '😀',
        'Đ',
        'ệ',
      ],
    );
    const text = fc.array(fc.oneof({ weight: 5, arbitrary: pieces }, fc.string({ unit: 'binary', maxLength: 6 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(text, (parts) => {
        expect(wordsOf(parts.join(''))).toEqual(wordsByPattern(parts.join('')));
      }),
      { numRuns: 2000 },
    );
  });
});
