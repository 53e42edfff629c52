import { describe, expect, it } from 'vitest';
import { type LayoutDay, layoutChanges } from '../../src/domain/layout.ts';

const limits = { rejected: 40, length: 50 };
/** Sixty days of one source, from the first of October; `change` says what is otherwise. */
const days = (change: (index: number) => Partial<LayoutDay>): LayoutDay[] =>
  Array.from({ length: 60 }, (_, index) => {
    const day = new Date(Date.UTC(2026, 9, 1 + index)).toISOString().slice(0, 10);
    return { day, kept: 20, rejected: 2, texts: 20, size: 2000 + (index % 3) * 50, ...change(index) };
  });

describe('layout changes', () => {
  it('are none while texts and rejections stay as they are, whatever the size of the source', () => {
    expect(
      layoutChanges(
        days(() => ({})),
        limits,
      ),
    ).toEqual([]);
    expect(
      layoutChanges(
        days(() => ({ kept: 0, rejected: 0, texts: 0, size: null })),
        limits,
      ),
    ).toEqual([]);
    expect(layoutChanges([], limits)).toEqual([]);
    // One text a day says nothing, however short.
    expect(
      layoutChanges(
        days((index) => (index < 40 ? {} : { kept: 1, rejected: 0, texts: 1, size: 10 })),
        limits,
      ),
    ).toEqual([]);
  });

  it('are the first day on which texts are cut, and the day on which they are whole again', () => {
    const found = layoutChanges(
      days((index) => (index >= 20 && index < 30 ? { size: 400 } : {})),
      limits,
    );
    expect(found.map(({ day, what }) => [day, what])).toEqual([
      ['2026-10-21', 'length'],
      ['2026-11-01', 'length'],
    ]);
    expect(found[0]?.to).toBeLessThan(25);
    expect(found[1]?.to).toBeGreaterThan(200);
  });

  it('are the first day on which pages are rejected, once for as long as it lasts', () => {
    const broken = days((index) => (index >= 45 ? { kept: 4, rejected: 18 } : {}));
    expect(layoutChanges(broken, limits)).toEqual([
      { day: '2026-11-15', what: 'rejected', from: expect.closeTo(9, 0), to: expect.closeTo(82, 0) },
    ]);
    expect(layoutChanges(broken, { rejected: 0, length: 0 })).toEqual([]);
  });
});
