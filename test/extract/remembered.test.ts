import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';
import { remembered } from '../../src/extract/parse/remembered.ts';

describe('what is remembered of names', () => {
  it('is found once, and again when the memory was full', () => {
    const asked: string[] = [];
    const lengthOf = remembered((names) => {
      asked.push(names);
      return names.length;
    });
    expect([lengthOf('story body'), lengthOf('story body'), asked.length]).toEqual([10, 10, 1]);
    for (let index = 0; index < 1_000; index++) expect(lengthOf(`${index} `.padEnd(4_000, 'x'))).toBe(4_000);
    expect([lengthOf('story body'), asked.filter((names) => names === 'story body').length]).toEqual([10, 2]);
  });

  it('keeps lone surrogates and other letters apart', () => {
    const itself = remembered((names) => names);
    for (const names of ['\ud800', '\ud801', 'é', 'e\u0301', '"\\', '']) expect(itself(names)).toBe(names);
  });
});

describe('selectors of the operator', () => {
  it('may name an element by its siblings', () => {
    const line = (n: number): string =>
      `<p>Paragraph ${n} of the report says what the council said, and when, in a sentence of its own.</p>`;
    const html = `<article><h1>Bridge opens</h1>${line(1)}${line(2)}<h2>More</h2>${line(3)}${line(4)}</article>`;
    const read = (remove: string[]): string =>
      extractArticle({ url: 'https://a.example/b', html }, { remove }).article.text;
    expect(read([])).toContain('Paragraph 3');
    expect(read(['h2 + p'])).not.toContain('Paragraph 3');
    expect(read(['h2 + p'])).toContain('Paragraph 4');
    expect(read(['h2 ~ p'])).not.toContain('Paragraph 4');
    expect(read(['p:first-of-type'])).not.toContain('Paragraph 1 ');
  });
});
