import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from '../app/usage-error.ts';
import { closest } from '../text/closest.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>>;

/**
 * Parses what follows a command's name.
 * @param takesWords false for a command that has options only: a stray word must not start something
 * @throws UsageError that names the mistake and the option that was probably meant
 */
export function parseArguments<T extends Options>(argv: readonly string[], options: T, takesWords: boolean): Parsed<T> {
  const names = ['help', ...Object.keys(options)];
  const known = (name: string): string => {
    const meant = closest(name, names);
    return meant === undefined ? 'See --help.' : `Did you mean --${meant}? See --help.`;
  };
  try {
    const parsed = parseArgs({ args: [...argv], options, allowPositionals: true });
    const [stray] = parsed.positionals;
    if (stray !== undefined && !takesWords)
      throw new UsageError(`This command takes options only, but not the word '${stray}'. ${known(stray)}`);
    return parsed;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, message } = error as { code?: string; message: string };
    const unknown = /'(?<option>--?[^']+)'/.exec(message)?.groups?.option;
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && unknown !== undefined)
      throw new UsageError(`There is no option ${unknown}. ${known(unknown.replace(/^-+/, ''))}`);
    // Node's own words for a missing or superfluous value; its hints on '--' only confuse here.
    throw new UsageError(`${message.split(/\.\s|\n/)[0]}. See --help.`);
  }
}
