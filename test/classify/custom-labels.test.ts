import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CustomLabelsError, readCustomLabels } from '../../src/classify/custom-labels.ts';

const mistakes = (text: string): string => {
  try {
    readCustomLabels(text, 'labels.yaml');
    return '';
  } catch (error) {
    if (error instanceof CustomLabelsError) return error.message;
    throw error;
  }
};

describe("the operator's own labels", () => {
  it('fill in what an entry does not say', () => {
    const { topics, regions } = readCustomLabels(
      `
topics:
  - { id: energy, name: Energy, any: [gas pipeline, electric*], parent: economy }
regions:
  - { id: alps, name: Alps, countries: [AT, CH, SI] }
`,
      'labels.yaml',
    );
    expect(topics).toEqual([
      { id: 'energy', name: 'Energy', any: ['gas pipeline', 'electric*'], not: [], parent: 'economy', threshold: 1 },
    ]);
    expect(regions).toEqual([{ id: 'alps', name: 'Alps', countries: ['AT', 'CH', 'SI'] }]);
  });

  it('may be empty, or half begun', () => {
    for (const text of ['', 'topics: []', 'topics:\nregions:\n'])
      expect(readCustomLabels(text, 'labels.yaml')).toEqual({ topics: [], regions: [] });
  });

  it('name file, line, field and what was expected, for all mistakes at once', () => {
    const lines = mistakes(`topics:
  - id: Energy!
    name: Energy
    any: []
  - id: power
    any: [coal]
    parent: money
    colour: red
regions:
  - id: alps
    name: Alps
    countries: [AT, Swiss]
places: []
`).split('\n');
    expect(lines).toHaveLength(7);
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^labels\.yaml:2: id: .*lower-case letters/),
        expect.stringMatching(/^labels\.yaml:4: any: .*at least one term/),
        expect.stringMatching(/^labels\.yaml:5: name: .*string/),
        expect.stringMatching(/^labels\.yaml:7: parent: .*economy/),
        expect.stringMatching(/^labels\.yaml:8: colour: there is no field 'colour'; the fields are id, name, any, not/),
        expect.stringMatching(/^labels\.yaml:12: countries\.1: .*ISO 3166-1 alpha-2/),
        expect.stringMatching(/^labels\.yaml:13: there is no field 'places'; the fields are topics, regions$/),
      ]),
    );
  });

  it('have ids that mean one thing in an address', () => {
    const topic = (id: string) => `  - { id: ${id}, name: X, any: [x] }\n`;
    const region = (id: string) => `  - { id: '${id}', name: X, countries: [RS] }\n`;
    expect(mistakes(`topics:\n${topic('sport')}`)).toMatch(/^labels\.yaml:2: id: 'sport' is a topic that the wire has/);
    expect(mistakes(`topics:\n${topic('a')}${topic('a')}`)).toMatch(/^labels\.yaml:3: id: 'a' is used already/);
    expect(mistakes(`regions:\n${region('rs')}`)).toMatch(/'rs' is the code of a country/);
    expect(mistakes(`regions:\n${region('039')}`)).toMatch(/'039' is a region of UN M49/);
    expect(mistakes(`regions:\n${region('southern-europe')}`)).toMatch(/UN M49/);
    expect(mistakes(`regions:\n${region('balkans')}`)).toBe('');
  });

  it('say where YAML itself is broken', () => {
    expect(mistakes('topics:\n  - id: "a\n')).toMatch(/^labels\.yaml:\d+: /);
    expect(mistakes('- a list\n')).toMatch(/^labels\.yaml:1: /);
  });

  it('never fail in another way, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void mistakes(text)));
  });
});
