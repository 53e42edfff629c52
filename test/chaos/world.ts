import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { stringify } from 'yaml';
import { openPress, type Press } from '../../src/demo/press.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { type EmbeddedPostgres, openEmbeddedPostgres } from '../../src/store/embedded.ts';
import { type GeneratedPress, openGeneratedPress } from '../bench/generated-press.ts';
import { openCable } from '../support/cable.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

export type Backend = 'postgres' | 'redis' | 'redis without files';

/** Everything that the processes live on, each of its own: sites, PostgreSQL, Redis, a cable to either, and a webhook. */
export interface World extends AsyncDisposable {
  readonly backend: Backend;
  readonly press: Press;
  readonly generated: GeneratedPress;
  readonly server: EmbeddedPostgres;
  readonly redis: TestRedis | undefined;
  /** For the harness itself, past the cable. */
  readonly store: Store;
  readonly cables: readonly { cut(): void; mend(): void }[];
  /** Ids of the events in the order in which the webhook took them. It refuses one in twenty. */
  readonly told: number[];
  readonly folder: string;
  /** Whether the folder is a small disk of its own, which can be filled. */
  readonly isSmall: boolean;
  readonly env: Readonly<Record<string, string>>;
}

export async function openWorld(backend: Backend, hosts: number): Promise<World> {
  const folder = temporaryFolder('chaos');
  // Only root may mount, and not in every container.
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=600m,mode=755', 'tmpfs', folder]);
  const isSmall = mounted.status === 0;
  await chmod(folder, 0o755);
  const press = await openPress();
  const generated = await openGeneratedPress({ hosts, articlesPerHost: 10, seed: 7 });
  const server = await openEmbeddedPostgres(path.join(folder, 'data'));
  const redis =
    backend === 'postgres' ? undefined : await openTestRedis({ appendOnly: backend === 'redis', within: folder });
  const store = await openStore(server.url, { connections: 2 });
  const databaseCable = await openCable(new URL(server.url));
  const redisCable = redis ? await openCable(new URL(redis.url)) : undefined;
  const told: number[] = [];
  const webhook = createServer((request, response) => {
    request.resume();
    const refused = Math.random() < 0.05;
    if (!refused) told.push(Number(request.headers['idempotency-key']));
    response.writeHead(refused ? 503 : 204).end();
  });
  webhook.listen(0, '127.0.0.1');
  await once(webhook, 'listening');

  const catalogue = path.join(folder, 'sources.yaml');
  const sources = [
    ...press.sources.map((source) => ({ ...source, proxy: press.proxy })),
    ...generated.sources.map((source) => ({ ...source, proxy: generated.proxy })),
  ];
  await writeFile(catalogue, stringify({ sources }));
  return {
    backend,
    press,
    generated,
    server,
    redis,
    store,
    cables: [databaseCable, ...(redisCable ? [redisCable] : [])],
    told,
    folder,
    isSmall,
    env: {
      DATABASE_URL: databaseCable.url,
      ...(redisCable ? { REDIS_URL: redisCable.url } : {}),
      SOURCES: catalogue,
      RATE: '20',
      PORT: '0',
      WEBHOOKS: `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`,
      PRIVATE_TARGETS: '1',
      LOG_LEVEL: 'info',
    },
    async [Symbol.asyncDispose]() {
      await store.close();
      await Promise.all([databaseCable.close(), redisCable?.close(), press.close(), generated.close()]);
      webhook.closeAllConnections();
      webhook.close();
      await redis?.[Symbol.asyncDispose]();
      await server.release();
      if (isSmall) spawnSync('umount', ['-l', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
