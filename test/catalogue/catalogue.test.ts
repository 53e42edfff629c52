import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CatalogueError, parseSource, readCatalogue, writeCatalogue } from '../../src/catalogue/catalogue.ts';
import { isWanted } from '../../src/crawl/run/is-wanted.ts';
import type { Source } from '../../src/domain/source.ts';

const mistakes = (text: string): string => {
  try {
    readCatalogue(text, 'sources.yaml');
    return '';
  } catch (error) {
    if (error instanceof CatalogueError) return error.message;
    throw error;
  }
};

describe('a catalogue', () => {
  it('fills in what an entry does not say', () => {
    const [source] = readCatalogue('sources:\n  - {id: a, name: A, home: "https://a.example/"}\n', 'sources.yaml');
    expect(source).toMatchObject({ feeds: [], schedule: 'adaptive', content: 'summary', render: 'http' });
    expect(source?.limits.articlesPerCrawl).toBe(100);
  });

  it('may be empty', () => {
    expect(readCatalogue('', 'sources.yaml')).toEqual([]);
    expect(readCatalogue('sources: []', 'sources.yaml')).toEqual([]);
  });

  it('names file, line, field and what was expected, for all mistakes at once', () => {
    const text = `sources:
  - id: Wrong Id
    name: One
    home: nowhere
  - id: two
    name: Two
    home: https://two.example/
    country: Serbia
    schedule: now and then
    exclude: ['(']
    colour: red
    limits: { articlesPerCrawl: 0 }
`;
    const lines = mistakes(text).split('\n');
    expect(lines).toHaveLength(7);
    expect(lines[0]).toMatch(/^sources\.yaml:2: id: .*lower-case/);
    expect(lines[1]).toMatch(/^sources\.yaml:4: home: .*http/);
    expect(lines.join('\n')).toMatch(/sources\.yaml:8: country: .*RS/);
    expect(lines.join('\n')).toMatch(/sources\.yaml:9: schedule: .*cron/);
    expect(lines.join('\n')).toMatch(/sources\.yaml:10: exclude: .*regular expression/);
    expect(lines.join('\n')).toMatch(/sources\.yaml:\d+: colour: there is no such field; the fields are id, name/);
    expect(lines.join('\n')).toMatch(/sources\.yaml:12: limits\.articlesPerCrawl: /);
  });

  it('takes no pattern that a long address could hold us up with, and says what to use instead', () => {
    const entry = (exclude: string) =>
      `sources:\n  - {id: a, name: A, home: "https://a.example/", exclude: ['${exclude}']}\n`;
    expect(mistakes(entry('^(?!.*/sport/)'))).toMatch(/^sources\.yaml:2: exclude.*RE2.*\(\?!.*use `exclude`$/);
    expect(mistakes(entry('(a)\\1'))).toMatch(/RE2.*invalid escape/);
    const [source] = readCatalogue(entry('(?i)^https://[^/]+/(?:SPORT|(a+)+$)'), 'sources.yaml') as [Source];
    expect(isWanted(source, 'https://a.example/sport/1')).toBe(false);
    // A backtracking engine needs years for this one.
    expect(isWanted(source, `https://a.example/${'a'.repeat(5000)}b`)).toBe(true);
  });

  it('names both lines of an id used twice', () => {
    const entry = '  - {id: a, name: A, home: "https://a.example/"}\n';
    expect(mistakes(`sources:\n${entry}${entry}`)).toBe(
      "sources.yaml:3: id: 'a' is used already at line 2; ids must differ",
    );
  });

  it('says where YAML itself is broken', () => {
    expect(mistakes('sources:\n  - id: "a\n')).toMatch(/^sources\.yaml:\d+: /);
    expect(mistakes('- just\n- a list\n')).toMatch(/^sources\.yaml:1: /);
  });

  it('never fails in another way, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void mistakes(text)));
  });

  it('reads back what it writes', () => {
    const source = parseSource({
      id: 'a',
      name: 'A: one',
      home: 'https://a.example/',
      lang: 'sr',
      exclude: ['/video/'],
      limits: { articlesPerCrawl: 5 },
    });
    const text = writeCatalogue([source]);
    expect(text).not.toContain('render');
    expect(readCatalogue(text, 'sources.yaml')).toEqual([source]);
  });
});
