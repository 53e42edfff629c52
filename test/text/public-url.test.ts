import { describe, expect, it } from 'vitest';
import { publicUrl } from '../../src/text/public-url.ts';

describe('the address that subscribers get', () => {
  it.each([
    ['http://paper.example/amp/quay?utm_source=rss', 'http://paper.example/quay', 'http://paper.example/quay'],
    ['https://m.paper.example/quay?print=1', 'https://www.paper.example/quay', 'https://www.paper.example/quay'],
    ['https://paper.example/quay?utm_source=rss&id=7', undefined, 'https://paper.example/quay?id=7'],
    ['https://paper.example/quay?fbclid=x', 'https://paper.example/quay?utm_medium=a', 'https://paper.example/quay'],
    // Another article, a section, another site: the page's word is not enough.
    ['https://paper.example/day-13', 'https://paper.example/day-1', 'https://paper.example/day-13'],
    ['https://paper.example/quay?ref=101', 'https://paper.example/', 'https://paper.example/quay?ref=101'],
    ['https://paper.example/quay', 'https://agency.example/quay', 'https://paper.example/quay'],
    ['https://paper.example/quay', 'http://paper.example/quay', 'https://paper.example/quay'],
    // Untouched where nothing is to be taken away.
    ['https://paper.example/a?b=%C4%8D&C', undefined, 'https://paper.example/a?b=%C4%8D&C'],
  ])('%s, named %s: %s', (answered, named, url) => {
    expect(publicUrl(answered, named)).toBe(url);
  });
});
