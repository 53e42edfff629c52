import { expect, it } from 'vitest';
import { fingerprintOf } from '../../src/dedupe/fingerprint.ts';
import { sameArticle } from '../../src/dedupe/same-article.ts';
import { writing } from './writing.ts';

const print = (title: string, text: string) => fingerprintOf(title, text);

it('parts of a daily series are not one article, however alike their headlines', () => {
  const day = (number: number) => print(`Harbour diary: day ${number} of the strike`, writing(`day ${number}`, 200));
  expect(sameArticle(day(12), day(13))).toBe(false);
});

it('versions of one article are', () => {
  const text = writing('quay', 200);
  expect(sameArticle(print('Quay approved', text), print('Council says yes', `${text} ${writing('more', 50)}`))).toBe(
    true,
  );
  // Of a headline alone there is nothing else to compare.
  expect(sameArticle(print('Quay approved by nine votes', text), print('Quay approved by nine votes', ''))).toBe(true);
});
