import { dayMs } from '../domain/time.ts';
import { recentActions } from '../store/actions.ts';
import { flowCounts } from '../store/outcome-counts.ts';
import { livingProcesses } from '../store/processes.ts';
import { causeCounts, healthCounts, lagOfDay } from '../store/read/overview.ts';
import { storeSizes } from '../store/store-size.ts';
import type { Overview } from './pages/admin/overview.ts';
import { queueStates } from './queue-states.ts';
import type { Services } from './services.ts';

const hourMs = 3_600_000;
const mostCauses = 12;
const daysOfGrowth = 30;

/** All that the operator's first page shows. */
export async function readOverview({
  db,
  queues,
  catalogue,
}: Pick<Services, 'db' | 'queues' | 'catalogue'>): Promise<Overview> {
  const now = new Date();
  const hour = Math.floor(now.getTime() / hourMs) * hourMs;
  const day = Math.floor(now.getTime() / dayMs) * dayMs;
  const [health, causes, hours, days, lag, states, processes, sizes, actions] = await Promise.all([
    healthCounts(db),
    causeCounts(db, mostCauses),
    flowCounts(db, 'hour', new Date(hour - 23 * hourMs)),
    flowCounts(db, 'day', new Date(day - 29 * dayMs)),
    lagOfDay(db, now),
    queueStates(queues),
    livingProcesses(db, now),
    storeSizes(db, daysOfGrowth, now),
    recentActions(db, 6),
  ]);
  const { backend } = queues;
  const mistake = catalogue?.mistake();
  return { now, mistake, health, causes, hours, days, lag, queues: states, backend, processes, sizes, actions };
}
