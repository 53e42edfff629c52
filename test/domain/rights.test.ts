import { describe, expect, it } from 'vitest';
import { describeRights, mergeRights, readSignal, reservesText } from '../../src/domain/rights.ts';

describe('a signal', () => {
  it.each([
    ['search=yes, ai-train=no', { search: true, aiTrain: false }],
    ['ai-train=NO;ai-input=yes', { aiTrain: false, aiInput: true }],
    ['train-ai=n', { aiTrain: false }],
    ['/news/ train-ai=n', { aiTrain: false }],
    ['/other/ train-ai=n', {}],
    ['ai-train=maybe, colour=blue, =', {}],
    ['', {}],
  ])('%j says %j', (text, rights) => {
    expect(readSignal(text, '/news/quay')).toEqual(rights);
  });
});

it('of several statements the stricter counts, and the first licence', () => {
  expect(
    mergeRights(
      { aiTrain: true, license: 'https://a.example/' },
      { aiTrain: false },
      { search: true, license: 'https://b.example/' },
    ),
  ).toEqual({ aiTrain: false, search: true, license: 'https://a.example/' });
  expect(mergeRights({}, {})).toEqual({});
});

it('what is reserved for readers is not handed on whole; the operator is told in words', () => {
  expect(reservesText({ aiInput: false })).toBe(true);
  expect(reservesText({ aiTrain: false, search: true })).toBe(false);
  expect(reservesText(null)).toBe(false);
  expect(describeRights({ aiTrain: false, search: true, license: 'https://a.example/l' })).toBe(
    'training: no, search: yes, licence: https://a.example/l',
  );
});
