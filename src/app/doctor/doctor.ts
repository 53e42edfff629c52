import type { Settings } from '../../domain/settings.ts';
import { checkChromium, checkFetch, checkLabels, checkName, checkProxies, lookAtCatalogue } from './crawling.ts';
import { type Check, examine, type Finding } from './finding.ts';
import { checkClock, checkDisk, checkNode } from './machine.ts';
import { checkPort, checkRedis, checkStore, lookAtStore } from './servers.ts';

/** Looks at everything that the wire needs, one part after the other, and changes nothing. */
export async function* examineAll(settings: Settings): AsyncGenerator<Finding> {
  yield await examine('Node', checkNode);
  yield await examine('disk', () => checkDisk(settings));
  const store = lookAtStore(settings);
  store.catch(() => undefined);
  yield await examine('store', async () => checkStore(await store, settings.DATA_DIR));
  const times = await store.catch(() => undefined);
  yield await examine('clock', async () => checkClock(times, new Date()));
  yield await examine('Redis', () => checkRedis(settings));
  yield await examine('port', () => checkPort(settings));
  const catalogue = await lookAtCatalogue(settings);
  const rest: [string, Check][] = [
    ['catalogue', async () => catalogue.finding],
    ['labels', () => checkLabels(settings)],
    ['user agent', () => checkName(settings)],
    ['proxy', () => checkProxies(settings, catalogue.sources)],
    ['Chromium', () => checkChromium(settings, catalogue.sources)],
    ['crawler', () => checkFetch(settings)],
  ];
  for (const [part, check] of rest) yield await examine(part, check);
}
