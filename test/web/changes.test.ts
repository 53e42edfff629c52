import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerpt } from '../../src/text/excerpt.ts';
import { changesBetween } from '../../src/web/changes.ts';

describe('changesBetween', () => {
  const added = (text: string) => ({ kind: 'added', text });
  const removed = (text: string) => ({ kind: 'removed', text });
  const same = (text: string) => ({ kind: 'same', text });

  it('says by word what an edited block and the headline say now', () => {
    const before = { title: 'Two hurt', text: 'A\nTwo people are hurt after the crash.\n\nB' };
    const after = { title: 'Three hurt', text: 'B\nThree people are hurt after the crash.\nA' };
    expect(changesBetween(before, after)).toEqual({
      title: [removed('Two'), added('Three'), same(' hurt')],
      blocks: [[removed('Two'), added('Three'), same(' people are hurt after the crash.')]],
    });
  });

  it('keeps apart what has little in common', () => {
    const version = (text: string) => ({ title: 'T', text });
    expect(changesBetween(version('The tram is late.'), version('Nobody knows why.')).blocks).toEqual([
      [added('Nobody knows why.')],
      [removed('The tram is late.')],
    ]);
  });

  it('finds words where no blanks part them', () => {
    const version = (text: string) => ({ title: 'T', text });
    const [block = []] = changesBetween(
      version('昨天有两人在火车站受伤。'),
      version('昨天有三人在火车站受伤。'),
    ).blocks;
    expect(block.map(({ kind }) => kind)).toEqual(['same', 'removed', 'added', 'same']);
  });

  it('is empty for the same text', () => {
    const text = { title: 'T', text: 'A\nB' };
    expect(changesBetween(text, text)).toEqual({ title: undefined, blocks: [] });
  });

  it('gives both texts back', () => {
    const text = fc
      .array(fc.constantFrom('one', 'two', 'three', 'сто', '五', '. '), { maxLength: 12 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const { title } = changesBetween({ title: one, text: '' }, { title: other, text: '' });
        const side = (kind: string) =>
          title
            ?.filter((piece) => piece.kind !== kind)
            .map((piece) => piece.text)
            .join('');
        const words = (value: string | undefined) => value?.split(/\s+/).join(' ').trim();
        if (title) expect([side('added'), side('removed')].map(words)).toEqual([one, other].map(words));
      }),
    );
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
