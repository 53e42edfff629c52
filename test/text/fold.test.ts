import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, otherSpellings } from '../../src/text/fold.ts';

describe('fold', () => {
  it.each([
    ['Constanța', 'constanta'],
    ['Constant\u0326a', 'constanta'],
    ['Мост', 'most'],
    ['Ђоковић', 'djokovic'],
    ['Đoković', 'djokovic'],
    ['Љубљана', 'ljubljana'],
    ['Шабац', 'sabac'],
    ['Αθήνα', 'athina'],
    ['Łódź', 'lodz'],
    ['İstanbul', 'istanbul'],
    ['Straße', 'strasse'],
    ['مُحَمَّد', 'محمد'],
    ['أحمد', 'احمد'],
    ['शांति', 'शांति'],
    ['한국', '한국'],
    ['٢٠٢٦', '2026'],
    ['co\u00adope\u200bration', 'cooperation'],
  ])('%s is %s', (text, plain) => expect(fold(text).normalize('NFC')).toBe(plain));

  it('sets characters apart where a script writes no spaces', () => {
    expect(fold('東京で').split(/\s+/).filter(Boolean)).toEqual(['東', '京', 'で']);
  });

  it('is folded already when it is folded again, and does not mind how a text is composed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const words = (one: string) => one.split(/\s+/).filter(Boolean).join(' ');
        expect(words(fold(fold(text)))).toBe(words(fold(text)));
        expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')));
      }),
      { numRuns: 300 },
    );
  });
});

describe('other spellings', () => {
  it.each([
    ['Шойгу', 'shoygu'],
    ['Жуков', 'zhukov'],
    ['Зеленский', 'zelensky'],
    ['Zelenskyy', 'zelensky'],
    ['Müller', 'mueller'],
    ['Ålborg', 'aalborg'],
    ['Đà', 'da'],
  ])('%s is also %s', (text, other) => expect(otherSpellings(text)).toContain(other));

  it('are none of plain words', () => expect(otherSpellings('A plain headline, 2026')).toEqual([]));
});
