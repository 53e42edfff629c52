import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CatalogueError, readCatalogue } from '../../src/catalogue/catalogue.ts';
import { addEntry, entryOf, replaceEntry } from '../../src/catalogue/edit-entry.ts';

const written = `# The list of the harbour.
sources:
  # North
  - id: harbour # the first
    name: Harbour Post
    # their feed of news
    feeds: [https://harbour.example/rss]
    home: https://harbour.example/

  # South
  - id: valley
    name: Valley Tribune
    home: https://valley.example/
    exclude:
      - /video/ # no films
# The end.
`;

describe('an entry', () => {
  it('is shown as it was written, comments included', () => {
    expect(entryOf(written, 'harbour')).toBe(`id: harbour # the first
name: Harbour Post
# their feed of news
feeds: [https://harbour.example/rss]
home: https://harbour.example/
`);
    expect(entryOf(written, 'moon')).toBeUndefined();
  });

  it('is put back without touching another line', () => {
    for (const id of ['harbour', 'valley'])
      expect(replaceEntry(written, id, entryOf(written, id) ?? '', 'f')).toBe(written);
    const edited = replaceEntry(written, 'valley', `${entryOf(written, 'valley')}take: headlines # for now\n`, 'f');
    expect(edited).toBe(written.replace('# no films\n', '# no films\n    take: headlines # for now\n'));
  });

  it.each([
    ['names: x', /no such field/],
    ['id: valley\nname: V\nhome: nowhere', /http\(s\) address/],
    ['id: hill\nname: V\nhome: https://valley.example/', /never changes/],
    ['id: valley\nname: V\nhome: https://valley.example/\n- id: evil', /entry:\d|f:\d/],
    ['- id: valley\n  name: V\n  home: https://valley.example/', /one source is expected/],
    ['id: [', /entry:\d+/],
    ['just words', /one source is expected/],
  ])('that is %j is refused', (entry, message) => {
    expect(() => replaceEntry(written, 'valley', entry, 'f')).toThrow(CatalogueError);
    expect(() => replaceEntry(written, 'valley', entry, 'f')).toThrow(message);
  });

  it('is added as it was written', () => {
    const { text, id } = addEntry(written, '# new\nid: hill\nname: Hill # on it\nhome: https://hill.example/\n', 'f');
    expect(id).toBe('hill');
    expect(text).toContain('name: Hill # on it');
    expect(readCatalogue(text, 'f').map((one) => one.id)).toEqual(['harbour', 'valley', 'hill']);
  });

  it('of a bracketed list keeps the rest', () => {
    const flow =
      'sources: [{id: a, name: A, home: "https://a.example"}, {id: b, name: B, home: "https://b.example"}] # x\n';
    const edited = replaceEntry(flow, 'b', 'id: b\nname: Bee\nhome: https://b.example\n', 'f');
    expect(readCatalogue(edited, 'f').map(({ name }) => name)).toEqual(['A', 'Bee']);
    expect(edited).toContain('# x');
  });

  it('never changes another entry, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80, unit: 'binary' }), (text) => {
        let edited: string;
        try {
          edited = replaceEntry(written, 'harbour', text, 'f');
        } catch (error) {
          expect(error).toBeInstanceOf(CatalogueError);
          return;
        }
        expect(readCatalogue(edited, 'f')[1]).toEqual(readCatalogue(written, 'f')[1]);
      }),
      { numRuns: 60 },
    );
  });
});
