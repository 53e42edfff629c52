import { describe, expect, it } from 'vitest';
import { isNotModified } from '../../src/web/conditional.ts';
import { stamp } from '../../src/web/routes/feeds.ts';

const at = new Date('2026-11-22T08:00:00Z');
const validators = { etag: '"abc"', lastModified: at };
const date = (seconds: number): string => new Date(at.getTime() + seconds * 1000).toUTCString();

describe('isNotModified', () => {
  it('is false without conditions', () => {
    expect(isNotModified({}, validators)).toBe(false);
  });

  it('finds the tag in a list, weak or strong, and takes * for any', () => {
    for (const field of ['"abc"', 'W/"abc"', '"x", "abc"', '"a,b" , W/"abc"', '*']) {
      expect(isNotModified({ 'if-none-match': field }, validators), field).toBe(true);
    }
    for (const field of ['"abcd"', 'abc', '', '"ab", "c"']) {
      expect(isNotModified({ 'if-none-match': field }, validators), field).toBe(false);
    }
  });

  it('looks at the date only when no tag is given', () => {
    expect(isNotModified({ 'if-none-match': '"old"', 'if-modified-since': date(60) }, validators)).toBe(false);
    expect(isNotModified({ 'if-modified-since': date(0) }, validators)).toBe(true);
    expect(isNotModified({ 'if-modified-since': date(1) }, validators)).toBe(true);
    expect(isNotModified({ 'if-modified-since': date(-1) }, validators)).toBe(false);
  });

  it('ignores a date that cannot be read, and one that is not told', () => {
    expect(isNotModified({ 'if-modified-since': 'yesterday' }, validators)).toBe(false);
    expect(isNotModified({ 'if-modified-since': date(0) }, { ...validators, lastModified: undefined })).toBe(false);
  });
});

describe('stamp', () => {
  const now = new Date('2026-11-22T08:00:10.500Z');

  it('is the second of the change', () => {
    expect(stamp(new Date('2026-11-22T07:59:59.999Z'), undefined, now)).toEqual(new Date('2026-11-22T07:59:59Z'));
  });

  it('is never a second that has not passed, for more may come in it', () => {
    expect(stamp(new Date('2026-11-22T08:00:10.400Z'), undefined, now)).toEqual(new Date('2026-11-22T08:00:09Z'));
  });

  it('grows with every change, so that no reader who asks by date misses one', () => {
    const first = stamp(new Date('2026-11-22T08:00:05Z'), undefined, now);
    const committedLate = stamp(new Date('2026-11-22T08:00:02Z'), first, now);
    expect(committedLate.getTime()).toBeGreaterThan(first.getTime());
  });
});
