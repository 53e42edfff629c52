import { Counter, collectDefaultMetrics, Histogram, Registry } from '@prometheus-io/client';
import { regions } from '../classify/regions.ts';
import type { WorkObserver } from '../domain/work-observer.ts';

/** UN M49's continents, by which sources are grouped: six values of a label, however many sources there are. */
const continents = ['002', '009', '019', '142', '150'];
const groupOf = new Map(
  regions
    .filter(({ id }) => continents.includes(id))
    .flatMap(({ slug, countries }) => countries.map((country) => [country, slug] as const)),
);

/** The registry of one process: its own figures, and those of the roles in it. */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Counts the work of this process. `rate()` over all processes is what the wire does. */
export function createWorkMetrics(registry: Registry): WorkObserver {
  const registers = [registry];
  const requests = new Histogram({
    name: 'courant_request_duration_seconds',
    help: 'Requests of the crawler without the waiting for their turn, by class of answer (none: no answer), how the host is reached, and the group of the source.',
    labelNames: ['answer', 'host', 'group'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const crawls = new Histogram({
    name: 'courant_crawl_duration_seconds',
    help: 'Crawls of a source, by what the source is to the wire afterwards (gives, nothing, fails) and its group.',
    labelNames: ['state', 'group'],
    buckets: [1, 5, 15, 60, 300, 1200],
    registers,
  });
  const bytes = new Counter({
    name: 'courant_crawl_bytes_total',
    help: 'Bytes of answers to the crawler, unpacked.',
    labelNames: ['group'],
    registers,
  });
  const stages = new Histogram({
    name: 'courant_stage_duration_seconds',
    help: 'Work on one article, by stage: extract, classify, store (waiting for the batch included).',
    labelNames: ['stage'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const outcomes = new Counter({
    name: 'courant_outcomes_total',
    help: 'Links that ended: published, updated, duplicate or rejected; of rejected ones with the reason.',
    labelNames: ['outcome', 'reason'],
    registers,
  });
  const lag = new Histogram({
    name: 'courant_publication_lag_seconds',
    help: 'From the publication of an article at its publisher to its place in the feeds.',
    buckets: [60, 300, 600, 1200, 1800, 3600, 7200, 21_600, 86_400],
    registers,
  });
  const deliveries = new Counter({
    name: 'courant_deliveries_total',
    help: 'Events that were told, or could not be told, by kind of target.',
    labelNames: ['target', 'result'],
    registers,
  });
  return {
    request: ({ status, ms }, source) =>
      requests.observe(
        { answer: answerOf(status), host: wayTo(source), group: groupNamed(source?.country) },
        ms / 1000,
      ),
    crawl({ source, state, tookMs, bytes: read, rejected }) {
      const group = groupNamed(source.country);
      crawls.observe({ state, group }, tookMs / 1000);
      bytes.inc({ group }, read);
      for (const [reason, count] of Object.entries(rejected)) outcomes.inc({ outcome: 'rejected', reason }, count);
    },
    stage: (stage, ms) => stages.observe({ stage }, ms / 1000),
    outcome(outcome, lagMs) {
      outcomes.inc({ outcome: outcome.kind, reason: outcome.kind === 'rejected' ? outcome.reason : '' });
      if (outcome.kind === 'published' && lagMs !== undefined && lagMs >= 0) lag.observe(lagMs / 1000);
    },
    delivery: (target, events, told) => deliveries.inc({ target, result: told ? 'told' : 'failed' }, events),
  };
}

const groupNamed = (country: string | undefined): string => groupOf.get(country ?? '') ?? 'unknown';

function answerOf(status: number | undefined): string {
  if (status === undefined) return 'none';
  return status === 304 || status === 429 ? String(status) : `${Math.floor(status / 100)}xx`;
}

const wayTo = (source: { readonly proxy?: string | undefined; readonly render?: string | undefined } | undefined) =>
  source?.render === 'browser' ? 'browser' : source?.proxy ? 'own-proxy' : 'direct';
