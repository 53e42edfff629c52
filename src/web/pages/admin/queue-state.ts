import type { QueueName } from '../../../queue/queues.ts';

/** A queue as the operator sees it. */
export interface QueueState {
  readonly name: QueueName;
  readonly counts: Readonly<Record<'waiting' | 'active' | 'delayed' | 'failed', number>>;
  readonly paused: boolean;
  /** When the job that has waited longest came. */
  readonly oldestAt: Date | undefined;
  /** What its workers do right now: sources or addresses, a few of them. */
  readonly inHand: readonly string[];
}
