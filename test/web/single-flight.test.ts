import { describe, expect, it } from 'vitest';
import { sharedAnswer } from '../../src/web/single-flight.ts';

/** A question whose answers are given by hand: the state of the world when it was asked. */
function openQuestion() {
  let world = 0;
  const open: (() => void)[] = [];
  const ask = sharedAnswer(() => {
    const seen = world;
    return new Promise<number>((resolve) => open.push(() => resolve(seen)));
  });
  return {
    ask,
    asked: () => open.length,
    change: () => ++world,
    answer: async (index: number) => {
      open[index]?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('sharedAnswer', () => {
  it('asks once for all who wait, and never gives an answer older than the asker', async () => {
    const { ask, asked, change, answer } = openQuestion();
    const first = ask();
    change();
    const later = [ask(), ask(), ask()];
    expect(asked()).toBe(1);
    await answer(0);
    expect(await first).toBe(0);
    expect(asked()).toBe(2);
    change();
    const last = ask();
    await answer(1);
    expect(await Promise.all(later)).toEqual([1, 1, 1]);
    await answer(2);
    expect(await last).toBe(2);
    const afterAll = ask();
    await answer(3);
    expect(await afterAll).toBe(2);
  });

  it('goes on after a failure', async () => {
    let count = 0;
    const ask = sharedAnswer(async () => {
      count++;
      if (count === 1) throw new Error('no database');
      return count;
    });
    const [first, second] = await Promise.allSettled([ask(), ask()]);
    expect(first).toMatchObject({ status: 'rejected' });
    expect(second).toEqual({ status: 'fulfilled', value: 2 });
    expect(await ask()).toBe(3);
  });
});
