import { type QueueName, type Queues, queueNames } from '../queue/queues.ts';

const states = ['waiting', 'active', 'delayed', 'failed'] as const;

export interface QueueSize {
  readonly name: QueueName;
  readonly counts: Readonly<Record<(typeof states)[number], number>>;
}

/** How many jobs stand in each queue, by state. */
export const queueSizes = (queues: Queues): Promise<QueueSize[]> =>
  Promise.all(
    queueNames.map(async (name) => {
      const counts = await queues.queue(name).getJobCounts(...states);
      const count = (state: (typeof states)[number]): number => counts[state] ?? 0;
      return {
        name,
        counts: {
          waiting: count('waiting'),
          active: count('active'),
          delayed: count('delayed'),
          failed: count('failed'),
        },
      };
    }),
  );
