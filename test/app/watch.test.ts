import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { mayPass } from '../../src/app/patience.ts';
import { openWatch } from '../../src/app/watch.ts';
import { CannotRunError } from '../../src/domain/cannot-run.ts';

/** A part that is lost at the first question, and what its `onBack` does each time it is called. */
async function outlive(...backs: (Error | undefined)[]) {
  let asked = 0;
  const ended: Error[] = [];
  const said: string[] = [];
  const part = {
    name: 'database',
    ask: async () => {
      if (asked++ === 0) throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
    },
    onBack: async () => {
      const error = backs.shift();
      if (error) throw error;
    },
  };
  const log = pino({}, { write: (line) => void said.push(JSON.parse(line).msg) });
  const watch = openWatch([part], log, { onEnd: (reason) => ended.push(reason) });
  await vi.waitFor(() => expect(said.at(-1) === 'database back' || ended.length > 0).toBe(true), 12_000);
  await watch.close();
  return { ended, said };
}

describe('a database that is back', () => {
  it('and lost again before all is as it was ends no process', async () => {
    const lost = [new Error('Connection terminated unexpectedly'), Object.assign(new Error('x'), { code: '57P03' })];
    const { ended, said } = await outlive(...lost);
    expect(ended).toEqual([]);
    expect(said.filter((one) => one === 'database back')).toHaveLength(1);
  }, 15_000);

  it('with the catalogue of another ends the process', async () => {
    const { ended } = await outlive(new CannotRunError('another catalogue'));
    expect(ended.map(String)).toEqual(['CannotRunError: another catalogue']);
  }, 15_000);
});

it('what may pass is told from what does not by any of its causes', () => {
  const broken = new Error('Client has encountered a connection error and is not queryable');
  expect(mayPass(new CannotRunError('The queues cannot be used.', { cause: broken }))).toBe(true);
  expect(mayPass(Object.assign(new Error('unsupported startup parameter: options'), { code: '08P01' }))).toBe(false);
  expect(mayPass(Object.assign(new Error('no such database'), { code: '3D000' }))).toBe(false);
});
