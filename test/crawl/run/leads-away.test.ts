import { describe, expect, it } from 'vitest';
import { isOwnListing, leadsAway, titlesAlike } from '../../../src/crawl/run/leads-away.ts';
import { sourceWith } from '../../support/source.ts';

const link = (url: string) => ({ url, authors: [], categories: [] });

describe('a page that answers in the place of another', () => {
  it.each([
    ['https://paper.example/gone', 'https://paper.example/en/', true],
    ['https://paper.example/2026/11/quay-approved-by-nine-votes', 'https://paper.example/news', true],
    ['https://paper.example/story/12345', 'https://paper.example/?from=gone', true],
    ['https://paper.example/story/12345', 'https://paper.example/index.php', true],
    // Another form of the address, and another address of an article.
    ['http://paper.example/gone?utm_source=rss', 'https://www.paper.example/gone/', false],
    ['https://paper.example/?p=77', 'https://paper.example/2026/11/22/quay-approved', false],
    ['https://short.example/x', 'https://paper.example/quay-approved-by-nine-votes', false],
  ])('%s → %s: %s', (asked, answered, away) => {
    expect(leadsAway(link(asked), answered)).toBe(away);
  });

  it('is known as a list of the source', () => {
    const source = sourceWith({ id: 'a', home: 'https://paper.example/', sections: ['https://paper.example/town'] });
    expect(isOwnListing(source, 'https://www.paper.example/town/?utm_source=x')).toBe(true);
    expect(isOwnListing(source, 'https://other.example/')).toBe(true);
    expect(isOwnListing(source, 'https://paper.example/quay')).toBe(false);
  });
});

describe('titles', () => {
  it.each([
    ['Quay approved by nine votes to four', 'Council approves the quay by nine votes', true],
    ['Quay approved', 'QUAY APPROVED – Harbour Post', true],
    ['市議会が新しい岸壁を承認', '市議会、新しい岸壁を承認へ', true],
    ['Removed report on pilot boats', 'News – Harbour Post', false],
    ['Градско веће одобрило кеј', 'Насловна страна', false],
    ['', 'News', false],
  ])('%j and %j: %s', (one, other, alike) => {
    expect(titlesAlike(one, other)).toBe(alike);
    expect(titlesAlike(other, one)).toBe(alike);
  });
});
