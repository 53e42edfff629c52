/** A mistake in the command line or in a file the user named: the message says what to do; no stack is shown. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
