import { type QueueName, type Queues, queueNames } from './queues.ts';

/** How long the job waits that waits longest in a queue. */
export interface WaitingTime {
  readonly name: QueueName;
  readonly waitingMinutes: number;
  readonly paused: boolean;
}

/** How the queues stand. What waits for another try is not late. */
export const waitingTimes = (queues: Queues, now: Date): Promise<WaitingTime[]> =>
  Promise.all(
    queueNames.map(async (name) => {
      const queue = queues.queue(name);
      const [paused, jobs] = await Promise.all([queue.isPaused(), queue.getJobs(['waiting'], 0, 0, true)]);
      const since = Math.min(now.getTime(), ...jobs.map(({ timestamp }) => timestamp));
      return { name, paused, waitingMinutes: (now.getTime() - since) / 60_000 };
    }),
  );
