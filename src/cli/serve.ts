import { openWire } from '../app/app.ts';
import { openLog } from '../domain/log.ts';
import type { Command } from './command.ts';
import { parseCommand, settingHelp, stopped, stopSignal } from './options.ts';

export const command: Command = {
  summary: 'runs the web server alone: feeds, reader pages, dashboards',
  help: `
courant serve [options]

Serves what is in the store until Ctrl-C. Any number may run beside the workers, on any number of machines that share one PostgreSQL.
The operator's pages (/status, /queues, /metrics) are open on loopback; elsewhere they need OPERATOR_PASSWORD.

${settingHelp('labels', 'data', 'database', 'redis', 'host', 'port', 'log')}`,
  async run(argv) {
    const { settings } = parseCommand(argv, {}, ['labels', 'data', 'database', 'redis', 'host', 'port', 'log']);
    const signal = stopSignal();
    const log = openLog(settings.LOG_LEVEL);
    const wire = await openWire(settings, log);
    try {
      const url = await wire.start('web');
      log.info({ url }, 'listening; Ctrl-C stops it');
      await stopped(signal);
      log.info('stopping');
    } finally {
      await wire.close();
    }
    return 0;
  },
};
