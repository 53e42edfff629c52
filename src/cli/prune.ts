import { setTimeout as sleep } from 'node:timers/promises';
import { openExistingStore } from '../app/open-store.ts';
import { UsageError } from '../app/usage-error.ts';
import { dayMs } from '../domain/time.ts';
import { countPrunable, pruneArticles } from '../store/prune.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape, settingHelp, storeOptions } from './options.ts';
import { stopSignal } from './stop-signal.ts';

/** Between two steps, so that the wire gets on meanwhile. */
const pauseMs = 20;

const shape = {
  own: {
    days: { type: 'string' },
    articles: { type: 'string' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
  },
  settings: storeOptions,
} as const satisfies Shape;

export const command: Command = {
  summary: 'forgets old articles, by age and by number',
  shape,
  help: `
Usage: courant prune [--days NUMBER] [--articles NUMBER] [--dry-run] [options]

Forgets the articles that came in before so many days, and those beyond so many of the newest, with all that belongs to them. Runs beside
the wire, in small steps; stopped in between, it goes on from there. The settings KEEP_DAYS and KEEP_ARTICLES do the same all the time.

  --days NUMBER      keep what came in within so many days (KEEP_DAYS)
  --articles NUMBER  keep so many of the newest (KEEP_ARTICLES)
  --dry-run          say how many it would be, and forget nothing
  --json             print {"forgotten"} at the end, or {"wouldForget"}
${settingHelp(storeOptions)}`,
  async run(argv) {
    const { values, settings } = parseCommand(argv, shape);
    const days = numberOf('days', values.days) ?? settings.KEEP_DAYS;
    const articles = numberOf('articles', values.articles) ?? settings.KEEP_ARTICLES;
    if (days === undefined && articles === undefined)
      throw new UsageError('Say what to keep: --days NUMBER, --articles NUMBER, or both.');
    const now = new Date();
    const retention = { since: days === undefined ? undefined : new Date(now.getTime() - days * dayMs), articles };
    const signal = stopSignal();
    await using store = await openExistingStore(settings);
    const wanted = await countPrunable(store.db, retention);
    if (values['dry-run']) {
      console.log(values.json ? JSON.stringify({ wouldForget: wanted }) : `${wanted} articles would be forgotten.`);
      return 0;
    }
    let done = 0;
    for (let step = -1; step !== 0 && !signal.aborted; done += step) {
      step = await pruneArticles(store.db, retention, now);
      if (process.stderr.isTTY) process.stderr.write(`\r${done + step} of ${wanted} articles forgotten`);
      await sleep(pauseMs);
    }
    console.error(`${process.stderr.isTTY ? '\r' : ''}${done} articles forgotten.`);
    if (values.json) console.log(JSON.stringify({ forgotten: done }));
    return signal.aborted ? 130 : 0;
  },
};

function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${option} takes a whole number, and not '${text}'.`);
  return Number(text);
}
