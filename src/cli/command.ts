import type { Shape } from './options.ts';

/** One subcommand of `courant`. */
export interface Command {
  /** One line for `courant --help`. */
  readonly summary: string;
  /** The options and words that it takes. */
  readonly shape: Shape;
  /** The whole text of `courant <command> --help`. */
  readonly help: string;
  /** Runs with the words after the command's name; resolves to the exit code. Throws UsageError for wrong words. */
  run(argv: readonly string[]): Promise<number>;
}
