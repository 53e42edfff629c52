import { openApp } from '../app/app.ts';
import { openCatalogue } from '../app/catalogue.ts';
import { openLog } from '../domain/log.ts';
import { describeSettings } from '../domain/settings.ts';
import { listUsers } from '../store/users.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape, settingHelp, webOptions, workerOptions } from './options.ts';
import { stopSignal } from './stop-signal.ts';

const options = [...workerOptions, ...webOptions];

const shape = { own: {}, settings: options } as const satisfies Shape;

export const command: Command = {
  summary: 'runs the whole wire until stopped: schedule, crawl, ingest, publish, web',
  shape,
  help: `
courant start [options]

Reads the catalogue of sources and runs the whole wire in this process until Ctrl-C: crawls what is due, merges and classifies the
articles, and serves feeds, reader and dashboards.

${settingHelp(options)}

Every setting is an environment variable too:
${describeSettings()
  .map(
    (setting) =>
      `  ${setting.name.padEnd(20)} ${setting.meaning}${setting.default ? ` Default: ${setting.default}` : ''}`,
  )
  .join('\n')}`,
  async run(argv) {
    const { settings } = parseCommand(argv, shape);
    const log = openLog(settings.LOG_LEVEL);
    const catalogue = await openCatalogue(settings.SOURCES);
    const app = await openApp(settings, log, { signal: stopSignal(), serves: true });
    try {
      await app.load(catalogue);
      await app.start('schedule');
      await app.startApart('crawl', 'ingest');
      await app.start('publish');
      const url = await app.start('web');
      log.info({ url }, 'the wire runs; Ctrl-C stops it');
      if ((await listUsers(app.store.db)).length === 0)
        log.info(
          "no account yet: 'courant users add NAME' adds one, for stars, read marks and reader apps; none is needed to read",
        );
      await app.stopped();
      log.info('stopping');
    } finally {
      await app.close();
    }
    return 0;
  },
};
