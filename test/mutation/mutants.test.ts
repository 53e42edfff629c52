import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mutants } from './mutants.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** `npm run test:mutation` runs them; here only that they still fit the code. */
describe('mutants', () => {
  it.each(mutants)('without "$without" ($file) fits the code', ({ file, find, replace, tests, named }) => {
    expect(readFileSync(path.join(root, file), 'utf8').split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
    for (const test of tests) expect(existsSync(path.join(root, 'test', test)), test).toBe(true);
    if (named) expect(readFileSync(path.join(root, 'test', tests[0] ?? ''), 'utf8')).toContain(named);
  });
});
