import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupHeadlines } from '../../src/dedupe/headlines.ts';

const ticker = [
  'River Talbe floods market town of Oster, two missing',
  'Bank of Velia raises rates for third time',
  'Oster market town flooded by river Talbe, two missing',
  'Rescuers in boats look for missing shopkeepers of Oster as Talbe falls',
  'Velia votes on new constitution in May',
  'Striker Dolen leaves Brodno after nine seasons',
  'Stadium of Brodno opens with a concert',
  'Film about lighthouse keeper wins Velia prize',
];

describe('groupHeadlines', () => {
  it('finds versions and stories, each named by its first headline', () => {
    const groups = groupHeadlines(ticker);
    expect(groups.map((group) => group.version)).toEqual([0, 1, 0, 3, 4, 5, 6, 7]);
    expect(groups.map((group) => group.story)).toEqual([0, 1, 0, 0, 4, 5, 6, 7]);
  });

  it('knows by the kind of event what is told in other words, and kinds of events apart', () => {
    const coast = ['Cyclone Odile nears Pelagia', 'Wild weather cuts power across Pelagia'];
    const other = ['Pelagia port orders two cranes', 'Storm of protest over parking fees in Mirsk'];
    const groups = groupHeadlines([...ticker, ...coast, ...other]);
    expect(groups.slice(ticker.length).map((group) => group.story)).toEqual([8, 8, 10, 11]);
    expect(groups[9]?.version).toBe(9);
  });

  it('keeps together what is the same, and a version within one story', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ticker), { maxLength: 12 }), (headlines) => {
        const groups = groupHeadlines([...ticker, ...headlines]);
        groups.forEach(({ version, story }, place) => {
          expect(version).toBeLessThanOrEqual(place);
          expect(groups[version]?.story).toBe(story);
          expect(groups[story]?.story).toBe(story);
        });
      }),
    );
  });

  it('takes headlines without words', () => {
    expect(groupHeadlines(['', '…', ''])).toEqual([0, 1, 2].map((place) => ({ version: place, story: place })));
    expect(groupHeadlines([])).toEqual([]);
  });
});
