import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { Redis } from 'ioredis';
import { temporaryFolder } from './temporary-folder.ts';

/** Why Redis tests cannot run here, or undefined. In CI there is no excuse. */
export function redisMissing(): string | undefined {
  if (spawnSync('redis-server', ['--version']).status === 0) return undefined;
  if (process.env.CI === 'true') throw new Error('CI=true, but redis-server is not installed');
  return 'skipped: redis-server is not installed (Debian: apt-get install redis-server)';
}

export interface TestRedis extends AsyncDisposable {
  readonly url: string;
  /** Kills it at once, as the system does when memory runs out. */
  kill(): Promise<void>;
  /** Starts it again on its port, with what its files hold; `empty` throws those away first. */
  restart(options?: { empty?: boolean }): Promise<void>;
}

/** A real Redis of its own on a free port of the loopback interface, with the persistence that docker-compose.yml uses. */
export async function openTestRedis(options: { appendOnly?: boolean; within?: string } = {}): Promise<TestRedis> {
  const port = await new Promise<number>((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
  const folder = temporaryFolder('redis', options.within);
  const persistence = options.appendOnly === false ? ['--appendonly', 'no', '--save', ''] : ['--appendonly', 'yes'];
  const flags = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, ...persistence];
  const url = `redis://127.0.0.1:${port}`;
  const start = async (): Promise<ChildProcess> => {
    const started = spawn('redis-server', [...flags, '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' });
    const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
    client.on('error', () => undefined);
    await client.ping();
    client.disconnect();
    return started;
  };
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  };
  let child = await start();
  return {
    url,
    kill: () => end('SIGKILL'),
    async restart({ empty = false } = {}) {
      await end('SIGKILL');
      if (empty) await rm(path.join(folder, 'appendonlydir'), { recursive: true, force: true });
      child = await start();
    },
    async [Symbol.asyncDispose]() {
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
