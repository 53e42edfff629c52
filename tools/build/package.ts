/**
 * `npm run build`: the JavaScript that the package and the container run, in `dist/`. Node strips types only outside of
 * `node_modules`, so what is installed must be compiled; development runs the sources as they are.
 */
import { spawnSync } from 'node:child_process';
import { cp, glob, rm } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const out = path.join(root, 'dist');

await rm(out, { recursive: true, force: true });
const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

// tsc writes what is imported, JSON included; style sheets, icons and scripts for the browser are read as files.
for await (const file of glob('src/**/*.{css,svg,js,jpg,png,webmanifest}', { cwd: root })) {
  await cp(path.join(root, file), path.join(out, file));
}
