import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';

const lines = [
  'A pot of two litres holds soup for four, and its lid closes so well that it may be carried in a bag without a drop being lost on the way.',
  'It is thrown by hand from the grey clay of the Varn, glazed inside with a white that takes no stain, and fired for two days at a low heat.',
  'Whoever breaks the lid can send us the pot, and we make another to fit it; that takes about three weeks, and costs what the post costs.',
  'The handle stays cool on a stove of iron for half an hour, which we tried with our own hands before we wrote it down here for others.',
  'There is a smaller one as well, for those who eat alone, and a tall one for coffee; both are listed below the table with their measures.',
];
const page = (head: string, wrap: (text: string) => string = (text) => `<div>${text}</div>`): string =>
  `<html lang="en"><head><title>A pot for soup</title>${head}</head><body><h1>A pot for soup</h1>${wrap(lines.map((line) => `<p>${line}</p>`).join(''))}</body></html>`;
const verdict = (url: string, html: string): unknown => extractArticle({ url, html }).verdict;

describe('pages that say that they are something else', () => {
  it('are no articles', () => {
    const rejected = { kind: 'rejected', reason: 'form' };
    expect(verdict('https://pots.example/soup', page('<meta property="og:type" content="product">'))).toMatchObject(
      rejected,
    );
    expect(verdict('https://pots.example/products/soup', page(''))).toMatchObject(rejected);
    expect(verdict('https://pots.example/docs/soup', page(''))).toMatchObject(rejected);
    expect(
      verdict(
        'https://pots.example/t/4',
        page(
          '<script type="application/ld+json">{"@type":"QAPage","mainEntity":{"@type":"Question","name":"A pot for soup"}}</script>',
        ),
      ),
    ).toMatchObject(rejected);
    expect(
      verdict(
        'https://pots.example/t/5',
        page('', (text) => `<div itemscope itemtype="https://schema.org/DiscussionForumPosting">${text}</div>`),
      ),
    ).toMatchObject(rejected);
  });

  it('are articles when they are dated as news is, whatever the address', () => {
    const dated = '<meta name="date" content="2026-03-01T09:30:00Z">';
    for (const path of ['products/soup', 'docs/soup', '2026/03/01/docs/soup'])
      expect(verdict(`https://paper.example/${path}`, page(dated))).toEqual({ kind: 'article' });
    const time = page('').replace('</h1>', '</h1><p><time datetime="2026-03-01T09:30:00Z">1 March 2026</time></p>');
    expect(verdict('https://paper.example/products/soup', time)).toEqual({ kind: 'article' });
  });

  it('are articles when they say that too', () => {
    const article =
      '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A pot for soup","datePublished":"2026-03-01"}</script>';
    for (const head of [article, `<meta property="og:type" content="product">${article}`])
      expect(verdict('https://paper.example/docs/soup', page(head))).toEqual({ kind: 'article' });
  });

  it('are articles when they say nothing, and nothing but a text stands on them', () => {
    const bare = page('', (text) => text.split('</p>').slice(0, 2).join('</p>'));
    expect(verdict('https://pots.example/soup', bare)).toEqual({ kind: 'article' });
    const questions = bare.replace('</body>', '<form><input name="q"><input name="mail"></form></body>');
    expect(verdict('https://pots.example/soup', questions)).toMatchObject({ kind: 'rejected' });
  });
});
