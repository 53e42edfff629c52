import { expect, it } from 'vitest';
import { noCustomLabels } from '../../src/classify/custom-labels.ts';
import { mayRead } from '../../src/web/names.ts';

it('a text that its publisher reserves for readers goes out whole to nobody but the operator', () => {
  const outlet = {
    id: 'paper',
    name: 'Paper',
    url: 'https://paper.example/',
    content: 'full',
    feed: undefined,
    country: undefined,
  } as const;
  const names = { outlets: new Map([['paper', outlet]]), labels: noCustomLabels };
  const article = { source: 'paper', withdrawnAt: null };
  expect(mayRead({ ...article, rights: null }, names, false)).toBe(true);
  expect(mayRead({ ...article, rights: { aiTrain: false, search: true } }, names, false)).toBe(true);
  expect(mayRead({ ...article, rights: { aiInput: false } }, names, false)).toBe(false);
  expect(mayRead({ ...article, rights: { aiInput: false } }, names, true)).toBe(true);
  // A text that its page hides for subscribers is shown to nobody.
  expect(mayRead({ ...article, rights: null, stub: 'description' }, names, false)).toBe(true);
  for (const operator of [false, true])
    expect(mayRead({ ...article, rights: null, stub: 'subscribers' }, names, operator)).toBe(false);
});
