import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlight, searchedWords } from '../../src/web/highlight.ts';
import { escapeHtml } from '../../src/web/html.ts';

const marked = (text: string, query: string): string => String(highlight(text, searchedWords(query)));

describe('highlight', () => {
  it('marks what was searched for, in any case and with any marks on the letters', () => {
    expect(marked('The Tram to Constanța', 'constanta tram')).toBe('The <mark>Tram</mark> to <mark>Constanța</mark>');
    expect(marked('昨天火车站', '火车站')).toContain('<mark>');
    expect(marked('Trams and tramway', 'tram')).toBe('Trams and tramway');
  });

  it('does not mark what a search leaves out', () => {
    expect([...searchedWords('tram -metro -"old bridge" or "new line"')]).toEqual(['tram', 'new', 'line']);
    expect(marked('metro', '-metro')).toBe('metro');
  });

  it('escapes whatever it is given', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, query) => {
        expect(marked(text, query).replaceAll(/<\/?mark>/g, '')).toBe(
          searchedWords(query).size === 0 ? text : escapeHtml(text),
        );
      }),
    );
  });
});
