/**
 * `npm run test:mutation [-- --only TEXT]`: takes the guarantees away one by one, in a copy of the tree, and runs the tests that must
 * notice. Prints each survivor; ends with 1 when fewer than nine in ten were noticed. Takes ten minutes or more on two cores.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { mutants } from './mutants.ts';

const leastNoticed = 0.9;

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const root = path.resolve(import.meta.dirname, '../..');
const copy = mkdtempSync(path.join(tmpdir(), 'courant-mutation-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const file of execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n'))
  cpSync(path.join(root, file), path.join(copy, file));
symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));

/** Whether the tests pass; the first failure ends them. */
function passes(tests: readonly string[]): boolean {
  const words = ['run', '--bail', '1', '--reporter', 'dot', ...tests.map((test) => `test/${test}`)];
  const { status } = spawnSync(path.join(copy, 'node_modules/.bin/vitest'), words, { cwd: copy, timeout: 300_000 });
  return status === 0;
}

const chosen = mutants.filter(({ file, without }) => `${file} ${without}`.includes(values.only));
for (const tests of new Set(chosen.map((mutant) => mutant.tests.join(' ')))) {
  if (!passes(tests.split(' '))) throw new Error(`These tests fail without any mutation: ${tests}`);
}
const survivors = chosen.filter(({ without, file, find, replace, tests }) => {
  const target = path.join(copy, file);
  const sound = readFileSync(target, 'utf8');
  writeFileSync(
    target,
    sound.replace(find, () => replace),
  );
  const survived = passes(tests);
  writeFileSync(target, sound);
  console.log(`${survived ? 'SURVIVED' : 'noticed '}  ${file}: ${without}`);
  return survived;
});
const noticed = chosen.length - survivors.length;
console.log(`\n${noticed} of ${chosen.length} mutants were noticed`);
if (noticed < leastNoticed * chosen.length) process.exitCode = 1;
