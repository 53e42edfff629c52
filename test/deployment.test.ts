import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { openTestDatabase, type TestDatabase } from './support/postgres.ts';
import { startCourant } from './support/process.ts';
import { openTestRedis, redisMissing, type TestRedis } from './support/redis.ts';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFile(path.join(root, file), 'utf8');

/** What of the Compose specification the file uses; anything else is a mistake. */
const healthcheck = z.strictObject({ test: z.array(z.string()), interval: z.string(), retries: z.int() });
const service = z.strictObject({
  build: z.literal('.').optional(),
  image: z.string(),
  restart: z.literal('unless-stopped'),
  init: z.boolean().optional(),
  environment: z.record(z.string(), z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).optional(),
  command: z.array(z.string()).optional(),
  ports: z.array(z.string()).optional(),
  healthcheck: healthcheck.optional(),
});
const compose = z.looseObject({
  name: z.literal('courant'),
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
});

const file = compose.parse(parse(await read('docker-compose.yml'), { merge: true }));
const ours = Object.entries(file.services).filter(([, one]) => one.build === '.');
const missing = redisMissing();

describe('docker-compose.yml', () => {
  it('has a service for every role, and its data in named volumes', () => {
    expect(Object.keys(file.services)).toEqual(['postgres', 'redis', 'web', 'schedule', 'crawl', 'ingest', 'publish']);
    const used = Object.values(file.services).flatMap((one) => one.volumes ?? []);
    for (const volume of Object.keys(file.volumes))
      expect(used.some((mount) => mount.startsWith(`${volume}:`))).toBe(true);
    for (const [, one] of ours) {
      expect(Object.keys(one.depends_on ?? {})).toEqual(['postgres', 'redis']);
      for (const needed of Object.keys(one.depends_on ?? {})) expect(file.services[needed]?.healthcheck).toBeDefined();
    }
  });

  it('publishes no fixed container name or port for what scales by number', () => {
    for (const name of ['crawl', 'ingest', 'publish']) expect(file.services[name]?.ports).toBeUndefined();
  });

  it('mounts the catalogue into the image, and no code of the host', () => {
    for (const [name, one] of ours) {
      const inApp = (one.volumes ?? []).map((mount) => mount.split(':')[1]).filter((to) => to?.startsWith('/app'));
      expect(inApp, name).toEqual(['/app/feeds/sources.yaml']);
    }
  });

  it('copies into the image what its build and its entry need', async () => {
    const lines = (await read('Dockerfile')).split('\n');
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(' ').slice(1, -1));
    const allowed = (await read('.dockerignore'))
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    for (const one of copied) {
      expect(existsSync(path.join(root, one)), one).toBe(true);
      expect(
        allowed.some((entry) => one === entry || one.startsWith(`${entry}/`)),
        `${one} is sent to the build`,
      ).toBe(true);
    }
    const entry = /^ENTRYPOINT \["node", "(.+)"\]$/m.exec(lines.join('\n'))?.[1];
    const { bin } = JSON.parse(await read('package.json')) as { bin: { courant: string } };
    expect(entry).toBe(bin.courant);
  });

  describe.skipIf(missing)(missing ?? 'starts', () => {
    let database: TestDatabase;
    let redis: TestRedis;
    beforeAll(async () => {
      database = await openTestDatabase();
      redis = await openTestRedis();
    });
    afterAll(async () => {
      await redis[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    });

    it.each(ours)('%s with its command line, and stops in order', async (_name, one) => {
      const words = (one.command ?? []).map((word) => word.replace('0.0.0.0', '127.0.0.1').replace(/^8080$/, '0'));
      await using running = startCourant(words, { DATABASE_URL: database.url, REDIS_URL: redis.url, USER_AGENT: '' });
      await running.until(/working|the wire runs|listening/);
      const { code, seconds } = await running.stop('SIGTERM');
      expect(running.output.stderr).not.toMatch(/error/i);
      expect(code).toBe(0);
      expect(seconds).toBeLessThan(10);
    });

    it('redis with its command line', async () => {
      const [program, ...flags] = file.services.redis?.command ?? [];
      const child = spawn(program ?? '', [...flags, '--port', '0', '--appendonly', 'no'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      let output = '';
      await new Promise<void>((resolve) => {
        child.stdout.on('data', (chunk: Buffer) => {
          output += chunk;
          if (/Server initialized|Configured to not listen/.test(output)) resolve();
        });
        child.once('exit', () => resolve());
      });
      child.kill('SIGTERM');
      await ended;
      expect(output).not.toMatch(/FATAL|Bad directive/);
      expect(flags).toEqual(['--appendonly', 'yes', '--maxmemory-policy', 'noeviction']);
    });
  });
});
