import { spawnSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { openMetricsPort } from '../../src/app/metrics-port.ts';
import { createRegistry, createWorkMetrics } from '../../src/app/work-metrics.ts';
import { healthStates } from '../../src/domain/source-health.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openTestWire, type TestWire } from '../web/wire.ts';

const registry = createRegistry();
const observer = createWorkMetrics(registry);
let wire: TestWire;
beforeAll(async () => {
  wire = await openTestWire();
});
afterAll(() => wire[Symbol.asyncDispose]());

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}
interface Rules {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly annotations: Record<string, string>;
    }[];
  }[];
}

/** What of Grafana's dashboard schema (version 39) the file uses; anything else is a mistake. */
const grafanaDashboard = z.strictObject({
  title: z.string().min(1),
  uid: z.string().regex(/^[\w-]{1,40}$/),
  tags: z.array(z.string()),
  timezone: z.enum(['browser', 'utc']),
  schemaVersion: z.literal(39),
  version: z.int(),
  refresh: z.string().regex(/^\d+[smh]$/),
  time: z.strictObject({ from: z.string().regex(/^now-\d+[hd]$/), to: z.literal('now') }),
  templating: z.strictObject({
    list: z.array(
      z.strictObject({
        ...{ name: z.string(), type: z.literal('datasource'), query: z.literal('prometheus'), label: z.string() },
      }),
    ),
  }),
  panels: z.array(
    z.strictObject({
      id: z.int().positive(),
      title: z.string().min(1),
      description: z.string().optional(),
      type: z.enum(['stat', 'timeseries', 'table', 'gauge', 'barchart']),
      datasource: z.strictObject({ type: z.literal('prometheus'), uid: z.string() }),
      gridPos: z.strictObject({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1), h: z.int().min(1) }),
      targets: z
        .array(
          z.strictObject({ refId: z.string().regex(/^[A-Z]$/), expr: z.string(), legendFormat: z.string().optional() }),
        )
        .min(1),
      fieldConfig: z.strictObject({
        defaults: z.strictObject({
          unit: z.enum(['short', 's', 'bytes', 'Bps']),
          custom: z.record(z.string(), z.unknown()).optional(),
        }),
        overrides: z.array(z.never()),
      }),
      options: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});

/** Every figure by its name, with the labels that it can have. */
async function figures(): Promise<Map<string, ReadonlySet<string>>> {
  await fetch(`${wire.url}/feeds`);
  const texts = [await registry.metrics(), await (await fetch(`${wire.url}/metrics`)).text()];
  const known = new Map<string, Set<string>>();
  for (const text of texts) {
    for (const [, name = '', labels = ''] of text.matchAll(/^([a-z_]+)(?:\{(.*)\})? /gm)) {
      const set = known.get(name) ?? new Set();
      for (const [, label = ''] of labels.matchAll(/([a-z_]+)=/g)) set.add(label);
      known.set(name, set);
    }
  }
  return known;
}

/** Does once what a wire does, so that every figure has its labels. */
function work(): void {
  const source = { country: 'RS', proxy: undefined, render: undefined };
  for (const status of [200, 304, 429, 404, 503, undefined]) observer.request({ status, ms: 12 }, source as never);
  observer.request({ status: 200, ms: 3000 }, undefined);
  observer.crawl({ source, state: 'gives', tookMs: 1500, bytes: 1000, rejected: { 'too-short': 2 } });
  for (const stage of ['extract', 'classify', 'store'] as const) observer.stage(stage, 4);
  observer.outcome({ kind: 'published', article: 'a', story: 's' }, 120_000);
  observer.outcome({ kind: 'duplicate', of: 'a', match: 'near' }, undefined);
  observer.delivery('webhook', 3, true);
  observer.delivery('hub', 1, false);
}

describe('the figures of the work', () => {
  it('count by stage, outcome, group and host, with few values of each label', async () => {
    work();
    const text = await registry.metrics();
    expect(text).toContain('courant_request_duration_seconds_count{answer="2xx",host="direct",group="europe"} 1');
    expect(text).toContain('courant_request_duration_seconds_count{answer="none",host="direct",group="europe"} 1');
    expect(text).toContain(
      'courant_request_duration_seconds_bucket{le="5",answer="2xx",host="direct",group="unknown"} 1',
    );
    expect(text).toContain('courant_crawl_duration_seconds_count{state="gives",group="europe"} 1');
    expect(text).toContain('courant_outcomes_total{outcome="rejected",reason="too-short"} 2');
    expect(text).toContain('courant_publication_lag_seconds_bucket{le="300"} 1');
    expect(text).toContain('courant_deliveries_total{target="hub",result="failed"} 1');
    for (let index = 0; index < 2000; index++)
      observer.request({ status: 200, ms: 1 }, { country: `Q${index}`, proxy: `http://p${index}/` } as never);
    const series = (await registry.metrics()).match(/^courant_request_duration_seconds_count/gm);
    expect(series?.length).toBeLessThan(12);
  });

  it('are told by a process without a web server on its own port', async () => {
    const port = await openMetricsPort({ HOST: '127.0.0.1', METRICS_PORT: 0 }, registry);
    const taken = Number(new URL(port?.url ?? '').port);
    expect(await (await fetch(port?.url ?? '')).text()).toContain('courant_outcomes_total');
    expect((await fetch(new URL('/', port?.url))).status).toBe(404);
    await expect(openMetricsPort({ HOST: '127.0.0.1', METRICS_PORT: taken }, registry)).rejects.toThrow(
      /EADDRINUSE.*METRICS_PORT/,
    );
    await port?.close();
    expect(await openMetricsPort({ HOST: '127.0.0.1', METRICS_PORT: undefined }, registry)).toBeUndefined();
  });
});

describe('docs/operating/monitoring/', async () => {
  const dashboard = JSON.parse(await readFile('docs/operating/monitoring/grafana-dashboard.json', 'utf8')) as Dashboard;
  const rules = parse(await readFile('docs/operating/monitoring/prometheus-alerts.yaml', 'utf8')) as Rules;
  const expressions = [
    ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
    ...rules.groups.flatMap((group) => group.rules.map(({ alert, expr }) => [alert, expr] as const)),
  ];

  it('uses only figures and labels that there are', async () => {
    work();
    const known = await figures();
    expect(expressions.length).toBeGreaterThan(20);
    for (const [title, expr] of expressions) {
      const names = [...expr.matchAll(/\b(?:courant|process|nodejs)_[a-z_]+/g)].map(([name]) => name);
      expect(names, title).not.toEqual([]);
      for (const name of names) expect([title, name, known.has(name)]).toEqual([title, name, true]);
      const labels = new Set(['instance', ...names.flatMap((name) => [...(known.get(name) ?? [])])]);
      const used = [
        ...[...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/)),
        ...[...expr.matchAll(/\{([^}]*)\}/g)].flatMap(([, list = '']) =>
          [...list.matchAll(/(\w+)\s*=/g)].map(([, label = '']) => label),
        ),
      ];
      for (const label of used) expect([title, label, labels.has(label)]).toEqual([title, label, true]);
    }
  });

  it('names only states and queues that there are, and tells what to do', () => {
    const states = ['waiting', 'active', 'delayed', 'failed', 'new', 'inactive', ...healthStates];
    for (const [, expr] of expressions)
      for (const [, value = ''] of expr.matchAll(/state=~?"([^"]*)"/g))
        expect(states).toEqual(expect.arrayContaining(value.split('|')));
    for (const { rules: some } of rules.groups)
      for (const { annotations } of some) expect(annotations.description).toMatch(/\w{4}.*\.$/);
  });

  it('is a dashboard as Grafana takes it: known panels and units, one source of data, nothing over another', async () => {
    const { panels, ...rest } = grafanaDashboard.parse(
      JSON.parse(await readFile('docs/operating/monitoring/grafana-dashboard.json', 'utf8')),
    );
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const variables = rest.templating.list.map(({ name }) => name);
    const taken = new Set<string>();
    for (const { title, gridPos, targets, datasource } of panels) {
      for (const [, name] of JSON.stringify({ datasource, targets }).matchAll(/\$\{(\w+)\}/g))
        expect([title, variables.includes(name ?? '')]).toEqual([title, true]);
      expect(new Set(targets.map(({ refId }) => refId)).size, title).toBe(targets.length);
      expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect([title, taken.has(`${x} ${y}`)]).toEqual([title, false]);
          taken.add(`${x} ${y}`);
        }
    }
  });

  const promtool = spawnSync('promtool', ['--version']).status === 0;
  it.skipIf(!promtool)(
    `Prometheus itself can read them${promtool ? '' : ' (skipped: there is no promtool here)'}`,
    async () => {
      const folder = temporaryFolder('rules');
      const { panels } = JSON.parse(
        await readFile('docs/operating/monitoring/grafana-dashboard.json', 'utf8'),
      ) as Dashboard;
      // What the dashboard asks for, as rules: promtool knows no other way to read a question without a server.
      const rules = panels
        .flatMap(({ targets }) => targets)
        .map(({ expr }, index) => ({
          record: `courant:panel_${index}`,
          expr: expr.replaceAll('$__rate_interval', '5m'),
        }));
      const asked = path.join(folder, 'panels.json');
      await writeFile(asked, JSON.stringify({ groups: [{ name: 'panels', rules }] }));
      const { status, stdout, stderr } = spawnSync(
        'promtool',
        ['check', 'rules', 'docs/operating/monitoring/prometheus-alerts.yaml', asked],
        { encoding: 'utf8' },
      );
      await rm(folder, { recursive: true });
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toContain(`${rules.length} rules found`);
    },
  );
});
