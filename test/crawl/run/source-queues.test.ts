import { describe, expect, it } from 'vitest';
import type { PageRequest } from '../../../src/crawl/run/page-request.ts';
import { SourceQueues } from '../../../src/crawl/run/source-queues.ts';

const requests = (name: string, count: number): PageRequest[] =>
  Array.from({ length: count }, (_, i) => ({
    url: `http://${name}.example/${i}`,
    onAnswer: async () => undefined,
    onFailure: async () => {},
  }));
const take = async (queues: SourceQueues) => {
  const request = await queues.fetchNextRequest();
  if (!request) throw new Error('Nothing waits.');
  return request;
};

describe('the queues of the sources', () => {
  it('take turns, so that a long one holds up nobody, and keep to their width', async () => {
    const queues = new SourceQueues();
    queues.add(
      queues.open(2, () => {}),
      requests('long', 100),
    );
    queues.add(
      queues.open(2, () => {}),
      requests('short', 2),
    );
    const hosts = [await take(queues), await take(queues), await take(queues), await take(queues)].map(
      ({ url }) => new URL(url).host,
    );
    expect(hosts).toEqual(['long.example', 'short.example', 'long.example', 'short.example']);
    expect(await queues.isEmpty()).toBe(true);
    expect(await queues.fetchNextRequest()).toBeNull();
  });

  it('try a failed request again before the rest, and then after it', async () => {
    const queues = new SourceQueues();
    queues.add(
      queues.open(1, () => {}),
      requests('flaky', 3),
    );
    const first = await take(queues);
    first.retryCount = 1;
    await queues.reclaimRequest(first);
    expect((await take(queues)).url).toBe(first.url);
    first.retryCount = 2;
    await queues.reclaimRequest(first);
    expect((await take(queues)).url).not.toBe(first.url);
  });

  it('end when all is answered, also when the rest is dropped', async () => {
    const ended: string[] = [];
    const queues = new SourceQueues();
    const done = queues.open(1, () => ended.push('done'));
    queues.add(done, requests('done', 1));
    const dropped = queues.open(1, () => ended.push('dropped'));
    queues.add(dropped, requests('dropped', 9));
    const [one, other] = [await take(queues), await take(queues)];
    queues.empty(dropped);
    expect(ended).toEqual([]);
    await queues.markRequestHandled(other);
    await queues.markRequestHandled(one);
    expect(ended).toEqual(['dropped', 'done']);
    expect(queues.getPendingCount()).toBe(0);
    expect(await queues.isFinished()).toBe(true);
  });
});
