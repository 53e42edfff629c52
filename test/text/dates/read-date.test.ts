import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDate } from '../../../src/text/dates/read-date.ts';
import { aMoment, aStyle, calendarLanguages, inCalendar } from './calendars.ts';

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
    // Zones by name: Africa, Israel, Iran, Indonesia, old Unix names, names of places, the minus that typesetters use.
    ['Mon, 24 Nov 2025 10:00:00 EAT', '2025-11-24T07:00:00'],
    ['Mon, 24 Nov 2025 10:00:00 WAT', '2025-11-24T09:00:00'],
    ['Mon, 24 Nov 2025 10:00:00 CAT', '2025-11-24T08:00:00'],
    ['Mon, 24 Nov 2025 10:00:00 IDT', '2025-11-24T07:00:00'],
    ['Mon, 24 Nov 2025 10:00:00 IRST', '2025-11-24T06:30:00'],
    ['2025-11-24T10:00:00 WITA', '2025-11-24T02:00:00'],
    ['Mon, 24 Nov 2025 10:00:00 EST5EDT', '2025-11-24T15:00:00'],
    ['Mon, 24 Nov 2025 10:00:00 Europe/Belgrade', '2025-11-24T09:00:00'],
    ['2025-07-24 10:00:00 America/New_York', '2025-07-24T14:00:00'],
    ['2025-11-24T10:00:00\u221205:00', '2025-11-24T15:00:00'],
    ['Mon, 14 Jul 2025 10:00:00 ET', '2025-07-14T14:00:00'],
    ['Mon, 24 Nov 2025 10:00:00 ET', '2025-11-24T15:00:00'],
    // A zone that nobody knows: the clock is not believed, and it is not UTC.
    ['Mon, 24 Nov 2025 10:00:00 QQT', '2025-11-24T00:00:00'],
    // Clocks and digits.
    ['Mon, 24 Nov 2025 9:5:3 GMT', '2025-11-24T09:05:03'],
    ['2025-11-24T10', '2025-11-24T10:00:00'],
    ['24 Nov 2025 10h15', '2025-11-24T10:15:00'],
    ['٢٤ نوفمبر ٢٠٢٥ 10:00', '2025-11-24T10:00:00'],
    ['२४ नवंबर २०२५ १०:००', '2025-11-24T10:00:00'],
    // Short months that mean another one next door: the day of the week decides.
    ['пн, 24 ноя 2025 10:00:00 +0300', '2025-11-24T07:00:00'],
    ['pon, 24 lis 2025 10:00:00 +0100', '2025-11-24T09:00:00'],
    ['pet, 24 lis 2025 10:00:00 +0200', '2025-10-24T08:00:00'],
    // A word, a second sign or the date between clock and zone.
    ['2026-11-21 at 08:15:30', '2026-11-21T08:15:30'],
    ['2026-11-21T08:15:00:-0700', '2026-11-21T15:15:00'],
    ['Sat, 21 Nov 2026 08:15:00 --0700', '2026-11-21T15:15:00'],
    ['08:15 21.11.2026 -0700', '2026-11-21T15:15:00'],
    ['Sat Nov 21 08:15:00 -0700 2026', '2026-11-21T15:15:00'],
    // Weeks of ISO 8601; years of emperors, of the Republic of China, of the Buddha.
    ['2026-W47-6', '2026-11-21T00:00:00'],
    ['2020-W01-1', '2019-12-30T00:00:00'],
    ['令和8年11月21日', '2026-11-21T00:00:00'],
    ['平成18年1月2日', '2006-01-02T00:00:00'],
    ['民國115年11月21日', '2026-11-21T00:00:00'],
    ['21 พ.ย. 69 08:15', '2026-11-21T08:15:00'],
    ['2026年11月21日15时04分', '2026-11-21T15:04:00'],
    ['2026年11月21日 下午3点05分', '2026-11-21T15:05:00'],
  ])('%s', (text, expected) => {
    expect(readDate(text)).toBe(`${expected}.000Z`);
  });

  it('lets the language of the list decide what a short month means', () => {
    expect(readDate('24 lis 2025 10:00', 'pl')).toBe('2025-11-24T10:00:00.000Z');
    expect(readDate('24 lis 2025 10:00', 'hr')).toBe('2025-10-24T10:00:00.000Z');
    expect(readDate('24 lis 2025 10:00')).toBeUndefined();
  });

  it('lets the language of the list decide what stands first', () => {
    expect(readDate('03/01/2026', 'fr')).toBe('2026-01-03T00:00:00.000Z');
    expect(readDate('03/01/2026', 'en-GB')).toBe('2026-01-03T00:00:00.000Z');
    expect(readDate('03/01/2026', 'en')).toBe('2026-03-01T00:00:00.000Z');
    expect(readDate('26/3/1', 'ja')).toBe('2026-03-01T00:00:00.000Z');
    expect(readDate('03/01/2026', 'no language')).toBe('2026-01-03T00:00:00.000Z');
  });

  it.each(calendarLanguages)('reads back what the calendars of %s write', (language) => {
    fc.assert(
      fc.property(aMoment, aStyle, fc.boolean(), (date, dateStyle, timed) => {
        const iso = date.toISOString();
        expect(readDate(inCalendar(date, language, dateStyle, timed), language)?.slice(0, 16)).toBe(
          timed ? iso.slice(0, 16) : `${iso.slice(0, 10)}T00:00`,
        );
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    '',
    'yesterday',
    '2026-002',
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

it.each([
  ['2026-11-21 8:5', '2026-11-21T08:05:00.000Z'],
  ['2026-11-21 08h15', '2026-11-21T08:15:00.000Z'],
  ['2026-11-21T08.15.30', '2026-11-21T08:15:30.000Z'],
  ['2026-11-21T9:5:3+01:00', '2026-11-21T08:05:03.000Z'],
  ['2026-11-21 08h15m30 CET', '2026-11-21T07:15:30.000Z'],
  ['2026-11-21T08:15:30.250Z', '2026-11-21T08:15:30.000Z'],
  ['2026-11-21T0815Z', '2026-11-21T08:15:00.000Z'],
])('reads the clock of %s', (text, instant) => {
  expect(readDate(text)).toBe(instant);
});
