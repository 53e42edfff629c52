import { describe, expect, it } from 'vitest';
import { excerpt } from '../../src/text/excerpt.ts';
import { changesBetween } from '../../src/web/changes.ts';

describe('changesBetween', () => {
  it('says what was added, cut and renamed', () => {
    expect(
      changesBetween(
        { title: 'Two hurt', text: 'A\nTwo are hurt.\n\nB' },
        { title: 'Three hurt', text: 'B\nThree are hurt.\nA' },
      ),
    ).toEqual({ title: 'Two hurt', added: ['Three are hurt.'], removed: ['Two are hurt.'] });
  });

  it('is empty for the same text', () => {
    const text = { title: 'T', text: 'A\nB' };
    expect(changesBetween(text, text)).toEqual({ title: undefined, added: [], removed: [] });
  });
});

describe('excerpt', () => {
  it('keeps short texts whole, on one line', () => {
    expect(excerpt('One line.\nAnother  one.')).toBe('One line. Another one.');
  });

  it('ends at a sentence where one ends late enough, else at a word', () => {
    const sentence = 'The council voted for the new tram line across the river. ';
    expect(excerpt(sentence.repeat(9), 130)).toBe(sentence.repeat(2).trim());
    expect(excerpt('word '.repeat(100), 22)).toBe('word word word word …');
    expect(excerpt('“Yes.” He left the room without another word, and without his hat', 8)).toBe('“Yes.”');
  });

  it('never cuts a character in two', () => {
    expect(excerpt('😀'.repeat(30), 21).isWellFormed()).toBe(true);
  });
});
