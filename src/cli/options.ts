import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from '../app/usage-error.ts';
import { readSettings, type Settings, SettingsError } from '../domain/settings.ts';

/** Options that stand for settings: the option, the environment variable it wins over, and its line in `--help`. */
const settingOptions = {
  sources: ['SOURCES', '--sources FILE     the catalogue of sources (SOURCES; feeds/sources.yaml)'],
  labels: ['LABELS', '--labels FILE      your own topics and regions (LABELS)'],
  weights: ['TOPIC_WEIGHTS', '--weights FILE     topic weights learnt from your archive (TOPIC_WEIGHTS)'],
  data: ['DATA_DIR', '--data FOLDER      where the embedded PostgreSQL lives (DATA_DIR; ./data)'],
  database: ['DATABASE_URL', '--database URL     your own PostgreSQL instead (DATABASE_URL)'],
  redis: ['REDIS_URL', '--redis URL        Redis for the queues (REDIS_URL; else they live in PostgreSQL)'],
  proxy: ['HTTP_PROXY', '--proxy URL        proxy of the crawler (HTTP_PROXY, HTTPS_PROXY)'],
  host: ['HOST', '--host ADDRESS     the web server listens on (HOST; 127.0.0.1)'],
  port: ['PORT', '--port NUMBER      of the web server, 0 for a free one (PORT; 8080)'],
  log: ['LOG_LEVEL', '--log LEVEL        debug, info, warn, error or silent (LOG_LEVEL)'],
} as const satisfies Record<string, readonly [keyof Settings, string]>;

export type SettingOption = keyof typeof settingOptions;

/** The help lines of these options. */
export const settingHelp = (...names: readonly SettingOption[]): string =>
  names.map((name) => `  ${settingOptions[name][1]}`).join('\n');

/**
 * Parses a command's words: its own options, and those that stand for settings.
 * @throws UsageError for unknown words and unusable settings
 */
export function parseCommand<T extends NonNullable<ParseArgsConfig['options']>>(
  argv: readonly string[],
  own: T,
  names: readonly SettingOption[],
  defaults: Readonly<Record<string, string>> = {},
): {
  values: ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>>['values'];
  words: string[];
  settings: Settings;
} {
  const options = { ...own, ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])) };
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message} See --help.`);
  }
  const given: Record<string, string> = {};
  for (const name of names) {
    const value = parsed.values[name];
    if (typeof value === 'string') given[settingOptions[name][0]] = value;
  }
  try {
    const settings = readSettings({ ...defaults, ...process.env, ...given });
    return { values: parsed.values as never, words: parsed.positionals, settings };
  } catch (error) {
    if (error instanceof SettingsError) throw new UsageError(error.message);
    throw error;
  }
}

/** Aborts on the first SIGINT or SIGTERM. A second one ends the process at once. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(130);
      stop.abort(name);
    });
  }
  return stop.signal;
}

/** Resolves when the signal aborts. */
export const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
