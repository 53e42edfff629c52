import type { FastifyReply, FastifyRequest } from 'fastify';
import type { User } from '../../store/users.ts';
import { RequestError } from '../request-error.ts';
import { readStream, type Stream } from './streams.ts';

/** One call of the Google Reader API, by the account that is logged in. */
export interface Asked {
  readonly user: User;
  readonly fields: URLSearchParams;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** What a call gives: an object goes out as JSON, a string as text. Rejects with RequestError for a call that cannot be read. */
export type Answer = (asked: Asked) => Promise<unknown>;

/** Items in one answer of contents, at the most. */
export const mostItems = 250;
/** Ids in one answer or one call, at the most: clients ask for all that is unread. */
export const mostIds = 10_000;

/** A whole number in a field; undefined when there is none. @throws RequestError */
export function wholeNumber(fields: URLSearchParams, name: string): number | undefined {
  const value = fields.get(name);
  if (value === null || value === '') return undefined;
  // NetNewsWire tells seconds with a fraction.
  if (!/^\d{1,18}(?:\.\d{0,12})?$/.test(value)) throw new RequestError(400, `Error=BadRequest: '${name}' is a number`);
  return Math.floor(Number(value));
}

/** Seconds, as the API tells times, as a date that PostgreSQL takes; 0 stands for no bound. */
export function instant(seconds: number | undefined): Date | undefined {
  return seconds === undefined || seconds === 0 ? undefined : new Date(Math.min(seconds, 9_999_999_999) * 1000);
}

/** The text of a field, at most 300 characters; undefined when it is blank. */
export const textOf = (fields: URLSearchParams, name: string): string | undefined =>
  fields.get(name)?.trim().slice(0, 300) || undefined;

/** The stream that a call names. @throws RequestError 404 */
export const requireStream = (name: string): Stream => {
  const stream = readStream(name);
  if (!stream) throw new RequestError(404, `Error=NotFound: there is no stream '${name.slice(0, 100)}'`);
  return stream;
};

/** The first folder that the names of streams hold. */
export const folderOf = (names: readonly string[]): string | undefined => {
  for (const name of names) {
    const stream = readStream(name);
    if (stream?.kind === 'folder' && stream.name.trim() !== '') return stream.name.trim().slice(0, 100);
  }
  return undefined;
};
