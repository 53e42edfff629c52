import { describe, expect, it } from 'vitest';
import { metaRefresh } from '../../../src/crawl/fetch/meta-refresh.ts';

const page = 'https://news.example/a';

describe('metaRefresh', () => {
  it.each([
    ['<meta http-equiv="refresh" content="0; url=/b">', 'https://news.example/b'],
    [
      '<META content=\'1;URL="https://other.example/c?x=1&amp;y=2"\' HTTP-EQUIV=Refresh>',
      'https://other.example/c?x=1&y=2',
    ],
    ['<meta http-equiv=refresh content="3, url=b#top">', 'https://news.example/b'],
  ])('%s', (html, target) => {
    expect(metaRefresh(html, page)).toBe(target);
  });

  it.each([
    '<meta http-equiv="refresh" content="600">',
    '<meta http-equiv="refresh" content="60; url=/b">',
    '<meta http-equiv="refresh" content="0; url=/a">',
    '<meta http-equiv="refresh" content="0; url=javascript:alert(1)">',
    '<noscript><meta http-equiv="refresh" content="0; url=/no-script"></noscript>',
    '<!-- <meta http-equiv="refresh" content="0; url=/b"> -->',
    '<meta name="description" content="0; url=/b">',
  ])('not %s', (html) => {
    expect(metaRefresh(html, page)).toBeUndefined();
  });
});

it.each([
  '<meta ',
  '<!--',
  '<noscript',
  `<meta http-equiv="refresh" content="0;${' '.repeat(2000)}url=`,
  '<meta http-equiv=refresh content="0;url=/x',
])('pages full of %j are read in no time and send nobody on', (piece) => {
  expect(metaRefresh(piece.repeat(20_000), 'https://paper.example/a')).toBeUndefined();
});
