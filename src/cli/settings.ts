import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { UsageError } from '../app/usage-error.ts';
import { readSettings, type Settings, SettingsError, settingNames } from '../domain/settings.ts';
import { closest } from '../text/closest.ts';

/** Where a setting has its value from; the later wins. */
export type Origin = 'default' | 'file' | 'environment' | 'option';

type Values = Readonly<Record<string, string | undefined>>;

export interface ResolvedSettings {
  readonly settings: Settings;
  readonly originOf: (name: string) => Origin;
  /** The file of settings that was read. */
  readonly file: string | undefined;
}

/** Read where it exists; another one can be named with --settings. */
const usualFile = 'courant.env';

/**
 * Puts the settings together: options win over the environment, that over the file of settings, that over the defaults.
 * @param layers.file the file that --settings names
 * @param layers.ignores settings that count from options alone
 * @throws UsageError that names every value that cannot be used and every name that is none
 */
export function resolveSettings(layers: {
  readonly options: Values;
  readonly environment: Values;
  readonly file?: string | undefined;
  readonly defaults?: Values | undefined;
  readonly ignores?: readonly string[] | undefined;
}): ResolvedSettings {
  const ignored = new Set(layers.ignores ?? []);
  const without = (values: Values): Values =>
    Object.fromEntries(Object.entries(values).filter(([name, value]) => !ignored.has(name) && value));
  const file = readSettingsFile(layers.file);
  refuseSlips(layers.environment);
  const environment = without(layers.environment);
  const fromFile = without(file?.values ?? {});
  try {
    const settings = readSettings({ ...layers.defaults, ...fromFile, ...environment, ...layers.options });
    const originOf = (name: string): Origin => {
      if (layers.options[name] !== undefined) return 'option';
      if (environment[name] ?? environment[name.toLowerCase()]) return 'environment';
      return fromFile[name] ? 'file' : 'default';
    };
    return { settings, originOf, file: file?.name };
  } catch (error) {
    if (error instanceof SettingsError) throw new UsageError(error.message);
    throw error;
  }
}

function readSettingsFile(named: string | undefined): { name: string; values: Values } | undefined {
  const name = named ?? usualFile;
  let text: string;
  try {
    text = readFileSync(name, 'utf8');
  } catch (error) {
    const { code } = error as { code?: string };
    if (named === undefined && code === 'ENOENT') return undefined;
    throw new UsageError(
      `The settings ${name} cannot be read (${code}). Name a file of lines NAME=value with --settings.`,
    );
  }
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const setting = /^\s*(?:export\s+)?([\w.-]+)\s*=/.exec(line)?.[1];
    if (setting === undefined) throw new UsageError(`${name}:${index + 1}: this is no line NAME=value.`);
    if (!settingNames.includes(setting))
      throw new UsageError(`${name}:${index + 1}: there is no setting ${setting}. ${hintFor(setting.toUpperCase())}`);
  }
  return { name, values: parseEnv(text) };
}

function hintFor(name: string): string {
  const meant = closest(name, lowerNames)?.toUpperCase();
  return `${meant ? `Did you mean ${meant}? ` : ''}'courant config' lists the settings.`;
}

/** `closest` compares in small letters. */
const lowerNames = settingNames.map((name) => name.toLowerCase());

/** What is often set beside ours, and is only by chance spelt like one. */
const othersNames = new Set(['FTP_PROXY', 'ALL_PROXY', 'NO_PROXY']);

/**
 * The environment belongs to all programs, so not every unknown name in it is a mistake. Two kinds are: `COURANT_…`, for our names have no
 * prefix; and a slip of one or two letters in a long name, while the right name is not set.
 */
function refuseSlips(environment: Values): void {
  for (const name of Object.keys(environment)) {
    if (settingNames.includes(name) || othersNames.has(name) || environment[name] === '') continue;
    const bare = name.replace(/^COURANT_/, '');
    // Kubernetes tells every container of a service 'courant' by COURANT_PORT=tcp://…
    if (bare !== name && settingNames.includes(bare) && !environment[name]?.startsWith('tcp:'))
      throw new UsageError(`The environment has ${name}, but settings have no prefix: set ${bare}.`);
    const meant = slipOf(name);
    if (meant !== undefined && environment[meant] === undefined)
      throw new UsageError(
        `The environment has ${name}, which is no setting. Did you mean ${meant}? If it is another program's, set ${meant} too; empty keeps its default.`,
      );
  }
}

/** The setting of which a name is a slip; undefined for names that are too short or too far from all. */
function slipOf(name: string): string | undefined {
  if (name.length < 7 || !/^[A-Z][A-Z_]+$/.test(name)) return undefined;
  const near = closest(name, lowerNames)?.toUpperCase();
  if (near === undefined || near.length < 8 || near.startsWith(`${name}_`)) return undefined;
  return Math.abs(near.length - name.length) <= 1 && isNear(name, near) ? near : undefined;
}

/** Whether at most two letters stand otherwise or elsewhere. */
function isNear(a: string, b: string): boolean {
  const spare = [...b];
  let missing = 0;
  for (const letter of a) {
    const at = spare.indexOf(letter);
    if (at < 0) missing++;
    else spare.splice(at, 1);
  }
  return missing <= 1 && spare.length <= 1;
}
