/**
 * `npm run test:mutation [-- --only TEXT]`: takes the guarantees away one by one, in a copy of the tree, and runs the tests that must
 * notice. Prints each survivor; ends with 1 when fewer than nine in ten were noticed. Takes twenty minutes or more on two cores.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Mutant, mutants } from './mutants.ts';

const leastNoticed = 0.9;

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const root = path.resolve(import.meta.dirname, '../..');
const copy = temporaryFolder('mutation');
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const file of execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n'))
  cpSync(path.join(root, file), path.join(copy, file));
symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));

const longestMs = 1_800_000;

/** Whether the tests pass within that time; the first failure ends them. */
function judge({ tests, named }: Mutant, timeout: number): { passed: boolean; ms: number; said: string } {
  const words = [
    'run',
    '--bail',
    '1',
    '--reporter',
    'dot',
    ...tests.map((test) => `test/${test}`),
    ...(named ? ['-t', named] : []),
  ];
  const started = performance.now();
  const vitest = path.join(copy, 'node_modules/.bin/vitest');
  const { status, stdout, stderr } = spawnSync(vitest, words, { cwd: copy, timeout, encoding: 'utf8' });
  return { passed: status === 0, ms: performance.now() - started, said: `${stdout}${stderr}`.slice(-3000) };
}

const chosen = mutants.filter(({ file, without }) => `${file} ${without}`.includes(values.only));
const testsOf = ({ tests, named = '' }: Mutant): string => [...tests, named].join(' ').trim();
/** How long the tests take without any mutation; a mutant may take three times as long. */
const soundMs = new Map<string, number>();
for (const mutant of new Map(chosen.map((one) => [testsOf(one), one])).values()) {
  const { passed, ms, said } = judge(mutant, longestMs);
  if (!passed) throw new Error(`These tests fail without any mutation: ${testsOf(mutant)}\n${said}`);
  soundMs.set(testsOf(mutant), ms);
}
const survivors = chosen.filter((mutant) => {
  const { without, file, find, replace } = mutant;
  const target = path.join(copy, file);
  const sound = readFileSync(target, 'utf8');
  writeFileSync(
    target,
    sound.replace(find, () => replace),
  );
  const { passed: survived } = judge(mutant, 60_000 + 3 * Math.round(soundMs.get(testsOf(mutant)) ?? longestMs));
  writeFileSync(target, sound);
  console.log(`${survived ? 'SURVIVED' : 'noticed '}  ${file}: ${without}`);
  return survived;
});
const noticed = chosen.length - survivors.length;
console.log(`\n${noticed} of ${chosen.length} mutants were noticed`);
if (noticed < leastNoticed * chosen.length) process.exitCode = 1;
