import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../src/catalogue/catalogue.ts';
import { entryOf, parseEntry } from '../../src/catalogue/edit-entry.ts';
import { fieldsOfEntry, withFields } from '../../src/catalogue/entry-fields.ts';
import { entryFields } from '../../src/domain/entry-fields.ts';

const bundled = readFileSync('feeds/sources.yaml', 'utf8');
const entries = readCatalogue(bundled, 'sources.yaml').map(({ id }) => entryOf(bundled, id) ?? '');

describe('the fields of an entry', () => {
  it('read what it says, and write one line without touching another, in all of the bundled catalogue', () => {
    for (const entry of entries) {
      const source = parseEntry(entry);
      const fields = fieldsOfEntry(entry);
      expect(fields).toMatchObject({ name: source.name, home: source.home, feeds: source.feeds.join('\n') });
      expect(fields && withFields(entry, fields)).toBe(entry);
      const edited = withFields(entry, { schedule: '*/5 * * * *', name: 'Another: Name' });
      expect(parseEntry(edited)).toEqual({ ...source, schedule: '*/5 * * * *', name: 'Another: Name' });
      const untouched = (text: string) => text.split('\n').filter((line) => !/^(?:name|schedule):/.test(line));
      expect(untouched(edited)).toEqual(untouched(entry));
    }
  });

  it('keep the comments of items that stay in a list, and take a field out that is emptied', () => {
    const entry = `id: x # mine\nname: "X" # quoted\nhome: https://x.example/\nfeeds:\n  # the good one\n  - https://x.example/a # a\n  - https://x.example/b\ncountry: RS\n`;
    expect(
      withFields(entry, {
        feeds: 'https://x.example/c\nhttps://x.example/a',
        country: '',
        take: 'headlines',
        rate: '0.5',
      }),
    ).toBe(
      `id: x # mine\nname: "X" # quoted\nhome: https://x.example/\nfeeds:\n  # the good one\n  - https://x.example/c\n  - https://x.example/a # a\ntake: headlines\nrate: 0.5\n`,
    );
    expect(withFields('id: x\ntake: headlines\n', { take: 'articles' })).toBe('id: x\n');
  });

  it('leave a text alone that cannot be read', () => {
    for (const text of ['', '- a\n', 'id: [\n', '"text"\n']) {
      expect(fieldsOfEntry(text)).toBeUndefined();
      expect(withFields(text, { name: 'X' })).toBe(text);
    }
  });

  it('say again whatever was written into them', () => {
    const value = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .map((text) => text.trim())
      .filter((text) => text !== '');
    fc.assert(
      fc.property(value, value, (name, home) => {
        const edited = withFields('id: x\nname: X # c\nhome: y\n', { name, home });
        expect(fieldsOfEntry(edited)).toMatchObject({ name, home });
      }),
    );
    expect(entryFields).toContain('rate');
  });
});
