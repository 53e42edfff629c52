import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type App, openApp } from '../app/app.ts';
import { runRound } from '../app/round.ts';
import { createRunStatistics } from '../app/run-statistics.ts';
import { UsageError } from '../app/usage-error.ts';
import { parseSource, type Source } from '../catalogue/catalogue.ts';
import { openPress, type Press } from '../demo/press.ts';
import { openLog } from '../domain/log.ts';
import { allSources } from '../store/sources.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape, settingHelp, webOptions } from './options.ts';
import { printSummary, showProgress } from './progress.ts';
import { stopSignal } from './stop-signal.ts';

const options = ['labels', 'weights', 'data', ...webOptions, 'log'] as const;

/** The example must not touch what is real: neither store nor queues, and nobody is told of invented articles. */
const ignores = [
  ...(['DATA_DIR', 'DATABASE_URL', 'REDIS_URL', 'SOURCES', 'WEBHOOKS', 'HUB_URL', 'PUBLIC_URL'] as const),
  'EXIT_WHEN_LOST',
] as const;

/** Always the same, so that the next start knows the addresses again. */
const pressPort = 8181;

/** The press on its usual port, or on any free one when that is taken. */
async function openPressAt(port: number): Promise<Press> {
  try {
    return await openPress({ names: 'localhost', port });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    return openPress({ names: 'localhost' });
  }
}

/** A cron expression with seconds: what happens in the example world is seen soon, and the sites are on this machine. */
const everyTwentySeconds = '*/20 * * * * *';
const betweenChangesMs = 22_000;

/** Lets the sites change as sites do: all of it within the first two minutes. */
async function changeWorld(press: Press, signal: AbortSignal): Promise<void> {
  for (let change = press.advance(); change !== undefined && !signal.aborted; change = press.advance()) {
    process.stderr.write(`The example world changes: ${change}.\n`);
    await sleep(betweenChangesMs, undefined, { signal }).catch(() => undefined);
  }
}

const shape = {
  own: { once: { type: 'boolean' }, json: { type: 'boolean' } },
  settings: options,
  defaults: { LOG_LEVEL: 'warn', DATA_DIR: path.join('data', 'demo') },
  ignores,
} as const satisfies Shape;

export const command: Command = {
  summary: 'runs the wire on the bundled example press, all on this machine',
  shape,
  help: `
courant demo [--once] [--json] [options]

Serves five small news sites and a ticker on loopback, crawls them, and leaves the wire running: feed, reader page and dashboards at the address that
it prints. Its data is kept in data/demo and found again by the next start. DATA_DIR, DATABASE_URL, REDIS_URL and WEBHOOKS do not count
here: the example never touches a real store, and nobody is told of invented articles.

  --once             exit after the first round
  --json             print the round's summary as one JSON object on stdout
${settingHelp(options)}`,
  async run(argv) {
    const { values, settings: given } = parseCommand(argv, shape);
    const signal = stopSignal();
    const log = openLog(given.LOG_LEVEL);
    await using press = await openPressAt(pressPort);
    // Browsers know that *.localhost is this machine; few systems do, so the crawler reaches the press as a proxy.
    const settings = { ...given, HTTP_PROXY: press.proxy, HTTPS_PROXY: undefined, ALLOW_PRIVATE: true };
    const sources = press.sources.map((source) => parseSource({ ...source, schedule: everyTwentySeconds }));
    const statistics = createRunStatistics();
    const serves = !values.once;
    const app = await openApp(settings, log, { signal, statistics, serves, once: true });
    try {
      await refuseForeign(app, sources);
      await app.load({ name: 'the example press', sources });
      for (const role of ['crawl', 'ingest', 'publish'] as const) await app.start(role);
      const url = values.once ? undefined : await app.start('web');
      if (url)
        process.stderr.write(
          `The wire runs at ${url} and crawls six example sites; the first round takes about 20 seconds.\n`,
        );
      const progress = showProgress(log);
      const ids = sources.map((source) => source.id);
      const summary = await runRound(app, ids, statistics, { signal, onProgress: progress.show });
      progress.end();
      if (!signal.aborted) printSummary(summary, values.json === true);
      if (values.once) return signal.aborted ? 130 : 0;

      await app.start('schedule');
      if (!signal.aborted)
        process.stderr.write(
          `
Reader      ${url}
Feed        ${url}/feed.xml   (also feed.atom, feed.json)
Status      ${url}/status
Queues      ${url}/queues
Account     echo 'a long password' | courant users add anna --data ${settings.DATA_DIR}   (stars, read marks, reader apps)

Ctrl-C stops it.
`,
        );
      await changeWorld(press, signal);
      await app.stopped();
      return 0;
    } finally {
      await app.close();
    }
  },
};

/** A folder that was named by mistake may hold a real store; its sources would be retired. */
async function refuseForeign({ store, settings }: App, sources: readonly Source[]): Promise<void> {
  const known = new Set(sources.map(({ id }) => id));
  const foreign = (await allSources(store.db)).filter((id) => !known.has(id));
  if (foreign.length > 0)
    throw new UsageError(
      `${settings.DATA_DIR} holds a store with other sources (${foreign.slice(0, 3).join(', ')}${foreign.length > 3 ? ', …' : ''}); the example would take them away. Leave --data out, or name an empty folder.`,
    );
}
