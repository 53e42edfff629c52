import { CannotRunError } from '../../domain/cannot-run.ts';

/** The embedded PostgreSQL could not be used; the message says why and what else can be done. */
export class EmbeddedPostgresError extends CannotRunError {
  override readonly name = 'EmbeddedPostgresError';
}
