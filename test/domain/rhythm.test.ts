import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learnRhythm, type Rhythm, silenceOf } from '../../src/domain/rhythm.ts';

const start = Date.UTC(2026, 5, 1);
const hour = (hours: number) => new Date(start + hours * 3_600_000);
const dates = (...hours: number[]) => hours.map((one) => hour(one).toISOString());

/** A feed of the last ten items, looked at every six hours. */
function follow(publishedAt: readonly number[], hours: number): { rhythm: Rhythm; silentAt: number[] } {
  let rhythm: Rhythm | undefined;
  const silentAt: number[] = [];
  for (let at = 0; at <= hours; at += 6) {
    const published = publishedAt.filter((one) => one <= at).slice(-10);
    rhythm = learnRhythm(
      rhythm,
      { published: dates(...published), hasNews: published.some((one) => one > at - 6) },
      hour(at),
    );
    if (silenceOf(rhythm, hour(at)) !== undefined) silentAt.push(at);
  }
  if (!rhythm) throw new Error('a feed is looked at once at least');
  return { rhythm, silentAt };
}

describe('a rhythm', () => {
  it('of a busy paper allows a day without news, not two, once the paper is known', () => {
    const busy = Array.from({ length: 24 * 20 }, (_, index) => index);
    const { silentAt } = follow(busy, 24 * 23);
    expect(silentAt[0]).toBeGreaterThan(24 * 20 + 23);
    expect(silentAt[0]).toBeLessThan(24 * 22);
  });

  it('of a trade paper allows weekends, the first one too', () => {
    const weekdays = Array.from({ length: 24 * 60 }, (_, index) => index).filter(
      (at) => at % 168 < 120 && at % 24 > 8 && at % 24 < 18,
    );
    expect(follow(weekdays, 24 * 54).silentAt).toEqual([]);
  });

  it('of a weekly allows a fortnight', () => {
    const weekly = [-504, -336, -168, 0, 168, 336, 504];
    const { silentAt } = follow(weekly, 504 + 24 * 20);
    expect(silentAt[0]).toBeGreaterThan(504 + 24 * 13);
    expect(silentAt[0]).toBeLessThan(504 + 24 * 16);
  });

  it('is silent at once where the newest item of the first look is years old', () => {
    const old = Array.from({ length: 10 }, (_, index) => -20_000 + 10 * index);
    const first = learnRhythm(undefined, { published: dates(...old), hasNews: true }, hour(0));
    expect(silenceOf(first, hour(0))).toMatch(
      /^has listed nothing new since 2024-.*; its longest pause so far was 10 hours$/,
    );
  });

  it('of links without dates goes by when they were new', () => {
    const first = learnRhythm(undefined, { published: [], hasNews: true }, hour(0));
    expect(silenceOf(first, hour(70))).toBeUndefined();
    expect(silenceOf(learnRhythm(first, { published: [], hasNews: true }, hour(70)), hour(140))).toBeUndefined();
    expect(silenceOf(first, hour(80))).toContain('nothing new since 2026-06-01 (3 days)');
  });

  it('is not misled by an item pinned to the head of a list, nor by dates of the future', () => {
    const pinned = dates(-9000, -4, -3, -2, -1);
    const rhythm = learnRhythm(undefined, { published: [...pinned, hour(500).toISOString()], hasNews: true }, hour(0));
    expect(rhythm.longestPauseMs).toBe(3_600_000);
    expect(rhythm.newsAt).toBe(hour(-1).getTime());
  });

  it('never learns a silence of more than a fortnight as its own, and never goes back in time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.boolean()), { minLength: 1, maxLength: 30 }),
        (steps) => {
          let rhythm: Rhythm | undefined;
          let at = 0;
          for (const [hours, hasNews] of steps) {
            at += hours;
            const next = learnRhythm(rhythm, { published: dates(at - 2, at - 1), hasNews }, hour(at));
            expect(next.newsAt).toBeGreaterThanOrEqual(rhythm?.newsAt ?? 0);
            expect(next.longestPauseMs).toBeLessThanOrEqual(14 * 86_400_000);
            rhythm = next;
          }
        },
      ),
    );
  });
});
