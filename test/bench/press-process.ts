import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { openGeneratedPress } from './generated-press.ts';

/** A generated press in a process of its own. */
export interface PressProcess extends Disposable {
  readonly pid: number;
  /** Every address of the press is reached through it. */
  readonly proxy: string;
  /** The file that lists its hosts as sources. */
  readonly catalogue: string;
}

interface Told {
  readonly proxy: string;
  readonly sources: readonly unknown[];
}

/** Starts a press, whose three of five articles are in stories of 5 to 40. @param folder where its catalogue is written */
export async function openPressProcess(
  size: { readonly hosts: number; readonly articlesPerHost: number },
  folder: string,
): Promise<PressProcess> {
  const press = spawn(process.execPath, [import.meta.filename, JSON.stringify(size)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ proxy, sources }] = (await once(press, 'message')) as [Told];
  const catalogue = path.join(folder, 'sources.yaml');
  await writeFile(catalogue, stringify({ sources }));
  return { pid: press.pid ?? 0, proxy, catalogue, [Symbol.dispose]: () => press.disconnect() };
}

if (process.send && process.argv[1] === import.meta.filename) {
  const press = await openGeneratedPress({ ...JSON.parse(process.argv[2] ?? ''), seed: 1, stories: true });
  process.send({ proxy: press.proxy, sources: press.sources } satisfies Told);
  process.once('disconnect', () => process.exit(0));
}
