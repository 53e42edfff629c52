import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDate } from '../../../feeds/read/dates.ts';

describe('readDate', () => {
  it.each([
    ['Sat, 21 Nov 2026 08:15:00 GMT', '2026-11-21T08:15:00'],
    ['Sat, 21 Nov 2026 08:15:00 +0100', '2026-11-21T07:15:00'],
    ['21 Nov 26 08:15 EST', '2026-11-21T13:15:00'],
    ['Sat, 21 November 2026 08:15:00 PDT', '2026-11-21T15:15:00'],
    ['Saturday, 21-Nov-26 08:15:00 GMT', '2026-11-21T08:15:00'],
    ['Sat Nov 21 08:15:00 2026', '2026-11-21T08:15:00'],
    ['Sat Nov 21 08:15:00 CET 2026', '2026-11-21T07:15:00'],
    ['Nov 21, 2026 8:15 PM EST', '2026-11-22T01:15:00'],
    ['November 21st, 2026 12:05 am', '2026-11-21T00:05:00'],
    ['2026-11-21T08:15:00Z', '2026-11-21T08:15:00'],
    ['2026-11-21T08:15:00.123456+05:30', '2026-11-21T02:45:00'],
    ['2026-11-21 08:15:00', '2026-11-21T08:15:00'],
    ['2026-11-21T08:15-0330', '2026-11-21T11:45:00'],
    ['20261121T081500Z', '2026-11-21T08:15:00'],
    ['2026-11-21', '2026-11-21T00:00:00'],
    ['2026-11', '2026-11-01T00:00:00'],
    ['2026', '2026-01-01T00:00:00'],
    ['21.11.2026 08:15', '2026-11-21T08:15:00'],
    ['21.11.2026.', '2026-11-21T00:00:00'],
    ['11/21/2026 08:15:00', '2026-11-21T08:15:00'],
    ['21/11/2026', '2026-11-21T00:00:00'],
    ['2026/11/21 08:15', '2026-11-21T08:15:00'],
    ['2026년 11월 21일 오후 8:15:00', '2026-11-21T20:15:00'],
    ['2026年11月21日 08:15', '2026-11-21T08:15:00'],
    ['sob, 21 novembar 2026 08:15:00 +0100', '2026-11-21T07:15:00'],
    ['суб, 21 новембар 2026 08:15', '2026-11-21T08:15:00'],
    ['21 ноября 2026 г. 08:15', '2026-11-21T08:15:00'],
    ['Sa, 21. März 2026 08:15', '2026-03-21T08:15:00'],
    ['21 décembre 2026', '2026-12-21T00:00:00'],
    ['Mon, 30 Feb 2026 00:00:00 GMT', '2026-03-02T00:00:00'],
    ['Sat, 21 Nov 2026 24:00:00 GMT', '2026-11-22T00:00:00'],
  ])('%s', (text, expected) => {
    expect(readDate(text)).toBe(`${expected}.000Z`);
  });

  it.each([
    '',
    'yesterday',
    'Nov',
    '12:30',
    '2026-13-01',
    '2026-11-41',
    '99/99/9999',
    'Sat, 21 Nov 2026 30:00:00 GMT',
    '1 2',
    'x'.repeat(500),
  ])('is undefined for %j', (text) => {
    expect(readDate(text)).toBeUndefined();
  });

  it('reads every instant as ISO, RFC 822 and with an offset, never in local time', () => {
    const instants = fc.date({ min: new Date('1971-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
        date.setUTCMilliseconds(0);
        expect(readDate(date.toISOString())).toBe(date.toISOString());
        expect(readDate(date.toUTCString())).toBe(date.toISOString());
        const shifted = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
        const clock = `${String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0')}:${String(Math.abs(offset) % 60).padStart(2, '0')}`;
        expect(readDate(`${shifted}${offset < 0 ? '-' : '+'}${clock}`)).toBe(date.toISOString());
      }),
    );
  });

  it('gives an instant or nothing, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(readDate(text) ?? '1999-01-01T00:00:00.000Z').toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      }),
    );
  });
});
