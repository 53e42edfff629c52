import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
/** Biome leaves templates and texts as they are; what is longer than this is not read, neither on a screen nor in a review. */
const longest = 260;

it('no line of the code is too long to be read', async () => {
  const files = await Array.fromAsync(glob('{src,workers,feeds}/**/*.ts', { cwd: root }));
  const long = files.flatMap((file) =>
    readFileSync(path.join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (line.length > longest ? [`${file}:${index + 1}`] : [])),
  );
  expect(files.length).toBeGreaterThan(300);
  expect(long).toEqual([]);
});
