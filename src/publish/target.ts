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
  body: string,
  signal: AbortSignal,
) => Promise<void>;
