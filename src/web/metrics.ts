import { Gauge, Histogram, type Registry } from '@prometheus-io/client';
import type { FastifyInstance } from 'fastify';
import { alertKinds } from '../domain/alert-limits.ts';
import { healthStates } from '../domain/source-health.ts';
import { openAlerts } from '../store/alerts.ts';
import { channelStates } from '../store/messages.ts';
import { countArticles, countLinks } from '../store/read/operations.ts';
import { countSources } from '../store/read/overview.ts';
import { queueSizes } from './queue-sizes.ts';
import type { Services } from './services.ts';

/** Counting takes a moment; several scrapers share one count. */
const countEveryMs = 10_000;

export interface Metrics {
  readonly contentType: string;
  /** All figures in Prometheus's text format. */
  text(): Promise<string>;
}

/** The registry of this process, with the times of requests in it. */
export interface RequestMetrics {
  readonly registry: Registry;
  /** @param route the pattern, not the address: its values are few */
  observe(method: string, route: string, status: number, milliseconds: number): void;
}

export function createRequestMetrics(registry: Registry): RequestMetrics {
  const durations = new Histogram({
    name: 'courant_http_request_duration_seconds',
    help: 'Time from request to answer, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  return {
    registry,
    observe: (method, route, status, milliseconds) => durations.observe({ method, route, status }, milliseconds / 1000),
  };
}

/**
 * The process's and the wire's figures for Prometheus. What stands in the store is counted when asked, so that every web process
 * tells the same and nothing is lost with a process.
 */
export function openMetrics(app: FastifyInstance, services: Services, { registry, observe }: RequestMetrics): Metrics {
  const registers = [registry];
  app.addHook('onResponse', async (request, reply) => {
    observe(request.method, request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime);
  });

  const links = new Gauge({
    name: 'courant_links',
    help: 'Links ever seen, by how they ended (outcome open: not yet).',
    labelNames: ['outcome', 'stage', 'reason'],
    registers,
  });
  const articles = new Gauge({ name: 'courant_articles', help: 'Articles in the store.', registers });
  const stories = new Gauge({ name: 'courant_stories', help: 'Stories in the store.', registers });
  const newest = new Gauge({
    name: 'courant_newest_article_timestamp_seconds',
    help: 'When the newest article came in, Unix time.',
    registers,
  });
  const sources = new Gauge({
    name: 'courant_sources',
    help: 'Sources by state: gives, nothing (answers, but gives nothing), fails (cannot be read), new (not crawled yet), inactive (no longer listed).',
    labelNames: ['state'],
    registers,
  });
  const jobs = new Gauge({
    name: 'courant_queue_jobs',
    help: 'Jobs in the queues, by queue and state.',
    labelNames: ['queue', 'state'],
    registers,
  });
  const paused = new Gauge({
    name: 'courant_queue_paused',
    help: '1 for a queue that the operator has paused.',
    labelNames: ['queue'],
    registers,
  });

  const alerts = new Gauge({
    name: 'courant_alerts',
    help: 'What is wrong now, by kind (docs/operating/alerts.md).',
    labelNames: ['kind'],
    registers,
  });
  const messages = new Gauge({
    name: 'courant_messages',
    help: 'Messages by channel and state: waiting now, sent or failed in the last 24 hours.',
    labelNames: ['channel', 'state'],
    registers,
  });

  async function countMessages(now: Date): Promise<void> {
    const [open, channels] = await Promise.all([openAlerts(services.db), channelStates(services.db, now)]);
    for (const kind of Object.keys(alertKinds)) alerts.set({ kind }, open.filter((one) => one.kind === kind).length);
    messages.reset();
    for (const { channel, ...sizes } of channels)
      for (const state of ['waiting', 'sent', 'failed'] as const) messages.set({ channel, state }, sizes[state]);
  }

  async function count(): Promise<void> {
    const now = new Date();
    await countMessages(now);
    const [ends, stored, states, queues] = await Promise.all([
      countLinks(services.db),
      countArticles(services.db, now),
      countSources(services.db),
      queueSizes(services.queues),
    ]);
    for (const gauge of [links, sources, jobs]) gauge.reset();
    for (const { outcome, stage, reason, count } of ends)
      links.inc({ outcome: outcome ?? 'open', stage: stage ?? '', reason: reason ?? '' }, count);
    articles.set(stored.articles);
    stories.set(stored.stories);
    if (stored.newestAt) newest.set(stored.newestAt.getTime() / 1000);
    for (const state of [...healthStates, 'new', 'inactive'] as const) sources.set({ state }, states[state] ?? 0);
    for (const queue of queues) {
      paused.set({ queue: queue.name }, queue.paused ? 1 : 0);
      for (const [state, size] of Object.entries(queue.counts)) jobs.set({ queue: queue.name, state }, size);
    }
  }

  let counted: { at: number; done: Promise<void> } | undefined;
  return {
    contentType: registry.contentType,
    async text() {
      const now = performance.now();
      if (!counted || now - counted.at > countEveryMs) {
        counted = { at: now, done: count() };
        counted.done.catch(() => {
          counted = undefined;
        });
      }
      await counted.done;
      return registry.metrics();
    },
  };
}
