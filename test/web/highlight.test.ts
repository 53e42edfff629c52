import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aroundFound, highlight } from '../../src/web/highlight.ts';
import { escapeHtml } from '../../src/web/html.ts';

const marked = (text: string, ...found: string[]): string => String(highlight(text, new Set(found)));

describe('highlight', () => {
  it('marks whole words, in any case', () => {
    expect(marked('The Tram to Constanța', 'tram', 'constanța')).toBe(
      'The <mark>Tram</mark> to <mark>Constanța</mark>',
    );
    expect(marked('Trams and tramway', 'tram')).toBe('Trams and tramway');
    expect(marked('metro')).toBe('metro');
  });

  it('escapes whatever it is given', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), (text, found) => {
        expect(marked(text, ...found).replaceAll(/<\/?mark>/g, '')).toBe(escapeHtml(text));
      }),
    );
  });
});

describe('the part around what was found', () => {
  const long = `${'before '.repeat(40)}the tram came ${'behind '.repeat(60)}`;
  it('holds it, and not much more', () => {
    const part = aroundFound(long, new Set(['tram'])) ?? '';
    expect(part).toMatch(/^… before .* the tram came behind .* …$/);
    expect(part.length).toBeLessThan(300);
  });

  it('is there whenever the word is, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(aroundFound(`${before} tram ${after}`, new Set(['tram']))).toContain('tram');
      }),
    );
    expect(aroundFound(long, new Set(['metro']))).toBeUndefined();
  });
});
