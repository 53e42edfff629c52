import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CrawlHistory, nextCrawlAt } from '../../src/domain/schedule.ts';

const now = new Date('2026-11-22T10:00:00Z'); // a Sunday
const every = (minutes: number, count = 20) =>
  Array.from({ length: count }, (_, index) => new Date(now.getTime() - (index + 1) * minutes * 60_000).toISOString());
const quiet: CrawlHistory = { schedule: 'adaptive', published: [], listed: 20, fresh: 0, failures: 0 };
const minutes = (history: Partial<CrawlHistory>, roll?: number) =>
  (nextCrawlAt({ ...quiet, ...history }, now, roll).at.getTime() - now.getTime()) / 60_000;

describe('nextCrawlAt', () => {
  it('comes twice as often as the source publishes', () => {
    expect(minutes({ published: every(60), fresh: 2 })).toBeCloseTo(30);
    expect(minutes({ published: every(300), fresh: 2 })).toBeCloseTo(150);
  });

  it('comes sooner when half of what is listed is new, and later as long as nothing is', () => {
    expect(minutes({ published: every(60), fresh: 10 })).toBeCloseTo(21);
    expect(minutes({ published: every(60), fresh: 0, intervalMinutes: 30 })).toBeCloseTo(39);
    expect(minutes({ published: every(60), fresh: 0, intervalMinutes: 39 })).toBeCloseTo(50.7);
  });

  it('is back within the hour after a quiet night, and leaves a source alone that fell silent', () => {
    const night = every(10).map((time) => new Date(Date.parse(time) - 8 * 3_600_000).toISOString());
    const silent = every(10).map((time) => new Date(Date.parse(time) - 30 * 86_400_000).toISOString());
    expect(minutes({ published: night, intervalMinutes: 500 })).toBeLessThan(60);
    expect(minutes({ published: silent, intervalMinutes: 1_400 })).toBeCloseTo(1_440);
  });

  it('stays between five minutes and a day, whatever the dates', () => {
    expect(minutes({ published: every(0.1), fresh: 20 })).toBe(5);
    expect(minutes({ published: every(100_000), fresh: 1 })).toBe(1_440);
    expect(minutes({ published: ['garbage', '9999-01-01T00:00:00.000Z'], fresh: 1 })).toBe(30);
  });

  it('does what the source asks for', () => {
    const published = every(10);
    expect(minutes({ published, fresh: 2, asked: { ttlMinutes: 45 } })).toBeCloseTo(45);
    expect(minutes({ published, fresh: 2, asked: { maxAgeSeconds: 1_200 } })).toBeCloseTo(20);
    expect(minutes({ published, fresh: 2, asked: { expires: '2026-11-22T10:25:00Z' } })).toBeCloseTo(25);
    const rare = every(1_000);
    expect(minutes({ published: rare, fresh: 2, asked: { ttlMinutes: 100_000 } })).toBe(1_440);
    expect(minutes({ fresh: 2, asked: { updateMinutes: 120 } })).toBeCloseTo(120);
  });

  it.each([{ maxAgeSeconds: 31_536_000 }, { ttlMinutes: 3600 }, { expires: '2027-11-22T10:00:00Z' }])(
    'is back before the list has turned over, whatever %j asks for',
    (asked) => {
      // 20 items, 10 minutes apart: all of them are new after 200 minutes.
      expect(minutes({ published: every(10), fresh: 6, intervalMinutes: 5, asked })).toBeLessThan(200);
      expect(minutes({ published: every(10), fresh: 6, backlog: true, asked })).toBeLessThan(200);
      // Without dates, by how many of them were new: half of them after an hour.
      expect(minutes({ fresh: 10, intervalMinutes: 60, asked })).toBeLessThan(120);
    },
  );

  it('stays away for as long as Retry-After says, but not for ever', () => {
    expect(minutes({ failures: 1, asked: { retryAfter: '2026-11-23T10:00:00Z' } })).toBeCloseTo(1_440);
    expect(minutes({ failures: 1, asked: { retryAfter: '2036-11-23T10:00:00Z' } })).toBeCloseTo(7 * 1_440);
    expect(minutes({ schedule: '*/15 * * * *', asked: { retryAfter: '2026-11-22T10:20:00Z' } })).toBe(20);
  });

  it('keeps out of the hours and days that the source asks to skip', () => {
    expect(nextCrawlAt({ ...quiet, asked: { skipHours: [10, 11, 12] } }, now).at.toISOString()).toBe(
      '2026-11-22T13:00:00.000Z',
    );
    expect(nextCrawlAt({ ...quiet, asked: { skipDays: ['Sunday'] } }, now).at.toISOString()).toBe(
      '2026-11-23T00:00:00.000Z',
    );
    const all = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
    expect(minutes({ asked: { skipDays: all } })).toBeCloseTo(39);
  });

  it('backs off from a source that fails, and remembers its pace', () => {
    const one = nextCrawlAt({ ...quiet, failures: 1, intervalMinutes: 20 }, now);
    expect(one.at.getTime() - now.getTime()).toBe(40 * 60_000);
    expect(one.intervalMinutes).toBe(20);
    expect(minutes({ failures: 50, intervalMinutes: 20 })).toBe(1_440);
  });

  it('is soon where links wait, but not while the source fails', () => {
    const published = every(600);
    expect(minutes({ published, backlog: true })).toBeCloseTo(5);
    expect(minutes({ published, backlog: true, asked: { ttlMinutes: 20 } })).toBeCloseTo(20);
    expect(minutes({ published, backlog: true, failures: 1 })).toBeGreaterThan(20);
  });

  it('follows a cron expression, in UTC', () => {
    expect(nextCrawlAt({ ...quiet, schedule: '30 6 * * *' }, now).at.toISOString()).toBe('2026-11-23T06:30:00.000Z');
  });

  it('spreads sources by ten per cent', () => {
    expect(minutes({ published: every(60), fresh: 2 }, 0)).toBeCloseTo(27);
    expect(minutes({ published: every(60), fresh: 2 }, 1)).toBeCloseTo(33);
  });

  it('is always in the future and within eight days', () => {
    const number = fc.double({ min: 0, max: 1e6, noNaN: true });
    const history = fc.record({
      schedule: fc.constantFrom('adaptive', '*/5 * * * *', '0 0 * * 1'),
      intervalMinutes: fc.option(number, { nil: undefined }),
      published: fc.array(
        fc.oneof(
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
          fc.string(),
        ),
      ),
      listed: fc.nat(100),
      fresh: fc.nat(100),
      failures: fc.nat(100),
      asked: fc.record(
        {
          ttlMinutes: number,
          maxAgeSeconds: number,
          expires: fc.string(),
          skipHours: fc.array(fc.nat(23)),
          retryAfter: fc.constantFrom('x', '2026-12-01T00:00:00Z'),
        },
        { requiredKeys: [] },
      ),
    });
    fc.assert(
      fc.property(history, fc.double({ min: 0, max: 1, noNaN: true }), (one, roll) => {
        const { at, intervalMinutes } = nextCrawlAt(one, now, roll);
        expect(at.getTime()).toBeGreaterThan(now.getTime());
        expect(at.getTime()).toBeLessThanOrEqual(now.getTime() + 14 * 86_400_000);
        expect(intervalMinutes).toBeGreaterThanOrEqual(5);
        expect(intervalMinutes).toBeLessThanOrEqual(1_440);
      }),
    );
  });
});
