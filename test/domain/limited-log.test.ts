import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createLimitedLog } from '../../src/domain/limited-log.ts';

it('says a warning once a minute and kind, with how often it came, however often it comes', () => {
  const lines: { msg: string; error: string; repeated?: number }[] = [];
  let now = 0;
  const log = createLimitedLog(pino({}, { write: (line) => void lines.push(JSON.parse(line)) }), () => now);
  for (; now < 120_000; now += 2) {
    log.warn('57P03', 'the queue does not answer');
    log.warn('ECONNREFUSED', 'the queue does not answer');
  }
  expect(lines.map(({ error, repeated }) => [error, repeated])).toEqual([
    ['57P03', undefined],
    ['ECONNREFUSED', undefined],
    ['57P03', 29_999],
    ['ECONNREFUSED', 29_999],
  ]);
});
