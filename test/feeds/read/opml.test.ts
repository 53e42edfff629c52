import { describe, expect, it } from 'vitest';
import { FeedError } from '../../../feeds/read/feed.ts';
import { readOpml } from '../../../feeds/read/opml.ts';
import { toOpml } from '../../../feeds/write/opml.ts';

describe('readOpml', () => {
  it('reads the subscriptions with the groups they stand in, each address once', () => {
    const feeds = readOpml(`<?xml version="1.0"?><OPML version="1.0"><head><title>Mine</title></head><body>
      <outline text="Balkans &amp; more"><outline text="Sea"><outline text="Harbour" title="Harbour &amp; Hill" xmlUrl="https://harbour.example/rss?a=1&amp;b=2" htmlUrl="https://harbour.example/" language="sr"/></outline></outline>
      <outline type="rss" xmlUrl="https://valley.example/feed"/>
      <outline type="rss" text="Again" xmlUrl="https://valley.example/feed"/>
      <outline text="Bad" xmlUrl="javascript:alert(1)"/></body></OPML>`);
    expect(feeds).toEqual([
      {
        title: 'Harbour & Hill',
        feedUrl: 'https://harbour.example/rss?a=1&b=2',
        homeUrl: 'https://harbour.example/',
        language: 'sr',
        groups: ['Balkans & more', 'Sea'],
      },
      {
        title: 'valley.example',
        feedUrl: 'https://valley.example/feed',
        homeUrl: undefined,
        language: undefined,
        groups: [],
      },
    ]);
  });

  it('reads what the wire writes', () => {
    const feed = { title: 'A & B < C', feedUrl: 'https://a.example/?x=1&y=2', homeUrl: 'https://a.example/' };
    const [found] = readOpml(toOpml({ title: 'All', outlines: [{ title: 'Group', outlines: [feed] }] }));
    expect(found).toMatchObject({ ...feed, groups: ['Group'] });
  });

  it('refuses what is no OPML, and nesting without end', () => {
    expect(() => readOpml('<rss/>')).toThrow(FeedError);
    expect(() => readOpml(`<opml>${'<outline>'.repeat(100_000)}`)).toThrow(/nested/);
  });
});
