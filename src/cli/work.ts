import { openApp } from '../app/app.ts';
import { openCatalogue } from '../app/catalogue.ts';
import type { Role } from '../app/roles.ts';
import { UsageError } from '../app/usage-error.ts';
import { openLog } from '../domain/log.ts';
import { closest } from '../text/closest.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape, settingHelp, workerOptions } from './options.ts';
import { stopSignal } from './stop-signal.ts';

const workers: readonly Role[] = ['schedule', 'crawl', 'ingest', 'publish'];

const shape = { own: {}, settings: workerOptions, words: workers } as const satisfies Shape;

export const command: Command = {
  summary: 'runs one part of the wire, for many processes or machines: schedule, crawl, ingest or publish',
  shape,
  help: `
courant work <schedule|crawl|ingest|publish> [options]

Runs one kind of worker until Ctrl-C. Any number of each may run, on any number of machines that share one PostgreSQL (and one Redis).
'schedule' also loads the catalogue of sources.

${settingHelp(workerOptions)}`,
  async run(argv) {
    const { settings, words } = parseCommand(argv, shape);
    const role = roleOf(words);
    const log = openLog(settings.LOG_LEVEL);
    const catalogue = role === 'schedule' ? await openCatalogue(settings.SOURCES) : undefined;
    const app = await openApp(settings, log, { signal: stopSignal() });
    try {
      if (catalogue) await app.load(catalogue);
      await app.start(role);
      log.info({ role }, 'working; Ctrl-C stops it');
      await app.stopped();
      log.info('stopping');
    } finally {
      await app.close();
    }
    return 0;
  },
};

function roleOf([word = '', ...more]: readonly string[]): Role {
  const role = workers.find((worker) => worker === word);
  if (role && more.length === 0) return role;
  const meant = role ?? closest(word, workers);
  throw new UsageError(
    `Say which worker, and one only: courant work <${workers.join('|')}>.${meant && word ? ` Did you mean 'courant work ${meant}'?` : ''}`,
  );
}
