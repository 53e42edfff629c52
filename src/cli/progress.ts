import type { Progress, RoundSummary } from '../app/round.ts';
import type { Log } from '../domain/log.ts';

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, n) => sum + n, 0);

function line({ sources, sourcesDone, outcomes }: Progress): string {
  const { published, updated, duplicates, rejected, open } = outcomes;
  return [
    `crawl ${sourcesDone}/${sources} sources`,
    `${open} links waiting`,
    `${published} published`,
    `${updated} updated`,
    `${duplicates} duplicates`,
    `${total(rejected)} rejected`,
  ].join(' · ');
}

/**
 * Shows how a round gets on, on stderr: one live line on a terminal, otherwise a log line whenever something changed, every two seconds at
 * most.
 */
export function showProgress(log: Log): { show(progress: Progress): void; end(): void } & Disposable {
  const live = process.stderr.isTTY;
  let last = '';
  let loggedAt = 0;
  const end = () => {
    if (live && last) process.stderr.write('\n');
    last = '';
  };
  return {
    show(progress) {
      const text = line(progress);
      if (text === last) return;
      if (live) {
        process.stderr.write(`\r\u001b[2K${text.slice(0, (process.stderr.columns || 120) - 1)}`);
      } else {
        if (Date.now() - loggedAt < 2000) return;
        loggedAt = Date.now();
        // At warn level, where the round's outcomes are not logged one by one, the progress is still wanted.
        if (log.isLevelEnabled('info')) log.info(text);
        else process.stderr.write(`${text}\n`);
      }
      last = text;
    },
    end,
    [Symbol.dispose]: end,
  };
}

/** Prints how the round ended on stdout, as a table or as one JSON object. */
export function printSummary(summary: RoundSummary, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    return;
  }
  const rows: [string, string | number][] = [
    ['sources', summary.sources],
    ['pages fetched', summary.pages],
    ['published', summary.published],
    ['updated', summary.updated],
    ['duplicates', summary.duplicates],
    ['rejected', total(summary.rejected)],
    ...Object.entries(summary.rejected)
      .sort(([, a], [, b]) => b - a)
      .map(([reason, count]): [string, number] => [`  ${reason}`, count]),
    ...(summary.open ? [['waiting for another try', summary.open] as [string, number]] : []),
    ['seconds', summary.seconds.toFixed(1)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  process.stdout.write(`${rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')}\n`);
  for (const [source, error] of Object.entries(summary.failed)) process.stdout.write(`${source}: ${error}\n`);
}
