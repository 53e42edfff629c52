import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectNextPage } from '../../../src/crawl/listings/next-page.ts';
import { readPage } from '../../../src/crawl/listings/read-page.ts';

const at = 'https://press.example/politics/';
const next = (html: string, url = at) => readPage<[string | undefined]>(html, collectNextPage(url))[0];

describe('the next page of a list', () => {
  it('is what the page names so', () => {
    expect(next('<link rel="next" href="/politics/?seen=40">')).toBe('https://press.example/politics/?seen=40');
    expect(next('<a rel="nofollow next" href="page/2/">…</a>')).toBe('https://press.example/politics/page/2/');
  });

  it.each([
    ['a number', '<a href="/politics/page/1">1</a><a href="/politics/page/2">2</a><a href="/politics/page/3">3</a>'],
    ['a word', '<a href="/politics/page/2">Older posts »</a>'],
    ['another language', '<a href="/politics/page/2"><span>Следећа</span></a>'],
    ['a sign', '<a href="/politics/page/2">›</a>'],
    ['a label', '<a aria-label="Next page" href="/politics/page/2"><svg></svg></a>'],
  ])('is a link with %s', (_, html) => {
    expect(next(`<ul class="x">${html}</ul>`)).toBe('https://press.example/politics/page/2');
  });

  it('may be counted from 0 on, or by its entries', () => {
    expect(next('<a href="?page=0">1</a><a href="?page=1">2</a>')).toBe('https://press.example/politics/?page=1');
    expect(next('<a href="?start=20">Next</a>')).toBe('https://press.example/politics/?start=20');
  });

  it('counts on from the page that is read', () => {
    const links = [1, 2, 3, 4].map((n) => `<a href="?page=${n}">${n}</a>`).join('');
    expect(next(links, 'https://press.example/politics/?page=2')).toBe('https://press.example/politics/?page=3');
    expect(next(links, 'https://press.example/politics/?page=4')).toBeUndefined();
  });

  it.each([
    ['another site', '<a rel="next" href="https://elsewhere.example/page/2">Next</a>'],
    ['the page itself', '<a rel="next" href="#top">Next</a>'],
    [
      'an article that ends in a number',
      '<a href="/politics/council-approves-new-quay-2">Council approves new quay</a>',
    ],
    ['a teaser that says more', '<a href="/?p=4711">More</a><a href="/politics/quay-31">Read on »</a>'],
    ['a slider without pages', '<a href="/politics/gallery">Next</a>'],
    ['a script', '<a rel="next" href="javascript:more()">Next</a>'],
  ])('is not %s', (_, html) => {
    expect(next(html)).toBeUndefined();
  });

  it('is found or not, whatever the page', () => {
    fc.assert(fc.property(fc.string(), (html) => void next(html)));
  });
});
