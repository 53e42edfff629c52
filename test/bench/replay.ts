/**
 * Rounds over the recorded web through the real processes: `courant crawl --once` as a child, its own PostgreSQL, and
 * Redis for the queues if wanted.
 *
 *     npm run bench:replay -- --server REPLAY_FOLDER --data DATA_FOLDER --sources SOURCES_JSON
 *         [--redis] [--json] [--rounds 3] [--scenario FILE] [--only TEXT]
 *
 * With more than one round the recorded web goes on to its next epoch between them: stories are updated, moved and
 * withdrawn, and home pages change. At the end one table of all rounds is printed, and whether the crawl was polite.
 */
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { z } from 'zod';
import { parseSource, type Source, writeCatalogue } from '../../src/catalogue/catalogue.ts';
import { openTestRedis } from '../support/redis.ts';
import { openBenchPostgres } from './bench-postgres.ts';
import { type Round, runRound } from './replay-round.ts';
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

const { sources, withoutRecord } = await readSources(sourcesFile);

await using replay = await startReplay({ server, data, scenario: values.scenario });
await using postgres = await openBenchPostgres();
const catalogue = path.join(postgres.folder, 'sources.yaml');
await writeFile(catalogue, writeCatalogue(sources));
await using redis = values.redis ? await openTestRedis() : undefined;
const db = new pg.Client({ connectionString: postgres.url });
await db.connect();

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const orNone = (words: readonly string[]) => words.join(', ') || 'none';
const changes: Readonly<Record<string, string>> = {
  update: 'updated',
  correction: 'corrected',
  moved: 'moved, still one',
  reguid: 'new guid, still one',
  gone: 'withdrawn (410)',
};

/** One row for each figure, one column for each round. */
function tableOf(rounds: readonly Round[]): Record<string, Record<string, string | number>> {
  const rows: Record<string, Record<string, string | number>> = {};
  for (const round of rounds) {
    const column = `round ${round.epoch}`;
    const { summary, loop, saved } = round;
    const put = (name: string, value: string | number) => {
      rows[name] = { ...rows[name], [column]: value };
    };
    put('pages fetched', summary.pages);
    put('published', summary.published);
    put('updated', summary.updated);
    put('duplicates', summary.duplicates);
    put('withdrawn so far', round.withdrawn);
    put('left open', summary.open);
    for (const [reason, count] of Object.entries(summary.rejected)) put(`rejected: ${reason}`, count);
    for (const [kind, { changed, right }] of Object.entries(round.noticed))
      put(`truth: ${changes[kind] ?? kind}`, `${right} of ${changed}`);
    put('requests', round.requests);
    put('requests an article', round.requestsPerArticle);
    put('answered 304', `${saved.answers} (${megabytes(saved.bytes)} saved)`);
    put('sources that failed', Object.keys(summary.failed).length);
    put('seconds', Math.round(summary.seconds));
    put('peak memory, MB', round.peakMb);
    put('with PostgreSQL, MB', round.peakWithPostgresMb);
    put('event loop held up, ms', `${loop.wallMs} (${loop.cpuMs} of work)`);
  }
  return rows;
}

const rounds: Round[] = [];
try {
  for (let epoch = 1; epoch <= Number(values.rounds); epoch++)
    rounds.push(
      await runRound(epoch, {
        replay,
        db,
        postgres,
        redis: redis?.url,
        catalogue,
        // Hosts of which the record holds list pages only can give none.
        giving: sources.map(({ id }) => id).filter((id) => !withoutRecord.has(id)),
        logLevel: values.log,
      }),
    );
} finally {
  await db.end();
}
const judge = spawnSync(
  process.execPath,
  [path.join(server, 'politeness.mjs'), replay.logFile, '--rate', '1', '--conc', '1'],
  { encoding: 'utf8' },
);
const verdict = judge.stdout.trim().split('\n').at(-1) ?? '';
const backend = redis ? 'redis' : 'postgres';
if (values.json) console.log(JSON.stringify({ backend, sources: sources.length, rounds, verdict }));
else {
  console.log(`${sources.length} sources, queues on ${backend}, scenario ${values.scenario ?? 'none'}`);
  console.table(tableOf(rounds));
  for (const { epoch, summary, withoutArticles, noticed } of rounds) {
    console.log(`round ${epoch}: without any article: ${orNone(withoutArticles)}`);
    for (const [id, why] of Object.entries(summary.failed)) console.log(`  ${id} failed: ${why}`);
    for (const [kind, { wrong }] of Object.entries(noticed))
      if (wrong.length > 0) console.log(`  ${kind} not noticed: ${wrong.join(' ')}`);
  }
  console.log(`politeness: ${verdict}`);
  if (verdict !== 'polite') console.log(judge.stdout);
}
process.exitCode = verdict === 'polite' ? 0 : 1;
