import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CatalogueError, parseSource, readCatalogue } from '../../src/catalogue/catalogue.ts';
import { addSources, removeSource } from '../../src/catalogue/edit-catalogue.ts';
import { freeId } from '../../src/catalogue/free-id.ts';

const written = `# The list of the harbour.
sources:
  # North
  - id: harbour # the first
    name: Harbour Post
    home: https://harbour.example/
    feeds: [https://harbour.example/rss]

  # South
  - id: valley
    name: Valley Tribune
    home: https://valley.example/
    exclude:
      - /video/ # no films
# The end.
`;
const hill = parseSource({
  id: 'hill',
  name: 'Hill: daily',
  home: 'https://hill.example/',
  limits: { articlesPerCrawl: 5 },
});
const ids = (text: string) => readCatalogue(text, 'f').map(({ id }) => id);

describe('addSources', () => {
  it('adds at the end of the list and leaves every other line as it was', () => {
    const text = addSources(written, [hill], 'f');
    expect(ids(text)).toEqual(['harbour', 'valley', 'hill']);
    expect(text.split('\n').filter((line) => !written.split('\n').includes(line))).toEqual([
      '  - id: hill',
      '    name: "Hill: daily"',
      '    home: https://hill.example/',
      '    limits:',
      '      articlesPerCrawl: 5',
    ]);
    expect(text.endsWith('# The end.\n')).toBe(true);
  });

  it.each([
    '',
    '# mine\n',
    'sources:\n',
    'sources: []\n',
    'sources: [{id: a, name: A, home: "https://a.example"}] # x',
    '- no',
  ])('begins or extends %j', (text) => {
    if (text === '- no') expect(() => addSources(text, [hill], 'f')).toThrow(CatalogueError);
    else expect(readCatalogue(addSources(text, [hill], 'f'), 'f').at(-1)).toEqual(hill);
  });

  it('refuses an id that is taken', () => {
    expect(() => addSources(written, [{ ...hill, id: 'valley' }], 'f')).toThrow(/'valley' is used already/);
  });
});

describe('removeSource', () => {
  it('takes out the lines of the source and no others', () => {
    const text = removeSource(written, 'harbour', 'f') ?? '';
    expect(ids(text)).toEqual(['valley']);
    expect(text).toContain('# North');
    expect(text).toContain('- /video/ # no films');
    const last = removeSource(text, 'valley', 'f') ?? '';
    expect(ids(last)).toEqual([]);
    expect(last).toContain('# The list of the harbour.');
  });

  it('is undefined for an id that is not there', () => {
    expect(removeSource(written, 'moon', 'f')).toBeUndefined();
  });

  it('undoes what adding did', () => {
    const texts = fc.string({ minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        texts,
        fc.array(
          texts.map((text) => text.replace(/[^a-z0-9 ]/gi, '.')),
          { maxLength: 3 },
        ),
        (name, exclude) => {
          const source = { ...hill, name, exclude };
          const text = addSources(written, [source], 'f');
          expect(readCatalogue(text, 'f').at(-1)).toEqual(source);
          expect(removeSource(text, 'hill', 'f')).toBe(written);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('freeId', () => {
  it.each([
    ['Süddeutsche Zeitung', 'suddeutsche-zeitung'],
    ['Дневник', 'dnevnik-example'],
    ['Дневник 24', 'dnevnik-example'],
    ['  --  ', 'dnevnik-example'],
    ['Post', 'post-2'],
  ])('of %j is %s', (name, id) => {
    expect(freeId(name, 'https://www.dnevnik.example/', [{ id: 'post' }])).toBe(id);
  });
});
