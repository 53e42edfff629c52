import { afterEach, describe, expect, it, vi } from 'vitest';
import { openRequester } from '../../../src/crawl/run/requests.ts';

describe('the requests of all crawls', () => {
  afterEach(() => void vi.useRealTimers());

  it('go on after the clock was set back by hours', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-28T12:00:00Z') });
    const requester = openRequester(4);
    const asked: string[] = [];
    const client = {
      async fetch(url: string) {
        asked.push(url);
        return { url, status: 200, headers: {}, body: Buffer.alloc(0), redirects: [], notModified: false };
      },
    };
    const ask = (path: string) =>
      requester.requestAll(
        [{ url: `http://paper.example/${path}`, onAnswer: async () => undefined, onFailure: async () => undefined }],
        { client, concurrency: 1, retries: 0, signal: AbortSignal.timeout(10_000) },
      );
    try {
      await ask('before');
      vi.setSystemTime('2026-11-28T09:00:00Z');
      await ask('after');
      expect(asked).toEqual(['http://paper.example/before', 'http://paper.example/after']);
    } finally {
      await requester.close();
    }
  }, 15_000);
});
