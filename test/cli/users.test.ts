import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/db.ts';
import { passwordMatches } from '../../src/store/password.ts';
import { userOf } from '../../src/store/users.ts';
import { openTestDatabase } from '../support/postgres.ts';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const users = (words: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['src/cli.ts', 'users', ...words, '--database', database.url],
    { input, encoding: 'utf8', env: { ...process.env, DATABASE_URL: '' } },
  );
  return { status, stdout, stderr };
};

describe('courant users', () => {
  it('adds, lists, changes and removes accounts; passwords come on standard input only', async () => {
    expect(users(['add', 'anna', '--operator'], 'correct horse\n')).toMatchObject({
      status: 0,
      stderr: 'anna can sign in at /account, which opens the operator pages too.\n',
    });
    expect(users([]).stdout).toMatch(/anna\s+operator/);
    const again = users(['add', 'Anna'], 'correct horse\n');
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining("there is an account 'Anna' already")]);
    expect(users(['password', 'anna'], 'another horse\n').status).toBe(0);
    const store = await openStore(database.url);
    try {
      expect(await userOf(store.db, 'anna', 'another horse')).toMatchObject({ role: 'operator' });
      expect(await userOf(store.db, 'anna', 'correct horse')).toBeUndefined();
    } finally {
      await store.close();
    }
    expect(users(['remove', 'anna']).status).toBe(0);
  }, 240_000);

  it('says what is wrong, and prints a hash for the operator’s setting', async () => {
    for (const [words, input, message] of [
      [['add', 'a b'], '', 'other signs'],
      [['add', 'bert'], 'short\n', 'take 8 or more'],
    ] as const) {
      const { status, stderr } = users(words, input);
      expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
    expect(await passwordMatches('correct horse', users(['hash'], 'correct horse\n').stdout.trim())).toBe(true);
  }, 240_000);
});
