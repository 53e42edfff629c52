import { describe, expect, it } from 'vitest';
import { type PageCollector, readPage } from '../../../src/crawl/listings/read-page.ts';

const count = (): PageCollector<{ opened: number; closed: number; text: string }> => {
  const found = { opened: 0, closed: 0, text: '' };
  return {
    onopentag: () => {
      found.opened++;
    },
    ontext: (text) => {
      found.text += text;
    },
    onclosetag: () => {
      found.closed++;
    },
    end: () => found,
  };
};

describe('readPage', () => {
  // In time that grows with the square of the depth this would take minutes.
  it.each([
    ['elements that never close', '<div>'.repeat(300_000), ''],
    ['elements that close', '<b><i>'.repeat(150_000), '</i></b>'.repeat(150_000)],
    ['end tags that nothing opened', '<div>'.repeat(100_000), '</i>'.repeat(100_000)],
  ])('reads to the end: %s', (_, before, after) => {
    const [{ opened, closed, text }] = readPage<[{ opened: number; closed: number; text: string }]>(
      `${before}<p>quay</p>${after}<p>bridge</p>`,
      count(),
    );
    expect(opened).toBe(before.split('<').length - 1 + 2);
    expect([closed, text]).toEqual([opened, 'quaybridge']);
  });
});
