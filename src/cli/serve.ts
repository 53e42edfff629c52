import { openApp } from '../app/app.ts';
import { openLog } from '../domain/log.ts';
import type { Command } from './command.ts';
import { parseCommand, processOptions, type Shape, settingHelp, webOptions } from './options.ts';
import { stopSignal } from './stop-signal.ts';

const options = ['labels', ...webOptions, ...processOptions] as const;

const shape = { own: {}, settings: options } as const satisfies Shape;

export const command: Command = {
  summary: 'runs the web server alone: feeds, reader pages, dashboards',
  shape,
  help: `
courant serve [options]

Serves what is in the store until Ctrl-C. Any number may run beside the workers, on any number of machines that share one PostgreSQL.
The operator's pages (/status, /queues, /metrics) are open on loopback; elsewhere they need OPERATOR_PASSWORD.

${settingHelp(options)}`,
  async run(argv) {
    const { settings } = parseCommand(argv, shape);
    const log = openLog(settings.LOG_LEVEL);
    const app = await openApp(settings, log, { signal: stopSignal(), serves: true });
    try {
      const url = await app.start('web');
      log.info({ url }, 'listening; Ctrl-C stops it');
      await app.stopped();
      log.info('stopping');
    } finally {
      await app.close();
    }
    return 0;
  },
};
