import { loadSources, openWire, type Role, readSources } from '../app/app.ts';
import { UsageError } from '../app/usage-error.ts';
import { openLog } from '../domain/log.ts';
import type { Command } from './command.ts';
import { parseCommand, settingHelp, stopped, stopSignal } from './options.ts';

const workers: readonly Role[] = ['schedule', 'crawl', 'ingest', 'publish'];

export const command: Command = {
  summary: 'runs one part of the wire, for many processes or machines: schedule, crawl, ingest or publish',
  help: `
courant work <schedule|crawl|ingest|publish> [options]

Runs one kind of worker until Ctrl-C. Any number of each may run, on any number of machines that share one PostgreSQL (and one Redis).
'schedule' also loads the catalogue of sources.

${settingHelp('sources', 'labels', 'weights', 'data', 'database', 'redis', 'proxy', 'log')}`,
  async run(argv) {
    const { settings, words } = parseCommand(argv, {}, [
      'sources',
      'labels',
      'weights',
      'data',
      'database',
      'redis',
      'proxy',
      'log',
    ]);
    const role = workers.find((worker) => worker === words[0]);
    if (!role || words.length > 1) throw new UsageError(`Say which worker: courant work <${workers.join('|')}>.`);
    const signal = stopSignal();
    const log = openLog(settings.LOG_LEVEL);
    const sources = role === 'schedule' ? await readSources(settings.SOURCES) : [];
    const wire = await openWire(settings, log);
    try {
      if (role === 'schedule') await loadSources(wire, sources);
      await wire.start(role);
      log.info({ role }, 'working; Ctrl-C stops it');
      await stopped(signal);
      log.info('stopping');
    } finally {
      await wire.close();
    }
    return 0;
  },
};
