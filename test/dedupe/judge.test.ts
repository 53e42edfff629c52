import { describe, expect, it } from 'vitest';
import { compare, type Features } from '../../src/dedupe/features.ts';
import { fingerprintOf } from '../../src/dedupe/fingerprint.ts';
import { judge } from '../../src/dedupe/judge.ts';
import { isSeries } from '../../src/dedupe/series.ts';
import { edited, writing } from './writing.ts';

const none: ReadonlySet<number> = new Set();
const side = (source: string, hours: number, title: string, text: string) => ({
  ...{
    source,
    at: new Date(Date.UTC(2026, 10, 20) + hours * 3_600_000).toISOString(),
    fingerprint: fingerprintOf(title, text),
  },
});
const text = writing('flood', 200);
const first = side('post', 0, 'River floods Oster', text);
const verdict = (features: Features) => judge(features).verdict;

describe('compare', () => {
  it('is the same both ways', () => {
    const other = side('herald', 3, 'Flood in Oster', `${writing('else', 50)} ${edited(text, 12)}`);
    expect(compare(first, other, none)).toEqual(compare(other, first, none));
  });

  it('finds all of a part in the whole', () => {
    const part = compare(first, side('herald', 3, 'Flood', text.slice(0, 500)), none);
    expect(part.containment).toBeGreaterThan(0.95);
    expect(part.jaccard).toBeLessThan(0.6);
    expect(part.passage).toBeGreaterThan(60);
  });

  it('leaves out what is the source’s boilerplate', () => {
    const block = writing('standing block', 80);
    const a = side('post', 0, 'Flood', `${writing('a', 40)} ${block}`);
    const b = side('post', 3, 'Bank', `${writing('b', 40)} ${block}`);
    const boilerplate = new Set(fingerprintOf('', block).shingles);
    expect(compare(a, b, none).containment).toBeGreaterThan(0.6);
    expect(compare(a, b, boilerplate).ownContainment).toBeLessThan(0.1);
  });

  it('is finite for texts without words', () => {
    const empty = side('post', 0, '', '');
    for (const value of Object.values(compare(empty, empty, none))) expect(value).not.toBeNaN();
    expect(verdict(compare(empty, empty, none))).toBe('different');
  });
});

describe('judge', () => {
  it.each<[string, string, string]>([
    ['the same text under another headline', 'Rain brings river over its banks', text],
    ['edits', 'River floods Oster', edited(text, 15)],
    ['a cut', 'River floods Oster', text.slice(0, 600)],
    ['a stub', 'River floods Oster', `${text.slice(0, 260)}… Subscribe to go on reading.`],
    ['page boilerplate around it', 'River floods Oster', `${writing('menu', 60)}\n${text}\n${writing('foot', 60)}`],
  ])('sees one article in: %s', (_, title, told) => {
    expect(verdict(compare(first, side('herald', 5, title, told), none))).toBe('duplicate');
  });

  it.each<[string, string, string]>([
    ['another text under the same headline', 'River floods Oster', writing('other', 200)],
    [
      'a quotation',
      'What the mayor said',
      `${writing('comment', 300)} “${text.slice(0, 300)}” ${writing('more', 100)}`,
    ],
  ])('sees two articles in: %s', (_, title, told) => {
    expect(verdict(compare(first, side('herald', 5, title, told), none))).not.toBe('duplicate');
  });
});

describe('two short reports told alike', () => {
  it.each([
    [
      'Radfahrer bei Unfall in Celle verletzt',
      'Ein Radfahrer ist am Montag in Celle von einem Auto erfasst und verletzt worden. Die Polizei sucht Zeugen.',
      ['Celle', 'Gera'],
      ['Montag', 'Dienstag'],
    ],
    [
      'Fire destroys house in Leeds',
      'A fire destroyed a house in Leeds on Monday night. Two people were taken to hospital. The cause is being looked into.',
      ['Leeds', 'Norwich'],
      ['Monday', 'Tuesday'],
    ],
    [
      'Cycliste blessé à Nîmes',
      'Un cycliste a été blessé lundi à Nîmes par une voiture qui a pris la fuite. La police cherche des témoins.',
      ['Nîmes', 'Dijon'],
      ['lundi', 'mardi'],
    ],
  ])('are no one article: %s', (title, body, [here = '', there = ''], [day = '', next = '']) => {
    const moved = (words: string): string => words.replaceAll(here, there).replaceAll(day, next);
    const [a, b] = [side('post', 0, title, body), side('herald', 18, moved(title), moved(body))];
    expect(verdict(compare(a, b, none))).not.toBe('duplicate');
    expect(verdict(compare(a, side('herald', 2, title, `${body} (dpa)`), none))).toBe('duplicate');
  });
});

it.each([
  [
    'Ana Robledo resigned as transport minister on Tuesday over the harbour contracts of Luz.',
    'Over the harbour contracts of Luz, transport minister Ana Robledo on Tuesday resigned.',
  ],
  [
    'Ministri i Transportit Arben Hoxha dha dorëheqjen të martën pas skandalit të portit.',
    'Pas skandalit të portit, të martën dha dorëheqjen ministri i Transportit Arben Hoxha.',
  ],
])('sees two articles where two outlets tell one sentence each in its own order: %s', (one, other) => {
  const [a, b] = [side('post', 0, 'Minister resigns', one), side('herald', 4, 'Harbour scandal', other)];
  expect(verdict(compare(a, b, none))).not.toBe('duplicate');
});

describe('isSeries', () => {
  const report = (day: number): string =>
    `${day}.${day * 2} degrees, wind ${day * 5} km/h, rain ${day * 7} mm, sun ${day + 4} hours. ${writing('weather', 60)}`;
  const today = side('post', 0, 'Weather', report(3));

  it('knows the report of another day at the same outlet', () => {
    expect(isSeries(compare(today, side('post', 24, 'Weather', report(4)), none))).toBe(true);
  });

  it('does not take for one: another outlet, the same day, the same figures', () => {
    expect(isSeries(compare(today, side('herald', 24, 'Weather', report(4)), none))).toBe(false);
    expect(isSeries(compare(today, side('post', 2, 'Weather', report(4)), none))).toBe(false);
    expect(isSeries(compare(today, side('post', 24, 'Weather', report(3)), none))).toBe(false);
  });
});
