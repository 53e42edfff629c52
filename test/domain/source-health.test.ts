import { describe, expect, it } from 'vitest';
import { healthAfter, judgeCrawl, type ListingAnswer, noAnswerInTime } from '../../src/domain/source-health.ts';

const listing = (of: Partial<ListingAnswer>): ListingAnswer => ({
  kind: 'feed',
  url: 'https://paper.example/feed.xml',
  items: 0,
  fresh: 0,
  ...of,
});
const refused = listing({ problem: 'the connection was refused' });

describe('a crawl', () => {
  it.each([
    ['a list of links', [listing({ status: 200, items: 20 })], 'gives', undefined],
    ['not modified', [listing({ status: 304 })], 'gives', undefined],
    [
      'a dead feed beside a good page',
      [refused, listing({ kind: 'section', status: 200, items: 9 })],
      'gives',
      undefined,
    ],
    ['an empty feed', [listing({ status: 200, problem: 'lists nothing' })], 'nothing', 'lists nothing'],
    ['HTML for a feed', [listing({ status: 200, problem: 'This is a web page.' })], 'nothing', 'This is a web page.'],
    ['404', [listing({ status: 404, problem: 'answered 404' })], 'nothing', 'answered 404'],
    ['410', [listing({ status: 410, problem: 'answered 410' })], 'nothing', 'answered 410'],
    ['403', [listing({ status: 403, problem: 'answered 403' })], 'fails', 'answered 403'],
    ['500', [listing({ status: 500, problem: 'answered 500' })], 'fails', 'answered 500'],
    ['no answer', [refused], 'fails', 'the connection was refused'],
    ['the same on every listing', [refused, { ...refused, url: 'https://b' }], 'fails', 'the connection was refused'],
    ['nothing in time', [], 'fails', noAnswerInTime],
  ] as const)('that meets %s: %s', (_, listings, state, cause) => {
    expect(judgeCrawl(listings)).toMatchObject(cause === undefined ? { state } : { state, cause });
  });

  it('is judged by its best listing, and names each where they differ', () => {
    const page = listing({ kind: 'section', url: 'https://paper.example/', status: 200, problem: 'lists nothing' });
    expect(judgeCrawl([refused, page])).toMatchObject({
      state: 'fails',
      cause:
        'feed https://paper.example/feed.xml: the connection was refused; section https://paper.example/: lists nothing',
    });
  });

  it('says little where a listing was not asked', () => {
    const unasked = listing({ problem: 'paper.example is to be left alone for 300 s', unasked: true });
    expect(judgeCrawl([unasked])).toMatchObject({ state: 'fails', unasked: true });
    expect(judgeCrawl([unasked, refused])).toMatchObject({ cause: 'the connection was refused', unasked: false });
  });
});

describe('a source', () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour));
  const fails = { state: 'fails', cause: 'answered 500' } as const;

  it('keeps since when and counts how often in a row', () => {
    const first = healthAfter(undefined, fails, at(1));
    expect(first).toEqual({ state: 'fails', cause: 'answered 500', since: at(1), inARow: 1 });
    const second = healthAfter(first, { state: 'fails', cause: 'the name is not known' }, at(2));
    expect(second).toEqual({ state: 'fails', cause: 'the name is not known', since: at(1), inARow: 2 });
    expect(healthAfter(second, { state: 'gives' }, at(3))).toEqual({
      state: 'gives',
      cause: null,
      since: at(3),
      inARow: 1,
    });
  });

  it('keeps the cause that was found when it was asked', () => {
    const left = { state: 'fails', cause: 'is to be left alone for 300 s', unasked: true } as const;
    const before = healthAfter(undefined, fails, at(1));
    expect(healthAfter(before, left, at(2))).toEqual({ ...before, inARow: 2 });
    const empty = healthAfter(undefined, { state: 'nothing', cause: 'lists nothing' }, at(1));
    expect(healthAfter(empty, left, at(2))).toMatchObject({ state: 'nothing', cause: 'lists nothing' });
    expect(healthAfter(healthAfter(undefined, { state: 'gives' }, at(1)), left, at(2))).toMatchObject({
      state: 'fails',
      cause: 'is to be left alone for 300 s',
    });
  });
});
