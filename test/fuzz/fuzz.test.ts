import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { fuzz, targetNames } from './fuzz.ts';

/** The short form of `npm run test:fuzz`: always the same inputs. A finding names the file that holds its input. */
describe('mutated inputs break no promise, take no long time and no large memory', () => {
  it.each(targetNames)('%s', async (target) => {
    const folder = temporaryFolder('fuzz');
    const { cases, findings } = await fuzz(target, { cases: 150, seed: 1, caseMs: 10_000, heapMegabytes: 512, folder });
    expect(findings).toEqual([]);
    expect(cases).toBe(150);
  });
});
