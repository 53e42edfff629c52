import { describe, expect, it } from 'vitest';
import { type AlertLimits, isQuiet, readAlertLimits, readQuietHours } from '../../src/domain/alert-limits.ts';
import { readSettings } from '../../src/domain/settings.ts';
import type { Facts } from '../../src/publish/alerts/facts.ts';
import { findAlerts } from '../../src/publish/alerts/find-alerts.ts';
import type { SourceFacts } from '../../src/store/read/alert-facts.ts';

const now = new Date('2026-11-30T12:00:00Z');
const ago = (hours: number): Date => new Date(now.getTime() - hours * 3600_000);
const well: SourceFacts = {
  ...{ id: 'paper', name: 'Paper', state: 'gives', inARow: 9, cause: null, lastSuccessAt: ago(0.5) },
  ...{ kept: 20, rejected: 5, keptBefore: 200, rejectedBefore: 50 },
  ...{ texts: 20, textsBefore: 200, size: 2000, sizeBefore: 2100 },
};
const facts = (source: Partial<SourceFacts> = {}, rest: Partial<Facts> = {}): Facts => ({
  sources: [{ ...well, ...source }],
  wire: { last: ago(1), hours: 900, pauses: [9, 7] },
  lag: { articles: 50, minutes: 20 },
  deliveries: [
    {
      target: 'webhook https://hooks.example/secret',
      failures: 0,
      nextTryAt: now,
      lastError: null,
      setAside: 0,
      setAsideError: null,
    },
  ],
  queues: [{ name: 'crawl', waitingMinutes: 2, paused: false }],
  disk: { folder: './data', freePercent: 40 },
  certificates: [{ host: 'wire.example', endsAt: new Date('2027-01-30'), error: undefined }],
  ...rest,
});
const limits = readAlertLimits([]) as AlertLimits;
const found = (all: Facts, env = limits) => findAlerts(all, env, now).map(({ kind, message }) => `${kind}: ${message}`);

describe('alerts', () => {
  it('find nothing in a wire that is well', () => expect(found(facts())).toEqual([]));

  it('measure silence by the rhythm of the wire: its weekends are no silence', () => {
    const wire = (hours: number, pauses: number[], of = 300) =>
      facts({}, { wire: { last: ago(hours), hours: of, pauses } });
    expect(found(wire(70, [60, 58]))).toEqual([]);
    expect(found(wire(120, [60, 58]))).toEqual([
      'nothing: Nothing was published for 5 days; its longest usual pause is 2 days',
    ]);
    // Of a wire that writes each hour a day of silence is news; of one that is new nothing is known yet.
    expect(found(wire(24, [3, 2]))).toHaveLength(1);
    expect(found(wire(24, [3, 2], 4))).toEqual([]);
  });

  it.each<[string, Facts]>([
    ['failing', facts({ state: 'fails', inARow: 3, cause: 'answered 500' })],
    ['silent', facts({ state: 'nothing', inARow: 2, cause: 'feed: answered 404' })],
    ['rejected', facts({ kept: 2, rejected: 18 })],
    ['length', facts({ size: 900 })],
    ['length', facts({ size: 4300 })],
    ['nothing', facts({}, { wire: { last: ago(20), hours: 900, pauses: [9, 7] } })],
    ['lag', facts({}, { lag: { articles: 10, minutes: 130 } })],
    [
      'delivery',
      facts(
        {},
        {
          deliveries: [
            {
              target: 'webhook https://h.example/secret',
              failures: 5,
              nextTryAt: now,
              lastError: 'answered 500',
              setAside: 0,
              setAsideError: null,
            },
          ],
        },
      ),
    ],
    ['queue', facts({}, { queues: [{ name: 'article', waitingMinutes: 31, paused: true }] })],
    ['disk', facts({}, { disk: { folder: './data', freePercent: 9.9 } })],
    [
      'certificate',
      facts({}, { certificates: [{ host: 'wire.example', endsAt: new Date('2026-12-05'), error: undefined }] }),
    ],
    [
      'certificate',
      facts({}, { certificates: [{ host: 'wire.example', endsAt: undefined, error: 'self-signed certificate' }] }),
    ],
  ])('find %s, unless its limit is 0', (kind, all) => {
    const [one = '', ...more] = found(all);
    expect([one.split(':', 1)[0], more]).toEqual([kind, []]);
    expect(one).not.toContain('secret');
    expect(found(all, { ...limits, [kind]: 0 })).toEqual([]);
  });

  it('take a day with few pages or texts for no sign of a changed layout', () => {
    expect(found(facts({ kept: 0, rejected: 8, texts: 4, size: 100 }))).toEqual([]);
    expect(found(facts({ kept: 0, rejected: 8, keptBefore: 1, rejectedBefore: 2 }))).toEqual([]);
  });
});

describe('the settings of alerts', () => {
  it('change the limits that they name', () => {
    expect(readAlertLimits(['failing=5', 'disk=0'])).toEqual({ ...limits, failing: 5, disk: 0 });
    expect(readAlertLimits(['failling=5'])).toMatch(/^'failling=5' is none of silent=2 failing=3/);
    expect(() => readSettings({ ALERT_LIMITS: 'disk=lots' })).toThrow(/ALERT_LIMITS: 'disk=lots' is none of/);
  });

  it('name who is told; a wrong one is not repeated, since it may hold a secret', () => {
    expect(readSettings({ ALERTS: 'a@x.example, ntfy:https://n.example/t' }).ALERTS).toHaveLength(2);
    const wrong = (): unknown => readSettings({ ALERTS: 'a@x.example slack://secret' });
    expect(wrong).toThrow(/ALERTS: entry 2 is no mail address/);
    expect(wrong).not.toThrow(/secret/);
  });

  it('know quiet hours over midnight, by the clock of the machine', () => {
    const hours = readQuietHours('22:00-07:00');
    const at = (hour: number): boolean => isQuiet(hours, new Date(2026, 10, 29, hour, 30));
    expect([21, 22, 3, 6, 7, 12].map(at)).toEqual([false, true, true, true, false, false]);
    expect(isQuiet(readQuietHours('12:00-13:00'), new Date(2026, 10, 29, 12, 30))).toBe(true);
    for (const text of ['22-7', '25:00-07:00', '22:60-07:00', '22:00']) expect(readQuietHours(text)).toBeUndefined();
    expect(() => readSettings({ ALERT_QUIET: 'night' })).toThrow(/ALERT_QUIET: hours such as 22:00-07:00/);
  });
});
