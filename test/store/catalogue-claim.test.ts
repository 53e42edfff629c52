import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CatalogueClaim, claimCatalogue } from '../../src/store/catalogue-claim.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const mine = { name: '/srv/wire/sources.yaml', content: 'a' };
const other = { name: '/srv/wire/other.yaml', content: 'b' };
const claim = async (catalogue: typeof mine) => {
  const claimed = await claimCatalogue(store, catalogue);
  if ('pid' in claimed) throw new Error(`refused: ${claimed.name}`);
  return claimed satisfies CatalogueClaim;
};

describe('a store is claimed for one catalogue', () => {
  it('refuses another one with the name of the first, until the first is gone', async () => {
    const first = await claim(mine);
    expect(await claimCatalogue(store, other)).toEqual({ name: mine.name, pid: String(process.pid) });
    await first.release();
    await (await claim(other)).release();
  });

  it('lets others hold the same file, changed or not, and the same content', async () => {
    for (const second of [
      { ...mine, content: 'edited' },
      { ...other, content: mine.content },
    ]) {
      const held = [await claim(mine), await claim(second)];
      for (const one of held) await one.release();
    }
  });

  it('lets one of two win that begin at the same instant', async () => {
    const both = await Promise.all([claimCatalogue(store, mine), claimCatalogue(store, other)]);
    expect(both.filter((one) => 'pid' in one).length).toBe(1);
    for (const one of both) if ('release' in one) await one.release();
  });

  it('is given up by a process whose connection ends, however', async () => {
    await claim(mine);
    await store.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'courant catalogue %' and datname = current_database() and pid in (select pid from pg_locks where locktype = 'advisory')`,
    );
    await (await claim(other)).release();
  });
});
