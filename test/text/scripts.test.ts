import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../src/dedupe/words.ts';
import { isUnspaced } from '../../src/text/scripts.ts';
import { countWords } from '../../src/text/words.ts';

describe('scripts without spaces', () => {
  it.each([
    ['東京スーパー々ราคาປະເທດភ្នំမြန်', true],
    ['aЖα한।ع9-。・「 ', false],
  ])('are told by their characters: %s', (text, expected) => {
    for (const character of text)
      expect([character, isUnspaced(character.charCodeAt(0))]).toEqual([character, expected]);
  });

  it('count two characters as a word', () => {
    expect(countWords('政府今天通过了')).toBe(3.5);
    expect(countWords('The 東京 office - open')).toBe(4);
    expect(countWords('정부가 예산안을 통과시켰다')).toBe(3);
  });

  it('are cut into characters for fingerprints, in the way in which stored ones were made', () => {
    expect(wordsOf('東京のサーバー、ราคา 3,5 Novi Sad').all).toEqual([
      '東',
      '京',
      'の',
      'サ',
      'ー',
      'バ',
      'ー',
      'ร',
      'า',
      'ค',
      'า',
      '3,5',
      'novi',
      'sad',
    ]);
  });
});
