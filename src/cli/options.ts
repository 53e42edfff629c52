import type { ParseArgsConfig, parseArgs } from 'node:util';
import type { Settings } from '../domain/settings.ts';
import { parseArguments } from './arguments.ts';
import { type ResolvedSettings, resolveSettings } from './settings.ts';

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
  'exit-when-lost': [
    'EXIT_WHEN_LOST',
    '--exit-when-lost SECONDS   ends with status 1 when database or queues stay away for so long (EXIT_WHEN_LOST)',
  ],
  log: ['LOG_LEVEL', '--log LEVEL        debug, info, warn, error or silent (LOG_LEVEL)'],
} as const satisfies Record<string, readonly [keyof Settings, string]>;

export type SettingOption = keyof typeof settingOptions;

/** What a command that opens the store reads. */
export const storeOptions = ['data', 'database'] as const;
/** What every process of the wire reads. */
export const processOptions = [...storeOptions, 'redis', 'exit-when-lost', 'log'] as const;
/** What the workers read. */
export const workerOptions = ['sources', 'labels', 'weights', 'proxy', ...processOptions] as const;
/** What the web server reads. */
export const webOptions = ['host', 'port'] as const;

/** Every option that stands for a setting. */
export const allSettingOptions = Object.keys(settingOptions) as readonly SettingOption[];

/** The help lines of these options. */
export const settingHelp = (names: readonly SettingOption[]): string =>
  [...names.map((name) => settingOptions[name][1]), settingsFileHelp].map((line) => `  ${line}`).join('\n');
const settingsFileHelp = '--settings FILE    more settings, a line NAME=value each (courant.env where it exists)';

type Options = NonNullable<ParseArgsConfig['options']>;

/** What a command takes. */
export interface Shape<T extends Options = Options> {
  /** Options of its own. */
  readonly own: T;
  /** Options that stand for settings. */
  readonly settings: readonly SettingOption[];
  /** Given when words may follow that are no options: those that the first of them can be, for completion; none for names and files. */
  readonly words?: readonly string[];
  /** Settings where neither an option nor the environment says otherwise. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** Environment variables that do not count for this command. */
  readonly ignores?: readonly (keyof Settings)[];
}

/** The names of all options of a command, without dashes. */
export const optionNames = ({ own, settings }: Pick<Shape, 'own' | 'settings'>): string[] => [
  ...Object.keys(own),
  ...settings,
  'settings',
  'help',
];

interface Parsed<T extends Options> {
  readonly values: ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>>['values'];
  readonly words: string[];
  readonly settings: Settings;
  readonly resolved: ResolvedSettings;
}

/**
 * Parses a command's words: its own options, and those that stand for settings.
 * @throws UsageError for unknown words and unusable settings
 */
export function parseCommand<T extends Options>(argv: readonly string[], shape: Shape<T>): Parsed<T> {
  const standing = Object.fromEntries(
    [...shape.settings, 'settings'].map((name) => [name, { type: 'string' as const }]),
  );
  const parsed = parseArguments(argv, { ...shape.own, ...standing }, shape.words !== undefined);
  const values = parsed.values as Record<string, unknown>;
  const options: Record<string, string> = {};
  for (const name of shape.settings) {
    const value = values[name];
    if (typeof value === 'string') options[settingOptions[name][0]] = value;
  }
  const resolved = resolveSettings({
    ...{ options, environment: process.env, file: values.settings as string | undefined },
    ...{ defaults: shape.defaults, ignores: shape.ignores },
  });
  return { values: parsed.values as never, words: parsed.positionals, settings: resolved.settings, resolved };
}
