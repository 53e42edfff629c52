import { describe, expect, it } from 'vitest';
import { findDate } from '../../src/extract/metadata/dates.ts';

describe('findDate', () => {
  it.each([
    ['2023-12-22T10:15:00-05:00', undefined, '2023-12-22T15:15:00.000Z'],
    ['20231222T101500Z', undefined, '2023-12-22T10:15:00.000Z'],
    ['Fri, 22 Dec 2023 10:15:00 GMT', undefined, '2023-12-22T10:15:00.000Z'],
    ['3:15 PM EST, Fri December 22, 2023', 'en', '2023-12-22T20:15:00.000Z'],
    ['12/22/2023', 'en', '2023-12-22T00:00:00.000Z'],
    ['03/04/2023', 'en-US', '2023-03-04T00:00:00.000Z'],
    ['03/04/2023', 'fr', '2023-04-03T00:00:00.000Z'],
    ['22. Dezember 2023, 14:05 Uhr', 'de', '2023-12-22T14:05:00.000Z'],
    ['Le 3 août 2023 à 12h30', 'fr', '2023-08-03T12:30:00.000Z'],
    ['22 de diciembre de 2023', 'es', '2023-12-22T00:00:00.000Z'],
    ['22 listopada 2023', 'pl', '2023-11-22T00:00:00.000Z'],
    ['22. listopada 2023', 'hr', '2023-10-22T00:00:00.000Z'],
    ['13 травня 2020', 'uk', '2020-05-13T00:00:00.000Z'],
    ['2019. február 3., 10:11', 'hu', '2019-02-03T10:11:00.000Z'],
    ['1 มกราคม 2566', 'th', '2023-01-01T00:00:00.000Z'],
    ['٢٢ ديسمبر ٢٠٢٣', 'ar', '2023-12-22T00:00:00.000Z'],
    ['2023年12月22日 10時15分', 'ja', '2023-12-22T10:15:00.000Z'],
    ['2023년 12월 22일', 'ko', '2023-12-22T00:00:00.000Z'],
  ])('reads %s', (text, language, instant) => {
    expect(findDate(text, language)?.instant).toBe(instant);
  });

  it('keeps the offset that the page gave', () => {
    expect(findDate('2023-12-22T23:30:00-05:00')?.local).toBe('2023-12-22T23:30:00-05:00');
  });

  it.each(['', 'no date', '2023-13-45', '31 February 2023', '1812-06-24', 'call 2023-22'])(
    'finds none in %j',
    (text) => {
      expect(findDate(text, 'en')).toBeUndefined();
    },
  );
});
