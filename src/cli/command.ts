/** A mistake in the command line or in a file the user named: the message says what to do; no stack is shown. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** One subcommand of `courant`. */
export interface Command {
  /** One line for `courant --help`. */
  readonly summary: string;
  /** The whole text of `courant <command> --help`. */
  readonly help: string;
  /** Runs with the words after the command's name; resolves to the exit code. Throws UsageError for wrong words. */
  run(argv: readonly string[]): Promise<number>;
}
