import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { openCrawler } from '../../src/app/open-crawler.ts';
import { openTracer } from '../../src/app/open-tracer.ts';
import { loadClassifier } from '../../src/classify/classify.ts';
import { readSettings } from '../../src/domain/settings.ts';
import { openArticleSender } from '../../src/queue/article-sender.ts';
import { openQueues } from '../../src/queue/queues.ts';
import { startIngestWorker } from '../../workers/ingest.ts';
import { startServer } from '../crawl/local-server.ts';
import { openTestStore } from '../support/postgres.ts';
import { openReceiver, type Received } from '../support/receiver.ts';
import { sourceWith } from '../support/source.ts';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
}
/** What a collector got, by the protocol's JSON. */
const spansOf = (received: readonly Received[]): Span[] =>
  received.flatMap(({ body }) =>
    (JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }).resourceSpans.flatMap(
      ({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans),
    ),
  );
const attributesOf = (span: Span | undefined): Record<string, unknown> =>
  Object.fromEntries((span?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]));

const sentence =
  'The harbour council met on Tuesday evening in the old customs house and heard nine speakers on the quay.';
const article = (title: string): string =>
  `<html lang="en"><head><title>${title}</title></head><body><article><h1>${title}</h1>${`<p>${title}: ${sentence} ${sentence}</p>`.repeat(5)}</article></body></html>`;

describe('the traces of articles', () => {
  it('lead from the link to the store, over the queue, one an article', async () => {
    await using collector = await openReceiver();
    await using site = await startServer((request, response) => {
      const links = ['/quay', '/bridge'].map(
        (path) => `<item><title>${path}</title><link>${site.origin}${path}</link></item>`,
      );
      if (request.url === '/rss')
        response.end(`<rss version="2.0"><channel><title>Post</title>${links.join('')}</channel></rss>`);
      else if (request.url === '/robots.txt') response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': 'text/html' }).end(article(`News of ${request.url}`));
    });
    await using store = await openTestStore();
    const settings = readSettings({ ALLOW_PRIVATE: '1', RATE: '1000' });
    const queues = await openQueues({ databaseUrl: store.url, prefix: `${store.schema}_q` });
    // Two processes, each with a tracer of its own: only the queue leads from one to the other.
    const [crawlTracer, ingestTracer] = [openTracer(`${collector.url}/`), openTracer(collector.url)];
    const crawler = openCrawler({ db: store.db, settings, emit: openArticleSender(queues), tracer: crawlTracer });
    const source = sourceWith({ id: 'post', home: `${site.origin}/`, feeds: [`${site.origin}/rss`] });
    await crawler.crawl(source, new AbortController().signal);
    const log = pino({ level: 'silent' });
    const classifier = await loadClassifier();
    const worker = startIngestWorker({ store, queues, classifier, log, concurrency: 4, tracer: ingestTracer });
    const open = () => queues.queue('article').getJobCountByTypes('waiting', 'active', 'delayed');
    while ((await open()) > 0) await sleep(50);
    await worker.close();
    await crawler.close();
    await Promise.all([crawlTracer.close(), ingestTracer.close()]);
    await queues.close();
    await store.pool.query(`drop schema if exists ${store.schema}_q cascade`);

    expect(collector.received.map(({ path }) => path)).toEqual(collector.received.map(() => '/v1/traces'));
    const traces = Map.groupBy(spansOf(collector.received), ({ traceId }) => traceId);
    expect(traces.size).toBe(2);
    for (const spans of traces.values()) {
      const named = (name: string) => spans.find((span) => span.name === name);
      const parts = ['fetch', 'extract', 'ingest', 'wait in the queue', 'classify', 'store'];
      expect(spans.map(({ name }) => name).sort()).toEqual(['read a page', ...parts].sort());
      const root = named('read a page');
      expect(root?.parentSpanId ?? '').toBe('');
      for (const name of ['fetch', 'extract', 'ingest']) expect(named(name)?.parentSpanId, name).toBe(root?.spanId);
      for (const name of ['wait in the queue', 'classify', 'store'])
        expect(named(name)?.parentSpanId, name).toBe(named('ingest')?.spanId);
      for (const span of spans)
        expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano), span.name).toBe(true);
      expect(attributesOf(named('fetch'))['http.response.status_code']).toBe(200);
      expect(attributesOf(named('ingest'))).toMatchObject({ 'courant.source': 'post' });
    }
    const outcomes = [...traces.values()].flat().map((span) => attributesOf(span)['courant.outcome']);
    expect(outcomes).toContain('published');
  });

  it('a collector that is away stops no work and no end', async () => {
    const tracer = openTracer('http://127.0.0.1:9');
    const parent = tracer.record({ name: 'a', startedAt: 1, endedAt: 2 });
    expect(tracer.record({ name: 'b', startedAt: 1, endedAt: 2, parent, error: 'x' }).slice(3, 35)).toBe(
      parent.slice(3, 35),
    );
    // What a job carries may be anything: then a trace begins.
    expect(tracer.record({ name: 'c', startedAt: 1, endedAt: 2, parent: 'nonsense' })).toMatch(
      /^00-[\da-f]{32}-[\da-f]{16}-01$/,
    );
    await tracer.close();
  });
});
