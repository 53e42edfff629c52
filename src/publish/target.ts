import type { StoreEvent } from '../store/events.ts';

/** Somebody who is told of new, updated and withdrawn articles. */
export interface Target {
  /** Its name in the store: what it was told so far is kept under it. */
  readonly name: string;
  /** How many events it is told at a time. Its place is kept after each time. */
  readonly atATime: number;
  /** Tells these events, in order. Throws when the target did not take them: they are told again later. */
  tell(events: readonly StoreEvent[], signal: AbortSignal): Promise<void>;
}

/** POSTs a body. @throws when the answer is no success, redirects included, or the address is not allowed */
export type Post = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array,
  signal: AbortSignal,
) => Promise<void>;

/** What somebody answered. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Somebody answered, but not that it is well. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
  readonly status: number;
  constructor(url: string, status: number) {
    const redirect = status >= 300 && status < 400 ? ': redirects are not followed, name the address it leads to' : '';
    super(`${new URL(url).host} answered ${status}${redirect}`);
    this.status = status;
  }
}

/** How others are reached. */
export interface Reach {
  readonly send: Post;
  /** GETs an address of somebody else. @throws when it cannot be reached or may not be */
  readonly get: (url: string, signal: AbortSignal) => Promise<Answer>;
  /** GETs what is the wire's own, by its public address. */
  readonly own: (url: string, signal: AbortSignal) => Promise<Answer>;
}
