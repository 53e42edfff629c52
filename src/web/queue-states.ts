import type { Job } from 'bullmq';
import { type QueueName, type Queues, queueNames } from '../queue/queues.ts';
import type { QueueState } from './pages/admin/queue-state.ts';
import { queueSizes } from './queue-sizes.ts';

/** Jobs in hand that are named. */
const mostNamed = 4;

/** What a job is about. */
const subject = ({ data }: Pick<Job, 'data'>): string => data?.source ?? data?.urlKey ?? 'a tick';

async function detailsOf(queues: Queues, name: QueueName) {
  const queue = queues.queue(name);
  const [paused, [oldest], active] = await Promise.all([
    queue.isPaused(),
    queue.getJobs(['waiting', 'prioritized'], 0, 0, true),
    queue.getJobs(['active'], 0, mostNamed, true),
  ]);
  const named = active.slice(0, mostNamed).map(subject);
  return {
    paused,
    oldestAt: oldest === undefined ? undefined : new Date(oldest.timestamp),
    inHand: active.length > mostNamed ? [...named, '…'] : named,
  };
}

/** Depth and age of the queues, and what their workers have in hand. */
export async function queueStates(queues: Queues): Promise<QueueState[]> {
  const [sizes, details] = await Promise.all([
    queueSizes(queues),
    Promise.all(queueNames.map((name) => detailsOf(queues, name))),
  ]);
  return sizes.map((size, index) => {
    const { paused = false, oldestAt, inHand = [] } = details[index] ?? {};
    return { ...size, paused, oldestAt, inHand };
  });
}
