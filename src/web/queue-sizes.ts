import type { JobType } from 'bullmq';
import { type QueueName, type Queues, queueNames } from '../queue/queues.ts';

/** What waits in a paused queue is counted under a name of its own, which BullMQ's types leave out. */
const waitingInPaused = 'paused' as string as JobType;
const states = ['waiting', 'active', 'delayed', 'failed'] as const;

export interface QueueSize {
  readonly name: QueueName;
  readonly counts: Readonly<Record<(typeof states)[number], number>>;
  /** The operator has stopped it: nothing is taken out until it is resumed. */
  readonly paused: boolean;
}

/** How many jobs stand in each queue, by state, and whether it is paused. */
export const queueSizes = (queues: Queues): Promise<QueueSize[]> =>
  Promise.all(
    queueNames.map(async (name) => {
      const queue = queues.queue(name);
      const [counts, paused] = await Promise.all([queue.getJobCounts(...states, waitingInPaused), queue.isPaused()]);
      const count = (state: (typeof states)[number]): number => counts[state] ?? 0;
      return {
        name,
        paused,
        counts: {
          waiting: count('waiting') + (counts[waitingInPaused] ?? 0),
          active: count('active'),
          delayed: count('delayed'),
          failed: count('failed'),
        },
      };
    }),
  );
