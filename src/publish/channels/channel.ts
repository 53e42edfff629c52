import type { Notice } from '../../domain/notice.ts';

/** One thing to tell somebody. */
export interface Delivery {
  /** The same when it is told again. */
  readonly id: string;
  readonly address: string;
  readonly notice: Notice;
  /** With which webhooks are signed. */
  readonly secret?: string | undefined;
}

/** Tells it. @throws RefusedError when trying again is of no use, another error when it may pass later */
export type Tell = (delivery: Delivery, signal: AbortSignal) => Promise<void>;

/** The other side will not take this, however often it is asked. */
export class RefusedError extends Error {
  override readonly name: string = 'RefusedError';
}

/** There is nobody at this address any more: nothing is to be sent there again. */
export class GoneError extends RefusedError {
  override readonly name = 'GoneError';
}
