import os from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { openLog } from '../domain/log.ts';
import type { WorkObserver } from '../domain/work-observer.ts';
import { openApp } from './app.ts';
import type { RoleThreadData, RoleThreadMessage } from './role-thread-data.ts';

const tell = (message: RoleThreadMessage) => parentPort?.postMessage(message);

const observer: WorkObserver = {
  // Of a source no more than its labels need: all of it would be copied for each request.
  request: (seen, source) =>
    tell({
      seen: {
        name: 'request',
        of: [seen, source && { country: source.country, proxy: source.proxy, render: source.render }],
      },
    }),
  crawl: (seen) => tell({ seen: { name: 'crawl', of: [{ ...seen, source: { country: seen.source.country } }] } }),
  stage: (...of) => tell({ seen: { name: 'stage', of } }),
  outcome: (...of) => tell({ seen: { name: 'outcome', of } }),
  delivery: (...of) => tell({ seen: { name: 'delivery', of } }),
};

/** Steps of niceness, each a fifth less of a core that both want: the thread that answers readers gets three times as much. */
const nicer = 5;
// Only Linux counts by thread, and those that this one begins are as nice as it.
if (process.platform === 'linux')
  os.setPriority(Math.min(os.getPriority() + nicer, os.constants.priority.PRIORITY_LOW));

const { settings, roles } = workerData as RoleThreadData;
const stop = new AbortController();
parentPort?.once('message', () => stop.abort());
const app = await openApp(settings, openLog(settings.LOG_LEVEL), { signal: stop.signal, within: observer });
try {
  for (const role of roles) await app.start(role);
  tell({ begun: true });
  await app.stopped();
} finally {
  await app.close();
  parentPort?.close();
}
