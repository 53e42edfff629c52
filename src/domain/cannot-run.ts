/**
 * Something outside of Courant is not as it must be: a port is taken, a folder cannot be written, a server does not answer. The message
 * names it and the cure in one line; no stack is shown, and the process ends with status 1.
 */
export class CannotRunError extends Error {
  override readonly name: string = 'CannotRunError';
}

/** What a thrown value says, in one line: a connection to several addresses that all fail has no message of its own. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  const text = error.message.replace(/\s+/g, ' ').trim();
  return text === '' ? ((error as { code?: string }).code ?? error.name) : text;
}
