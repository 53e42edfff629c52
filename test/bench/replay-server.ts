import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '../support/temporary-folder.ts';

export interface ReplayOptions {
  /** Folder of the replay server: `replay.mjs`, `politeness.mjs`. */
  readonly server: string;
  /** Folder of the recorded pages: `manifest.jsonl`. */
  readonly data: string;
  /** A scenario file of faults. */
  readonly scenario?: string | undefined;
}

/** The recorded web on a free port of the loopback interface. */
export interface ReplayServer extends AsyncDisposable {
  /** `http://127.0.0.1:port`: the proxy through which its hosts are reached. */
  readonly proxy: string;
  readonly pid: number;
  /** One JSON line per request. */
  readonly logFile: string;
  /** Asks its control interface, such as `epoch/2`. */
  control(path: string): Promise<unknown>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}

export async function startReplay(options: ReplayOptions): Promise<ReplayServer> {
  const folder = temporaryFolder('replay');
  const logFile = path.join(folder, 'requests.jsonl');
  const port = await freePort();
  const proxy = `http://127.0.0.1:${port}`;
  const script = path.join(options.server, 'replay.mjs');
  const flags = [
    '--data',
    options.data,
    '--port',
    `${port}`,
    '--log',
    logFile,
    '--ca',
    path.join(folder, 'ca'),
    '--quiet',
  ];
  if (options.scenario) flags.push('--scenario', options.scenario);
  const child: ChildProcess = spawn(process.execPath, [script, ...flags], { stdio: ['ignore', 'ignore', 'inherit'] });
  const control = async (what: string): Promise<unknown> => (await fetch(`${proxy}/__replay/${what}`)).json();
  for (let tries = 0; ; tries++) {
    try {
      await control('status');
      break;
    } catch (error) {
      if (child.exitCode !== null || tries > 150) throw new Error(`${script} does not start`, { cause: error });
      await sleep(200);
    }
  }
  return {
    proxy,
    pid: child.pid ?? 0,
    logFile,
    control,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
