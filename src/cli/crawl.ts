import { loadSources, openWire, readSources } from '../app/app.ts';
import { runRound } from '../app/round.ts';
import { createRunStatistics } from '../app/run-statistics.ts';
import { UsageError } from '../app/usage-error.ts';
import { openLog } from '../domain/log.ts';
import type { Command } from './command.ts';
import { parseCommand, settingHelp, stopped, stopSignal } from './options.ts';
import { printSummary, showProgress } from './progress.ts';

export const command: Command = {
  summary: 'crawls the sources: one round with --once, else whenever they are due',
  help: `
courant crawl [--once] [--json] [options]

Crawls, ingests and publishes without the web server. With --once every source of the catalogue is crawled once, now; the command ends
with a summary and status 0.

  --once             one round over all sources, then exit
  --json             print the summary as one JSON object on stdout (with --once)
${settingHelp('sources', 'labels', 'weights', 'data', 'database', 'redis', 'proxy', 'log')}`,
  async run(argv) {
    const { values, settings } = parseCommand(
      argv,
      { once: { type: 'boolean' }, json: { type: 'boolean' } },
      ['sources', 'labels', 'weights', 'data', 'database', 'redis', 'proxy', 'log'],
      { LOG_LEVEL: 'warn' },
    );
    if (values.json && !values.once) throw new UsageError('--json prints the summary of a round: add --once.');
    const signal = stopSignal();
    const log = openLog(settings.LOG_LEVEL);
    const sources = await readSources(settings.SOURCES);
    if (sources.length === 0)
      throw new UsageError(`${settings.SOURCES} lists no source; add one with 'courant sources add URL'.`);
    const statistics = createRunStatistics();
    const wire = await openWire(settings, log, statistics);
    try {
      await loadSources(wire, sources);
      for (const role of ['crawl', 'ingest', 'publish'] as const) await wire.start(role);
      if (!values.once) {
        await wire.start('schedule');
        await stopped(signal);
        return 0;
      }
      using progress = showProgress(log);
      const ids = sources.map((source) => source.id);
      const summary = await runRound(wire, ids, statistics, { signal, onProgress: progress.show });
      progress.end();
      printSummary(summary, values.json === true);
      return signal.aborted ? 130 : 0;
    } finally {
      await wire.close();
    }
  },
};
