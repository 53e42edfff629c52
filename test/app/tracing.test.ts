import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { openCrawler } from '../../src/app/open-crawler.ts';
import { openTracer } from '../../src/app/open-tracer.ts';
import { openPost } from '../../src/app/post.ts';
import { loadClassifier } from '../../src/classify/classify.ts';
import { readSettings } from '../../src/domain/settings.ts';
import { openDeliverer } from '../../src/publish/deliver.ts';
import { openArticleSender } from '../../src/queue/article-sender.ts';
import { openQueues } from '../../src/queue/queues.ts';
import { writeMessages } from '../../src/store/messages.ts';
import { startIngestWorker } from '../../workers/ingest.ts';
import { startPublishWorker } from '../../workers/publish.ts';
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
  readonly status?: { readonly message?: string };
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

type Tracing = ReturnType<typeof openTracer>;

const sentence =
  'The harbour council met on Tuesday evening in the old customs house and heard nine speakers on the quay.';
const article = (title: string): string =>
  `<html lang="en"><head><title>${title}</title></head><body><article><h1>${title}</h1>${`<p>${title}: ${sentence} ${sentence}</p>`.repeat(5)}</article></body></html>`;

describe('the traces of articles', () => {
  it('lead from the link to the store, over the queue, one an article', async () => {
    await using collector = await openReceiver();
    await using hook = await openReceiver();
    hook.answer = () => ({ status: hook.received.length > 1 ? 204 : 500 });
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
    const settings = readSettings({ ALLOW_PRIVATE: '1', RATE: '1000', PRIVATE_TARGETS: '1', WEBHOOKS: hook.url });
    const queues = await openQueues({ databaseUrl: store.url, prefix: `${store.schema}_q` });
    // Two processes, each with a tracer of its own: only the queue leads from one to the other.
    const [crawlTracer, ingestTracer, tellTracer] = [`${collector.url}/`, collector.url, collector.url].map(
      openTracer,
    ) as [...[Tracing, Tracing, Tracing]];
    const crawler = openCrawler({ db: store.db, settings, emit: openArticleSender(queues), tracer: crawlTracer });
    const source = sourceWith({ id: 'post', home: `${site.origin}/`, feeds: [`${site.origin}/rss`] });
    await crawler.crawl(source, new AbortController().signal);
    const log = pino({ level: 'silent' });
    const classifier = await loadClassifier();
    const post = openPost(settings);
    const publish = await startPublishWorker({ store, queues, settings, log, post: post.send, tracer: tellTracer });
    const worker = startIngestWorker({ store, queues, classifier, log, concurrency: 4, tracer: ingestTracer });
    const open = () => queues.queue('article').getJobCountByTypes('waiting', 'active', 'delayed');
    while ((await open()) > 0) await sleep(50);
    await worker.close();
    await crawler.close();
    const told = async () => {
      await queues.add('publish', 'drain', {}, { again: true });
      return hook.received.length;
    };
    // Each event once, and the one that was refused again.
    const { length: events } = await store.db.selectFrom('events').select('id').execute();
    await expect.poll(told, { timeout: 20_000, interval: 200 }).toBe(events + 1);
    await publish.close();
    const articles = (await store.db.selectFrom('articles').select('id').execute()).map(({ id }) => id);
    const notice = { title: 'One', lines: [], items: [] };
    const [message = ''] = await writeMessages(
      store.db,
      [{ key: 'm', channel: 'webhook', address: `${hook.url}/reader`, notice, articles }],
      new Date(),
    );
    await openDeliverer(settings, store.db, post.send, tellTracer).deliver(message, new AbortController().signal);
    await post.close();
    await Promise.all([crawlTracer, ingestTracer, tellTracer].map((tracer) => tracer.close()));
    await queues.close();
    await store.pool.query(`drop schema if exists ${store.schema}_q cascade`);

    expect(collector.received.map(({ path }) => path)).toEqual(collector.received.map(() => '/v1/traces'));
    const traces = Map.groupBy(spansOf(collector.received), ({ traceId }) => traceId);
    expect(traces.size).toBe(2);
    for (const spans of traces.values()) {
      const named = (name: string) => spans.find((span) => span.name === name);
      const tells = spans.filter(({ name }) => name === 'tell');
      const parts = [
        'fetch',
        'extract',
        'ingest',
        'wait in the queue',
        'classify',
        'store',
        ...tells.map(() => 'tell'),
      ];
      expect(spans.map(({ name }) => name).sort()).toEqual(['read a page', ...parts].sort());
      for (const span of tells)
        expect(span.parentSpanId).toBe(spans.find(({ name }) => name === 'read a page')?.spanId);
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
    const tells = [...traces.values()].flat().filter(({ name }) => name === 'tell');
    const targets = tells.map((span) => attributesOf(span)['courant.target']);
    expect(targets.filter((target) => target === `webhook ${hook.url}`)).toHaveLength(events + 1);
    expect(targets.filter((target) => target === 'webhook')).toHaveLength(articles.length);
    expect(tells.filter(({ status }) => /answered 500/.test(status?.message ?? ''))).toHaveLength(1);
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
