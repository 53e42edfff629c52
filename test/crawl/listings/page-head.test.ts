import { describe, expect, it } from 'vitest';
import { readPageHead } from '../../../src/crawl/listings/page-head.ts';

const feeds = (link: string) =>
  readPageHead(`<html><head><title>Paper</title>${link}</head></html>`, 'https://paper.example/').feeds.map(
    ({ url }) => url,
  );

describe('a link to a feed', () => {
  it.each([
    ['<link rel="alternate" type="application/rss+xml" href="/a">', '/a'],
    ['<link rel="alternate" type=" application/rss+xml " href="/a">', '/a'],
    ['<link rel="alternate" type="application/rss+xml; charset=utf-8" href=" /a ">', '/a'],
    ['<link rel="ALTERNATE home" type="application/rss" href="/b">', '/b'],
    ['<link rel="alternate" type="application/x.atom+xml" href="/c">', '/c'],
    ['<link rel="alternate" type="application/x-rss+xml" href="/c">', '/c'],
    ['<link rel="alternate" type="text/xml" href="/c">', '/c'],
    ['<link rel="alternate" type="application/feed+json" href="/c.json">', '/c.json'],
    ['<link rel="alternate" type="application/rss+xml" href="feed:https://paper.example/d">', '/d'],
    ['<link rel="alternate" type="application/rss+xml" href="feed://paper.example/d">', 'http://paper.example/d'],
    ['<link rel="alternate" title="RSS" href="/feeds/e">', '/feeds/e'],
    ['<link rel="alternate" href="/news/rss.xml">', '/news/rss.xml'],
    ['<link rel="feed" href="/f">', '/f'],
  ])('%s', (link, url) => {
    expect(feeds(link)).toEqual([new URL(url, 'https://paper.example/').href]);
  });

  it.each([
    '<link rel="alternate" hreflang="en" href="/en/feed/">',
    '<link rel="alternate" media="handheld" href="/m/">',
    '<link rel="alternate" type="text/html" href="/feed/">',
    '<link rel="alternate" href="/de/">',
    '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/1">',
    '<link rel="stylesheet" title="RSS" href="/a.css">',
    '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
  ])('is not %s', (link) => {
    expect(feeds(link)).toEqual([]);
  });
});
