import { describe, expect, it } from 'vitest';
import { hashWord } from '../../src/dedupe/hash.ts';
import { storyTerms } from '../../src/dedupe/story-terms.ts';
import { wordsOf } from '../../src/dedupe/words.ts';

const termsOf = (text: string) => storyTerms(wordsOf(''), wordsOf(text));
const holds = (text: string, term: string): boolean => termsOf(text).has(hashWord(term));

describe('storyTerms', () => {
  it('are words, and the same country in every language', () => {
    expect(holds('The river Talbe rises', 'river')).toBe(true);
    expect(holds('The river Talbe rises', 'river talbe')).toBe(false);
    for (const text of [
      'Floods in Greece',
      'Inundaciones en Grecia',
      'Поводње: Грчка',
      'Überschwemmungen in Griechenland',
    ])
      expect([text, holds(text, 'country: GR')]).toEqual([text, true]);
  });

  it('are syllables and their pairs in Vietnamese, also where letters and marks are apart', () => {
    const text = 'Nước sông dâng cao, người dân thị trấn phải rời khỏi nhà cửa trong đêm';
    for (const written of [text, text.normalize('NFD')]) {
      expect(holds(written, 'thị trấn')).toBe(true);
      expect(holds(written, 'thị')).toBe(true);
    }
  });

  it('are words in languages that share some of its letters', () => {
    const romanian = 'Apa râului crește și locuitorii orașului își părăsesc casele în timpul nopții, spune primăria';
    const croatian = 'Voda rijeke raste, građani noću napuštaju kuće, a vlast đacima i učiteljima šalje čamce';
    for (const text of [romanian, croatian]) {
      const [first = '', second = ''] = wordsOf(text).all;
      expect(holds(text, first)).toBe(true);
      expect(holds(text, `${first} ${second}`)).toBe(false);
    }
  });

  it('are pairs of characters in Chinese and longer runs in scripts of letters', () => {
    expect(holds('河水泛滥成灾', '泛滥')).toBe(true);
    const thai = 'ตลาดถูกท่วม';
    expect([4, 2].map((length) => holds(thai, thai.slice(0, length)))).toEqual([true, false]);
  });
});
