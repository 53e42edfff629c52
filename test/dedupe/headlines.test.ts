import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dedupeAll } from '../../src/app/dedupe-stream.ts';
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

const opposed = [
  [
    'Court of Brodno acquits builder of stadium in bribery case',
    'Court of Brodno convicts builder of stadium in bribery case',
  ],
  ['Oster beat Brodno 2-1 in ninth round of league', 'Brodno beat Oster 2-1 in ninth round of league'],
  ['Mayor of Oster says water prices will rise next year', 'Mayor of Oster says water prices will not rise next year'],
  ['Three killed in crash of two cars near Mirsk', 'Three killed in crash of two cars near Pelagia'],
] as const;

describe('groupHeadlines', () => {
  it.each(opposed)('makes no version of what contradicts it: %s', (one, other) => {
    const groups = groupHeadlines([...ticker, one, other]);
    expect(groups.slice(ticker.length).map((group) => group.version)).toEqual([ticker.length, ticker.length + 1]);
  });

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
        groups.forEach(({ version, story }, index) => {
          expect(version).toBeLessThanOrEqual(index);
          expect(groups[version]?.story).toBe(story);
          expect(groups[story]?.story).toBe(story);
        });
      }),
    );
  });

  it('takes headlines without words', () => {
    expect(groupHeadlines(['', '…', ''])).toEqual([0, 1, 2].map((index) => ({ version: index, story: index })));
    expect(groupHeadlines([])).toEqual([]);
  });
});

describe('headlines one by one, as articles without a text', () => {
  const decide = (headlines: readonly (readonly [string, string?, string?])[]) =>
    dedupeAll(
      headlines.map(([title, text = '', published], index) => {
        return { id: `${index}`, url: undefined, title, text, published, lang: undefined, source: 'ticker' };
      }),
    );
  const [flood = '', , , rescue = ''] = ticker;

  it('are one when nearly all words are the same, in any script', async () => {
    const reworded = `${flood}, say rescuers`;
    const chinese = ['政府通过明年预算草案议会星期三开始审议', '政府通过明年预算草案，议会星期三开始审议'] as const;
    const found = await decide([[flood], [rescue], [reworded], [chinese[0]], [chinese[1]]]);
    expect(found.map(({ duplicateOf }) => duplicateOf)).toEqual([null, null, '0', null, '3']);
  });

  it('are each an item of its own when they are told of other things, in few words or on another day', async () => {
    const town = (name: string): [string] => [`Weather for ${name}: forecast for Monday`];
    const day = (date: string): [string, string, string] => [flood, '', `2026-11-${date}T08:00:00Z`];
    const found = await decide([town('Oster'), town('Brodno'), ['In pictures'], ['In pictures'], day('20'), day('21')]);
    expect(found.map(({ kind }) => kind)).toEqual(Array(6).fill('new'));
  });

  it.each(opposed)('are no version of what contradicts them: %s', async (one, other) => {
    expect((await decide([[one], [other]])).map(({ kind }) => kind)).toEqual(['new', 'new']);
  });

  it('join the story of an article, and are never merged with one', async () => {
    const text = `${rescue}. The river Talbe flooded the market town of Oster on Friday, and two shopkeepers are missing.`;
    const found = await decide([[flood, text], [flood], ['Velia votes on new constitution in May']]);
    expect(found.map(({ kind, story }) => [kind, story])).toEqual([
      ['new', '0'],
      ['new', '0'],
      ['new', '2'],
    ]);
  });
});
