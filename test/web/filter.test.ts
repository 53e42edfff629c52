import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regions } from '../../src/classify/regions.ts';
import { topics } from '../../src/classify/topics.ts';
import { feedAddress, pageAddress, readAddress, UnknownCutError } from '../../src/web/filter.ts';

describe('readAddress', () => {
  it('reads every kind of cut, in any order and case', () => {
    expect(readAddress('/')).toEqual({ cut: {}, feed: undefined });
    expect(readAddress('/region/rs/feed.xml')).toEqual({ cut: { region: 'RS' }, feed: 'rss' });
    expect(readAddress('/region/southern-europe')).toEqual(readAddress('/region/039'));
    expect(readAddress('/topic/Politics/region/balkans/lang/SR/feed.atom')).toEqual({
      cut: { region: 'balkans', topic: '11000000', lang: 'sr' },
      feed: 'atom',
    });
    expect(readAddress('/source/danube%20post/feed.json')).toEqual({ cut: { source: 'danube post' }, feed: 'json' });
  });

  it('reads searches, also within a cut', () => {
    expect(readAddress('/search', ' two  words ')).toEqual({ cut: { query: 'two words' }, feed: undefined });
    expect(readAddress('/region/RS/search/feed.xml', 'x')).toEqual({ cut: { region: 'RS', query: 'x' }, feed: 'rss' });
    expect(readAddress('/search', '   ')).toEqual({ cut: {}, feed: undefined });
    expect(readAddress('/source/search').cut).toEqual({ source: 'search' });
  });

  it('says what there is when something is not', () => {
    expect(() => readAddress('/region/atlantis')).toThrow(/'atlantis' is not known.*balkans.*southern-europe/);
    expect(() => readAddress('/topic/gossip/feed.xml')).toThrow(/politics, religion, science/);
    expect(() => readAddress('/lang/klingonish')).toThrow(/ISO 639/);
    expect(() => readAddress('/region')).toThrow(/After '\/region\/' stands/);
    expect(() => readAddress('/region/RS/region/HR')).toThrow(/one region at most/);
    expect(() => readAddress('/wp-login.php')).toThrow(UnknownCutError);
    expect(() => readAddress('/topic/%E0%A4%A')).toThrow(UnknownCutError);
  });
});

describe('addresses', () => {
  const cut = fc.record(
    {
      region: fc.constantFrom('RS', 'US', ...regions.map((region) => region.id)),
      topic: fc.constantFrom(...topics.map((topic) => topic.id)),
      lang: fc.constantFrom('en', 'sr', 'zh', 'und'),
      source: fc.string({ minLength: 1 }).filter((id) => id !== '.' && id !== '..'),
      query: fc.string().map((text) => `x${text}`.replace(/\s+/g, ' ').trim()),
    },
    { requiredKeys: [] },
  );

  it('lead back to the cut they were made from', () => {
    fc.assert(
      fc.property(cut, fc.constantFrom('rss', 'atom', 'json'), (wanted, format) => {
        const page = new URL(pageAddress(wanted), 'http://wire');
        expect(readAddress(page.pathname, page.searchParams.get('q') ?? undefined)).toEqual({
          cut: wanted,
          feed: undefined,
        });
        const feed = new URL(feedAddress(wanted, format as 'rss' | 'atom' | 'json'), 'http://wire');
        expect(readAddress(feed.pathname, feed.searchParams.get('q') ?? undefined)).toEqual({
          cut: wanted,
          feed: format,
        });
      }),
    );
  });
});
