import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regions } from '../../src/classify/regions.ts';
import { topics } from '../../src/classify/topics.ts';
import { feedAddress, pageAddress, readAddress, UnknownFilterError } from '../../src/web/filter.ts';

describe('readAddress', () => {
  it('reads every kind of filter, in any order and case', () => {
    expect(readAddress('/')).toEqual({ filter: {}, feed: undefined });
    expect(readAddress('/region/rs/feed.xml')).toEqual({ filter: { region: 'RS' }, feed: 'rss' });
    expect(readAddress('/region/southern-europe')).toEqual(readAddress('/region/039'));
    expect(readAddress('/topic/Politics/region/balkans/lang/SR/feed.atom')).toEqual({
      filter: { region: 'balkans', topic: '11000000', lang: 'sr' },
      feed: 'atom',
    });
    expect(readAddress('/source/danube%20post/feed.json')).toEqual({ filter: { source: 'danube post' }, feed: 'json' });
  });

  it('reads searches, also within a filter', () => {
    expect(readAddress('/search', { q: ' two  words ' })).toEqual({ filter: { query: 'two words' }, feed: undefined });
    expect(readAddress('/region/RS/search/feed.xml', { q: 'x' })).toEqual({
      filter: { region: 'RS', query: 'x' },
      feed: 'rss',
    });
    expect(readAddress('/search', { q: '   ' })).toEqual({ filter: {}, feed: undefined });
    expect(readAddress('/source/search').filter).toEqual({ source: 'search' });
  });

  it('says what there is when something is not', () => {
    expect(() => readAddress('/region/atlantis')).toThrow(/'atlantis' is not known.*balkans.*southern-europe/);
    expect(() => readAddress('/topic/gossip/feed.xml')).toThrow(/politics, religion, science/);
    expect(() => readAddress('/lang/klingonish')).toThrow(/ISO 639/);
    expect(() => readAddress('/region')).toThrow(/After '\/region\/' stands/);
    expect(() => readAddress('/region/RS/region/HR')).toThrow(/one region at most/);
    expect(() => readAddress('/wp-login.php')).toThrow(UnknownFilterError);
    expect(() => readAddress('/topic/%E0%A4%A')).toThrow(UnknownFilterError);
  });
});

describe('addresses', () => {
  const filter = fc.record(
    {
      region: fc.constantFrom('RS', 'US', ...regions.map((region) => region.id)),
      topic: fc.constantFrom(...topics.map((topic) => topic.id)),
      lang: fc.constantFrom('en', 'sr', 'zh', 'und'),
      source: fc.string({ minLength: 1 }).filter((id) => id !== '.' && id !== '..'),
      from: fc.constantFrom('2026-11-01', '2026-11-01T08:00:00Z'),
      to: fc.constantFrom('2026-11-28', '2026-11-28T08:00:00+02:00'),
      since: fc.constantFrom('2026-11-28'),
      query: fc.string().map((text) => `x${text}`.replace(/\s+/g, ' ').trim()),
    },
    { requiredKeys: [] },
  );

  it('lead back to the filter they were made from', () => {
    fc.assert(
      fc.property(filter, fc.constantFrom('rss', 'atom', 'json'), (wanted, format) => {
        const page = new URL(pageAddress(wanted), 'http://wire');
        expect(readAddress(page.pathname, Object.fromEntries(page.searchParams))).toEqual({
          filter: wanted,
          feed: undefined,
        });
        const feed = new URL(feedAddress(wanted, format as 'rss' | 'atom' | 'json'), 'http://wire');
        expect(readAddress(feed.pathname, Object.fromEntries(feed.searchParams))).toEqual({
          filter: wanted,
          feed: format,
        });
      }),
    );
  });
});
