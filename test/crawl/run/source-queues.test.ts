import { describe, expect, it } from 'vitest';
import { VisitLanes } from '../../../src/crawl/run/source-queues.ts';
import type { Visit } from '../../../src/crawl/run/visit.ts';

const visits = (name: string, count: number): Visit[] =>
  Array.from({ length: count }, (_, i) => ({
    url: `http://${name}.example/${i}`,
    onAnswer: async () => undefined,
    onFailure: async () => {},
  }));
const take = async (lanes: VisitLanes) => {
  const request = await lanes.fetchNextRequest();
  if (!request) throw new Error('Nothing waits.');
  return request;
};

describe('lanes', () => {
  it('take turns, so that a long one holds up nobody, and keep to their width', async () => {
    const lanes = new VisitLanes();
    lanes.add(
      lanes.open(2, () => {}),
      visits('long', 100),
    );
    lanes.add(
      lanes.open(2, () => {}),
      visits('short', 2),
    );
    const hosts = [await take(lanes), await take(lanes), await take(lanes), await take(lanes)].map(
      ({ url }) => new URL(url).host,
    );
    expect(hosts).toEqual(['long.example', 'short.example', 'long.example', 'short.example']);
    expect(await lanes.isEmpty()).toBe(true);
    expect(await lanes.fetchNextRequest()).toBeNull();
  });

  it('try a failed visit again before the rest, and then after it', async () => {
    const lanes = new VisitLanes();
    lanes.add(
      lanes.open(1, () => {}),
      visits('flaky', 3),
    );
    const first = await take(lanes);
    first.retryCount = 1;
    await lanes.reclaimRequest(first);
    expect((await take(lanes)).url).toBe(first.url);
    first.retryCount = 2;
    await lanes.reclaimRequest(first);
    expect((await take(lanes)).url).not.toBe(first.url);
  });

  it('end when all is visited, also when the rest is dropped', async () => {
    const ended: string[] = [];
    const lanes = new VisitLanes();
    const done = lanes.open(1, () => ended.push('done'));
    lanes.add(done, visits('done', 1));
    const dropped = lanes.open(1, () => ended.push('dropped'));
    lanes.add(dropped, visits('dropped', 9));
    const [one, other] = [await take(lanes), await take(lanes)];
    lanes.empty(dropped);
    expect(ended).toEqual([]);
    await lanes.markRequestHandled(other);
    await lanes.markRequestHandled(one);
    expect(ended).toEqual(['dropped', 'done']);
    expect(lanes.getPendingCount()).toBe(0);
    expect(await lanes.isFinished()).toBe(true);
  });
});
