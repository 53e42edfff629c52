/**
 * Rounds over the recorded web through the real processes: `courant crawl --once` as a child, its own PostgreSQL, and
 * Redis for the queues if wanted.
 *
 *     npm run bench:replay -- --server REPLAY_FOLDER --data DATA_FOLDER --sources SOURCES_JSON
 *         [--redis] [--json] [--rounds 3] [--scenario FILE] [--only TEXT]
 *
 * With more than one round the recorded web goes on to its next epoch between them: stories are updated, moved and
 * withdrawn, and home pages change.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { z } from 'zod';
import { parseSource, type Source, writeCatalogue } from '../../src/sources/catalogue.ts';
import { openTestRedis } from '../support/redis.ts';
import { openBenchPostgres } from './bench-postgres.ts';
import { serverOf, treeOf, watchMemory } from './process-tree.ts';
import { startReplay } from './replay-server.ts';

const { values } = parseArgs({
  options: {
    server: { type: 'string' },
    data: { type: 'string' },
    sources: { type: 'string' },
    redis: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '1' },
    scenario: { type: 'string' },
    only: { type: 'string', default: '' },
    log: { type: 'string', default: 'error' },
  },
});
const { server, data, sources: sourcesFile } = values;
if (!server || !data || !sourcesFile)
  throw new Error('Name the replay server, its data and its sources: --server FOLDER --data FOLDER --sources FILE');

const address = z.object({ url: z.string() });
const recordedSources = z.object({
  sources: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      home: z.string(),
      feeds: z.array(address),
      sections: z.array(address),
      sitemap: z.string().nullish(),
      lang: z.string().nullish(),
      country: z.string().nullish(),
      /** Article pages that were recorded; the record of some hosts has list pages only. */
      articles: z.number().nullish(),
    }),
  ),
});

/** The recorded web's list of sources as a catalogue of ours. */
async function readSources(file: string): Promise<{ sources: Source[]; withoutRecord: Set<string> }> {
  const recorded = recordedSources
    .parse(JSON.parse(await readFile(file, 'utf8')))
    .sources.filter((source) => source.id.includes(values.only));
  return {
    withoutRecord: new Set(recorded.filter(({ articles }) => articles === 0).map(({ id }) => id)),
    sources: recorded.map(({ id, name, home, feeds, sections, sitemap, lang, country }) =>
      parseSource({
        id,
        name,
        home,
        feeds: feeds.map(({ url }) => url),
        sections: sections.map(({ url }) => url),
        sitemaps: sitemap ? [sitemap] : [],
        ...(lang && /^[a-z]{2,3}$/.test(lang) ? { lang } : {}),
        // The record says `uk`; ISO 3166 says GB.
        ...(country && /^[a-z]{2}$/i.test(country) ? { country: country.toUpperCase().replace('UK', 'GB') } : {}),
      }),
    ),
  };
}

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const { sources, withoutRecord } = await readSources(sourcesFile);

await using replay = await startReplay({ server, data, scenario: values.scenario });
await using postgres = await openBenchPostgres();
const catalogue = path.join(postgres.folder, 'sources.yaml');
await writeFile(catalogue, writeCatalogue(sources));
await using redis = values.redis ? await openTestRedis() : undefined;
const db = new pg.Client({ connectionString: postgres.url });
await db.connect();

const say = (line: string): void => {
  if (!values.json) console.log(line);
};

interface Round {
  readonly epoch: number;
  readonly summary: Record<string, unknown>;
  /** The wire's own processes, and PostgreSQL with them. */
  readonly peakMb: number;
  readonly peakWithPostgresMb: number;
  readonly requests: number;
  readonly requestsPerArticle: number;
  readonly notModified: number;
  /** Articles that readers no longer get since their publisher took them down. */
  readonly withdrawn: number;
  readonly withoutArticles: readonly string[];
}

async function runRound(epoch: number): Promise<Round> {
  if (epoch > 1) {
    await replay.control(`epoch/${epoch}`);
    // Between two epochs lie more than the hours that a second look waits for.
    await db.query('update courant.links set revisit_at = now() where revisit_at is not null');
  }
  const before = (await readLog()).length;
  const flags = ['--sources', catalogue, '--once', '--json', '--proxy', replay.proxy, '--database', postgres.url];
  if (redis) flags.push('--redis', redis.url);
  const child = spawn(process.execPath, [cli, 'crawl', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LOG_LEVEL: values.log },
  });
  using memory = watchMemory(() => treeOf(child.pid ?? 0));
  using whole = watchMemory(() => [...treeOf(child.pid ?? 0), ...serverOf(postgres.folder)]);
  const exit = once(child, 'exit');
  const out = await text(child.stdout);
  const [code] = await exit;
  if (code !== 0) throw new Error(`courant crawl ended with ${String(code)}`);
  const summary = z.record(z.string(), z.unknown()).parse(JSON.parse(out));
  const log = (await readLog()).slice(before);
  const { rows } = await db.query<{ source: string; articles: number }>(
    `select source, count(*) filter (where outcome <> 'rejected')::int as articles from courant.links group by source`,
  );
  const { rows: gone } = await db.query<{ count: number }>(
    'select count(*)::int as count from courant.articles where withdrawn_at is not null',
  );
  const articles = new Map(rows.map((row) => [row.source, row.articles]));
  const counted = z.object({ published: z.number(), updated: z.number(), duplicates: z.number() }).parse(summary);
  const total = counted.published + counted.updated + counted.duplicates;
  return {
    epoch,
    summary,
    peakMb: memory.peak(),
    peakWithPostgresMb: whole.peak(),
    requests: log.length,
    requestsPerArticle: Math.round((log.length / Math.max(1, total)) * 100) / 100,
    notModified: log.filter(({ status }) => status === 304).length,
    withdrawn: gone[0]?.count ?? 0,
    // Hosts of which the record holds list pages only can give none.
    withoutArticles: sources.map(({ id }) => id).filter((id) => !articles.get(id) && !withoutRecord.has(id)),
  };
}

async function readLog(): Promise<{ status: number }[]> {
  const lines = (await readFile(replay.logFile, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  return lines.map((line) => z.object({ status: z.number().catch(0) }).parse(JSON.parse(line)));
}

const rounds: Round[] = [];
let verdict = '';
try {
  for (let epoch = 1; epoch <= Number(values.rounds); epoch++) {
    const round = await runRound(epoch);
    rounds.push(round);
    say(`\nRound ${epoch} over ${sources.length} sources, queues on ${redis ? 'Redis' : 'PostgreSQL'}`);
    say(JSON.stringify(round.summary, undefined, 2));
    say(
      `requests             ${round.requests} (${round.requestsPerArticle} for each article of the round), 304: ${round.notModified}`,
    );
    say(`withdrawn so far     ${round.withdrawn}`);
    say(
      `peak memory          ${round.peakMb} MB (crawl, ingest and publish in one process), ${round.peakWithPostgresMb} MB with PostgreSQL`,
    );
    say(`without any article  ${round.withoutArticles.join(', ') || 'none'}`);
  }
  const judge = spawnSync(
    process.execPath,
    [path.join(server, 'politeness.mjs'), replay.logFile, '--rate', '1', '--conc', '1'],
    {
      encoding: 'utf8',
    },
  );
  verdict = judge.stdout.trim().split('\n').at(-1) ?? '';
  say(`\npoliteness           ${verdict}`);
  if (values.json)
    console.log(JSON.stringify({ backend: redis ? 'redis' : 'postgres', sources: sources.length, rounds, verdict }));
  else if (verdict !== 'polite') console.log(judge.stdout);
} finally {
  await db.end();
}
process.exitCode = verdict === 'polite' ? 0 : 1;
