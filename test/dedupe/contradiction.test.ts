import { describe, expect, it } from 'vitest';
import { contradicts } from '../../src/dedupe/contradiction.ts';
import { compare } from '../../src/dedupe/features.ts';
import { fingerprintOf } from '../../src/dedupe/fingerprint.ts';
import { judge } from '../../src/dedupe/judge.ts';
import { writing } from './writing.ts';

const rest = writing('what every report of this kind says', 160);
const told = (title: string, lead: string, source = title) => ({
  ...{ title, fingerprint: fingerprintOf(title, `${lead} ${rest}`), source, at: undefined },
});
type Report = ReturnType<typeof told>;

/** What `decide` does with two reports whose texts are nearly the same. */
const isOne = (a: Report, b: Report): boolean =>
  judge(compare(a, b, new Set())).verdict === 'duplicate' && !contradicts(a, b);

describe('reports that are told alike are not one', () => {
  it.each<[string, readonly [string, string], readonly [string, string]]>([
    [
      'a service’s template, filled for two towns',
      ['Quake of 4.2 near Vranje', 'A quake of 4.2 shook Vranje, the institute in Skopje said.'],
      ['Quake of 3.9 near Kumanovo', 'A quake of 3.9 shook Kumanovo, the institute in Skopje said.'],
    ],
    [
      'the market of two days under one headline',
      ['DAX schließt fester', 'Der Leitindex hat am Montag bei 18.204 Punkten geschlossen.'],
      ['DAX schließt fester', 'Der Leitindex hat am Mittwoch bei 18.150 Punkten geschlossen.'],
    ],
    [
      'what opens the headline and has other figures',
      ['Vektra recalls 41,000 cars over brakes', 'Vektra is recalling 41,000 cars because of faulty brakes.'],
      ['Solaris recalls 12,500 cars over belts', 'Solaris is recalling 12,500 cars because of loose belts.'],
    ],
    [
      'a verdict that was prepared both ways',
      ['Court acquits former mayor', 'The court acquitted the former mayor on all counts.'],
      ['Court convicts former mayor', 'The court convicted the former mayor on all counts.'],
    ],
    [
      'a vote, in Serbian',
      ['Skupština usvojila zakon o vodama', 'Poslanici su danas usvojili zakon o vodama.'],
      ['Skupština odbila zakon o vodama', 'Poslanici su danas odbili zakon o vodama.'],
    ],
    [
      'a denial',
      ['Minister: taxes will rise', 'The minister said that taxes will rise.'],
      ['Minister: taxes will not rise', 'The minister said that taxes will not rise.'],
    ],
    [
      'who won',
      ['Dunav beat Rudar 2-1', 'Dunav beat Rudar 2-1 in the ninth round.'],
      ['Rudar beat Dunav 2-1', 'Rudar beat Dunav 2-1 in the ninth round.'],
    ],
  ])('%s', (_, a, b) => {
    expect(isOne(told(...a), told(...b))).toBe(false);
    expect(isOne(told(...b), told(...a))).toBe(false);
  });
});

describe('a copy stays one', () => {
  it('under two headlines that share no name, cut or with more behind it', () => {
    const lead =
      'Trains rolled over the valley bridge for the first time in two years on Friday, engineers in Prijepolje said.';
    const cut = told('Freight First: Line to the Port of Bar Reopens', lead);
    const longer = told(
      'Grain Trains Resume as Serbian Viaduct Passes',
      `${lead} Brokers in Constanța reckon with less maize.`,
    );
    expect([isOne(cut, longer), isOne(longer, cut)]).toEqual([true, true]);
  });

  const agency = told(
    'Old ferry of Baja to be a museum',
    'The old ferry that carried people from Baja over the river for 60 years becomes a museum in spring, the port said on Monday.',
  );
  it.each<[string, string, string]>([
    [
      'with a word of headline and lead edited',
      'Historic ferry of Baja to be a museum',
      'The historic ferry that carried people from Baja across the river for 60 years becomes a museum in spring, the port said.',
    ],
    [
      'with a dateline',
      'Old ferry of Baja to be a museum',
      'BAJA, Nov 2 (MTI) - The old ferry that carried people from Baja over the river for 60 years becomes a museum in spring.',
    ],
    [
      'under another headline',
      'A second life on the Danube',
      'The old ferry that carried people from Baja over the river for 60 years becomes a museum in spring, the port said on Monday.',
    ],
    [
      'under a headline that opposes nothing it says',
      'Museum opens on old ferry of Baja',
      'The old ferry that carried people from Baja over the river for 60 years becomes a museum in spring.',
    ],
    [
      'with the paper’s name behind its headline',
      'Old ferry of Baja to be a museum | The Ledger',
      'The old ferry that carried people from Baja over the river for 60 years becomes a museum in spring, the port said on Monday.',
    ],
    [
      'in capitals',
      'OLD FERRY OF BAJA TO BE A MUSEUM',
      'The old ferry that carried people from Baja over the river for 60 years becomes a museum in spring.',
    ],
  ])('%s', (_, title, lead) => {
    expect(isOne(agency, told(title, lead, 'herald'))).toBe(true);
    expect(isOne(told(title, lead, 'herald'), agency)).toBe(true);
  });

  const text = 'The old ferry that carried people from Baja over the river becomes a museum, the port said on Monday.';
  it.each<[string, readonly [string, string], readonly [string, string]]>([
    [
      'both rise and fall in other words',
      ['Fees of Baja ferry climb as guests fall', text],
      ['Fees of Baja ferry rise as guests drop', text],
    ],
    [
      'two names in another order',
      ['Baja and Kalocsa want old ferry as museum', text],
      ['Kalocsa and Baja want old ferry for museum', text],
    ],
    ['opposites said of other things', ['Ferry museum opens', text], ['Ferry season closes', text]],
    [
      'another paragraph first, which names another day',
      ['Old ferry to be a museum', text],
      [
        'Old ferry to be a museum',
        `Councillors vote about their share of the costs at their next meeting on Thursday, and so far it is not known how many of them will be there, since half of them fell ill after the dinner of the fire brigade and the rest do not speak to each other. ${text}`,
      ],
    ],
  ])('%s', (_, a, b) => {
    expect(isOne(told(...a), told(...b))).toBe(true);
    expect(isOne(told(...b), told(...a))).toBe(true);
  });

  it('a name beside a sign that folding drops, in a script without spaces', () => {
    const of = (title: string) => ({
      title,
      fingerprint: fingerprintOf(title, '宮原選手が検査で陽性となった。'.repeat(20)),
    });
    expect(
      contradicts(of('宮原選手が陽性 サッカーＪ１、再開後で初'), of('宮原選手が陽性 サッカーＪ１、再開後で初｜静岡')),
    ).toBe(false);
  });
});
