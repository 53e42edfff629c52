import { openApp } from '../app/app.ts';
import { openCatalogue } from '../app/catalogue.ts';
import { runRound } from '../app/round.ts';
import { createRunStatistics } from '../app/run-statistics.ts';
import { UsageError } from '../app/usage-error.ts';
import { openLog } from '../domain/log.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape, settingHelp, workerOptions } from './options.ts';
import { printSummary, showProgress } from './progress.ts';
import { stopSignal } from './stop-signal.ts';

const shape = {
  own: { once: { type: 'boolean' }, json: { type: 'boolean' } },
  settings: workerOptions,
  defaults: { LOG_LEVEL: 'warn' },
} as const satisfies Shape;

export const command: Command = {
  summary: 'crawls the sources: one round with --once, else whenever they are due',
  shape,
  help: `
courant crawl [--once] [--json] [options]

Crawls, ingests and publishes without the web server. With --once every source of the catalogue is crawled once, now; the command ends
with a summary and status 0.

  --once             one round over all sources, then exit
  --json             print the summary as one JSON object on stdout (with --once)
${settingHelp(workerOptions)}`,
  async run(argv) {
    const { values, settings } = parseCommand(argv, shape);
    if (values.json && !values.once) throw new UsageError('--json prints the summary of a round: add --once.');
    const log = openLog(settings.LOG_LEVEL);
    const catalogue = await openCatalogue(settings.SOURCES);
    if (catalogue.sources.length === 0)
      throw new UsageError(`${settings.SOURCES} lists no source; add one with 'courant sources add URL'.`);
    const signal = stopSignal();
    const statistics = createRunStatistics();
    const app = await openApp(settings, log, { signal, statistics, once: values.once ?? false });
    try {
      await app.load(catalogue);
      for (const role of ['crawl', 'ingest', 'publish'] as const) await app.start(role);
      if (!values.once) {
        await app.start('schedule');
        await app.stopped();
        return 0;
      }
      using progress = showProgress(log);
      const ids = catalogue.sources.map((source) => source.id);
      const summary = await runRound(app, ids, statistics, { signal, onProgress: progress.show });
      progress.end();
      printSummary(summary, values.json === true);
      return signal.aborted ? 130 : 0;
    } finally {
      await app.close();
    }
  },
};
