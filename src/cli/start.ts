import { loadSources, openWire, readSources, roles } from '../app/app.ts';
import { openLog } from '../domain/log.ts';
import { describeSettings } from '../domain/settings.ts';
import type { Command } from './command.ts';
import { parseCommand, settingHelp, stopped, stopSignal } from './options.ts';

export const command: Command = {
  summary: 'runs the whole wire until stopped: schedule, crawl, ingest, publish, web',
  help: `
courant start [options]

Reads the catalogue of sources and runs the whole wire in this process until Ctrl-C: crawls what is due, merges and classifies the
articles, and serves feeds, reader and dashboards.

${settingHelp('sources', 'labels', 'weights', 'data', 'database', 'redis', 'proxy', 'host', 'port', 'log')}

Every setting is an environment variable too:
${describeSettings()
  .map(
    (setting) =>
      `  ${setting.name.padEnd(20)} ${setting.meaning}${setting.default ? ` Default: ${setting.default}` : ''}`,
  )
  .join('\n')}`,
  async run(argv) {
    const { settings } = parseCommand(argv, {}, [
      'sources',
      'labels',
      'weights',
      'data',
      'database',
      'redis',
      'proxy',
      'host',
      'port',
      'log',
    ]);
    const signal = stopSignal();
    const log = openLog(settings.LOG_LEVEL);
    const sources = await readSources(settings.SOURCES);
    const wire = await openWire(settings, log);
    try {
      await loadSources(wire, sources);
      for (const role of roles) {
        const url = await wire.start(role);
        if (url) log.info({ url }, 'the wire runs; Ctrl-C stops it');
      }
      await stopped(signal);
      log.info('stopping');
    } finally {
      await wire.close();
    }
    return 0;
  },
};
