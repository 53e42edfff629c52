import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { z } from 'zod';
import { serverOf, treeOf, watchUse } from './process-tree.ts';
import { readRequests, savedBy304 } from './replay-log.ts';
import type { ReplayServer } from './replay-server.ts';
import { compareWithTruth, type Noticed, worldStories } from './replay-truth.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const probe = new URL('./loop-probe.ts', import.meta.url).href;

const summarySchema = z.looseObject({
  pages: z.number(),
  published: z.number(),
  updated: z.number(),
  duplicates: z.number(),
  rejected: z.record(z.string(), z.number()),
  open: z.number(),
  failed: z.record(z.string(), z.string()),
  seconds: z.number(),
});
const blocksSchema = z.array(z.object({ at: z.number(), wallMs: z.number(), cpuMs: z.number() }));

/** What one round over the recorded web came to. */
export interface Round {
  readonly epoch: number;
  readonly summary: z.infer<typeof summarySchema>;
  /** Of the process that crawls, ingests and publishes, and with PostgreSQL. */
  readonly peakMb: number;
  readonly peakWithPostgresMb: number;
  /** The longest that its event loop was held up from its first request on, and the most that its main thread worked in one go. */
  readonly loop: { readonly wallMs: number; readonly cpuMs: number };
  /** Robots.txt and redirects included. */
  readonly requests: number;
  readonly requestsPerArticle: number;
  readonly saved: { readonly answers: number; readonly bytes: number };
  /** Articles that readers no longer get since their publisher took them down, so far. */
  readonly withdrawn: number;
  readonly noticed: Record<string, Noticed>;
  /** Sources with recorded articles of which none was published. */
  readonly withoutArticles: readonly string[];
}

function longestBlocks(blocks: z.infer<typeof blocksSchema>, from: number): Round['loop'] {
  const running = blocks.filter(({ at, wallMs }) => at - wallMs >= from);
  return {
    wallMs: Math.round(Math.max(0, ...running.map(({ wallMs }) => wallMs))),
    cpuMs: Math.round(Math.max(0, ...running.map(({ cpuMs }) => cpuMs))),
  };
}

export interface RoundParts {
  readonly replay: ReplayServer;
  readonly db: pg.Client;
  /** Address of the database, and the folder of its server. */
  readonly postgres: { readonly url: string; readonly folder: string };
  readonly redis: string | undefined;
  /** File of the catalogue. */
  readonly catalogue: string;
  /** Sources that have articles to give. */
  readonly giving: readonly string[];
  readonly logLevel: string;
}

/** Takes the recorded web to an epoch and crawls all of it once, in a process of its own. */
export async function runRound(epoch: number, parts: RoundParts): Promise<Round> {
  const { replay, db, postgres, redis } = parts;
  if (epoch > 1) {
    await replay.control(`epoch/${epoch}`);
    // Between two epochs lie more than the hours that a second look waits for.
    await db.query('update courant.links set revisit_at = now() where revisit_at is not null');
  }
  const before = (await readRequests(replay.logFile)).length;
  const flags = ['--sources', parts.catalogue, '--once', '--json', '--proxy', replay.proxy];
  flags.push('--database', postgres.url, ...(redis ? ['--redis', redis] : []));
  const loopFile = path.join(path.dirname(parts.catalogue), `loop-${epoch}.json`);
  // With the flag of the npm scripts and the container.
  const child = spawn(process.execPath, ['--max-semi-space-size=16', '--import', probe, cli, 'crawl', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LOG_LEVEL: parts.logLevel, LOOP_PROBE: loopFile },
  });
  using memory = watchUse(() => treeOf(child.pid ?? 0));
  using whole = watchUse(() => [...treeOf(child.pid ?? 0), ...serverOf(postgres.folder)]);
  const exit = once(child, 'exit');
  const out = await text(child.stdout);
  const [code] = await exit;
  if (code !== 0) throw new Error(`courant crawl ended with ${String(code)}`);
  const summary = summarySchema.parse(JSON.parse(out));
  const log = await readRequests(replay.logFile);
  const { rows } = await db.query<{ source: string }>(
    `select distinct source from courant.links where outcome <> 'rejected'`,
  );
  const gone = await db.query('select from courant.articles where withdrawn_at is not null');
  const withArticles = new Set(rows.map(({ source }) => source));
  const requests = log.length - before;
  const articles = summary.published + summary.updated + summary.duplicates;
  return {
    epoch,
    summary,
    peakMb: memory.peak(),
    peakWithPostgresMb: whole.peak(),
    // Before that it loads its code and weights, and nobody waits.
    loop: longestBlocks(
      blocksSchema.parse(JSON.parse(await readFile(loopFile, 'utf8'))),
      log[before]?.t ?? Number.POSITIVE_INFINITY,
    ),
    requests,
    requestsPerArticle: Math.round((requests / Math.max(1, articles)) * 100) / 100,
    saved: savedBy304(log, before),
    withdrawn: gone.rowCount ?? 0,
    noticed: await compareWithTruth(db, worldStories.parse(await replay.control('gold')), epoch),
    withoutArticles: parts.giving.filter((id) => !withArticles.has(id)),
  };
}
