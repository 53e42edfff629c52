/**
 * `npm run test:fuzz -- [--cases 100000] [--seed N] [--only feeds,html] [--minutes M]`: mutated inputs for every reader of what strangers
 * send. Prints a line a target, keeps inputs that broke something in test-results/fuzz, and ends with status 1 when there are any.
 */
import { parseArgs } from 'node:util';
import { fuzz, targetNames } from './fuzz.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
    minutes: { type: 'string' },
  },
});
const names = values.only?.split(',') ?? targetNames;
let found = 0;
for (const target of names) {
  if (!targetNames.includes(target)) throw new Error(`there is no target '${target}': ${targetNames.join(', ')}`);
  const start = Date.now();
  const { cases, findings } = await fuzz(target, {
    cases: Number(values.cases),
    seed: Number(values.seed),
    caseMs: 5_000,
    heapMegabytes: 512,
    folder: 'test-results/fuzz',
    totalMs: values.minutes === undefined ? undefined : Number(values.minutes) * 60_000,
  });
  found += findings.length;
  console.log(
    `${target}: ${cases} cases of seed ${values.seed} in ${Math.round((Date.now() - start) / 1000)} s, ${findings.length} findings`,
  );
  for (const { file, message } of findings) console.log(`  ${file}: ${message.split('\n').slice(0, 3).join(' | ')}`);
}
process.exitCode = found > 0 ? 1 : 0;
