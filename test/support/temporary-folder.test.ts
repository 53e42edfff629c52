import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

/** Its process id was given and is free again. */
const ended = spawnSync(process.execPath, ['-e', '']).pid;

it('takes away what ended processes left, and nothing else', () => {
  const within = temporaryFolder('sweep');
  const make = (name: string, server?: number) => {
    mkdirSync(path.join(within, name, 'data', 'postgres'), { recursive: true });
    if (server !== undefined)
      writeFileSync(path.join(within, name, 'data/postgres/postmaster.pid'), `${server}\nmore\n`);
    return path.join(within, name);
  };
  const gone = [make(`courant-left-${ended}-aBc123`), make(`courant-down-${ended}-aBc123`, ended)];
  const stay = [
    ...[make(`courant-own-${process.pid}-aBc123`), make(`courant-served-${ended}-aBc123`, process.pid)],
    ...[make(`courant-test-root-${ended}`), make(`other-left-${ended}-aBc123`)],
  ];
  const script = `import('${new URL('temporary-folder.ts', import.meta.url).href}').then(({ temporaryFolder }) => temporaryFolder('new', process.argv[1]))`;
  expect(spawnSync(process.execPath, ['-e', script, within], { encoding: 'utf8' })).toMatchObject({ status: 0 });
  expect(gone.filter((folder) => existsSync(folder))).toEqual([]);
  expect(stay.filter((folder) => !existsSync(folder))).toEqual([]);
  rmSync(within, { recursive: true, force: true });
});
