import { dayMs } from '../../../domain/time.ts';
import type { Action } from '../../../store/actions.ts';
import type { FlowCount } from '../../../store/outcome-counts.ts';
import type { LivingProcess } from '../../../store/processes.ts';
import type { CauseCount, HealthCounts, Lag } from '../../../store/read/overview.ts';
import type { StoreSize } from '../../../store/store-size.ts';
import { type Html, html } from '../../html.ts';
import { reasonMeaning } from '../links.ts';
import { type Bar, plot } from './charts.ts';
import {
  badge,
  brokenCatalogue,
  button,
  bytes,
  duration,
  moment,
  numberHead,
  section,
  sourceAddress,
  table,
} from './parts.ts';
import type { QueueState } from './queue-state.ts';

export interface Overview {
  readonly now: Date;
  /** What is wrong with the catalogue's file right now, by line. */
  readonly mistake: string | undefined;
  readonly health: HealthCounts;
  readonly causes: readonly CauseCount[];
  /** By hour of the last 24 hours, and by day of the last 30. */
  readonly hours: readonly FlowCount[];
  readonly days: readonly FlowCount[];
  readonly lag: Lag;
  readonly queues: readonly QueueState[];
  readonly backend: string;
  readonly processes: readonly LivingProcess[];
  readonly sizes: readonly StoreSize[];
  readonly actions: readonly Action[];
}

/** How links end, in the order in which they are drawn. */
export const outcomes = ['published', 'updated', 'duplicate', 'rejected'] as const;

const hourMs = 3_600_000;
const total = (counts: readonly FlowCount[], outcome?: string): number =>
  counts.reduce((all, row) => all + (outcome === undefined || row.outcome === outcome ? row.count : 0), 0);

/** Is the wire well; what came in, what was dropped and why; who works, and how much waits. */
export const overview = (all: Overview): Html => html`<div id="overview-now">
${headline(all)}
${figures(all)}
${section('The last 24 hours', plot('Pages by hour', bars(all.hours, hourMs, 24, all.now)))}
${section('The last 30 days', plot('Pages by day', bars(all.days, dayMs, 30, all.now)))}
<div class="pair">${causesSection(all)}${reasonsSection(all)}</div>
${queuesSection(all)}
<div class="pair">${processesSection(all)}${sizeSection(all)}</div>
${actionsSection(all)}
</div>`;

/** Without one of these roles nothing comes in, or nobody is told. */
const needed = ['schedule', 'crawl', 'ingest', 'publish'];

/** One sentence that says whether somebody must act. */
function headline({ mistake, health, queues, processes }: Overview): Html {
  const idle = needed.filter((role) => !processes.some(({ roles }) => roles.includes(role)));
  const paused = queues.filter((queue) => queue.paused).map(({ name }) => name);
  const troubles = [
    mistake !== undefined && 'the catalogue is broken, the one of before goes on',
    processes.length === 0 && 'no process of the wire is alive',
    processes.length > 0 &&
      idle.length > 0 &&
      `no living process has the ${idle.length === 1 ? 'role' : 'roles'} ${idle.join(', ')}`,
    paused.length > 0 && `paused: ${paused.join(', ')}`,
    health.fails > 0 && `${health.fails} ${health.fails === 1 ? 'source fails' : 'sources fail'}`,
    health.nothing > 0 && `${health.nothing} ${health.nothing === 1 ? 'gives' : 'give'} nothing`,
  ].filter((trouble) => trouble !== false);
  return troubles.length === 0
    ? html`<p class="verdict good">✓ The wire is well: all ${health.gives} sources give.</p>`
    : html`<p class="verdict bad">! Needs a look: ${troubles.join('; ')}.</p>${brokenCatalogue(mistake)}`;
}

const figure = (name: string, value: string | number, href?: string, kind = ''): Html =>
  html`<div><dt>${href === undefined ? name : html`<a href="${href}">${name}</a>`}</dt><dd class="${kind}">${value}</dd></div>`;

const figures = ({ health, hours, lag, sizes }: Overview): Html => html`<dl class="figures">
${figure('Sources that give', health.gives, '/admin/sources?state=gives', 'good')}
${figure('Give nothing', health.nothing, '/admin/sources?state=nothing', health.nothing > 0 ? 'warn' : '')}
${figure('Fail', health.fails, '/admin/sources?state=fails', health.fails > 0 ? 'bad' : '')}
${health.fresh > 0 && figure('Not crawled yet', health.fresh, '/admin/sources?state=new')}
${health.paused > 0 && figure('Paused', health.paused, '/admin/sources?state=paused')}
${figure('Published, 24 h', total(hours, 'published'), '/admin/links?outcome=published')}
${figure('Rejected, 24 h', total(hours, 'rejected'), '/admin/links?outcome=rejected')}
${figure('Lag, median', lag.median === null ? '–' : duration(lag.median))}
${figure('Lag, p95', lag.p95 === null ? '–' : duration(lag.p95))}
${figure('Store', bytes(sizes.at(-1)?.bytes ?? 0))}
</dl>`;

/** One bar an hour or a day, also for those in which nothing happened. */
function bars(counts: readonly FlowCount[], unitMs: number, count: number, now: Date): Bar[] {
  const last = Math.floor(now.getTime() / unitMs) * unitMs;
  const byTime = Map.groupBy(counts, ({ at }) => at.getTime());
  return Array.from({ length: count }, (_, index) => {
    const at = last - (count - 1 - index) * unitMs;
    const iso = new Date(at).toISOString();
    const rows = byTime.get(at) ?? [];
    return {
      name: unitMs === dayMs ? iso.slice(5, 10) : `${iso.slice(11, 13)}:00`,
      parts: outcomes.map((kind) => ({ kind, count: total(rows, kind) })),
      href: `/admin/links?from=${iso.slice(0, 16)}Z&to=${new Date(at + unitMs).toISOString().slice(0, 16)}Z`,
    };
  });
}

const causesSection = ({ causes }: Overview): Html =>
  section(
    'Why sources do not give',
    causes.length === 0
      ? html`<p class="soft">All of them give.</p>`
      : html`<ul class="rows">${causes.map(({ cause, state, sources, example }) => {
          const address = sources === 1 ? sourceAddress(example) : `/admin/sources?state=${state}`;
          return html`<li>${badge({ active: true, pausedAt: null, health: { state } })} <span class="grow">${cause}</span>
<a href="${address}">${sources === 1 ? example : `${sources} sources`}</a></li>`;
        })}</ul>`,
  );

function reasonsSection({ hours }: Overview): Html {
  const rejected = hours.filter(({ outcome }) => outcome === 'rejected');
  const byReason = [...Map.groupBy(rejected, ({ reason }) => reason)]
    .map(([reason, rows]) => ({ reason, stage: rows[0]?.stage ?? '', count: total(rows) }))
    .sort((a, b) => b.count - a.count);
  const most = byReason[0]?.count ?? 1;
  return section(
    'Why pages were rejected, 24 h',
    byReason.length === 0
      ? html`<p class="soft">None was.</p>`
      : html`<ul class="rows">${byReason.map(
          ({
            reason,
            stage,
            count,
          }) => html`<li title="${reasonMeaning(reason)}"><span class="grow"><a href="/admin/links?outcome=rejected&amp;reason=${encodeURIComponent(reason)}">${reason}</a> <span class="soft">${stage}</span></span>
<svg class="share" width="90" height="8" aria-hidden="true"><rect width="${Math.max(2, Math.round((90 * count) / most))}" height="8"/></svg><span class="number">${count}</span></li>`,
        )}</ul>`,
  );
}

const queuesSection = ({ queues, backend, now }: Overview): Html => {
  const isPaused = queues.some(({ paused }) => paused);
  return section(
    'Queues',
    html`${table(
      'Queues',
      [
        'Queue',
        numberHead('Waiting'),
        numberHead('Running'),
        numberHead('Delayed'),
        numberHead('Failed'),
        'Oldest waits',
        'In hand',
        html`<th scope="col"><span class="hidden">Do</span></th>`,
      ],
      queues.map(
        (
          queue,
        ) => html`<tr><th scope="row"><a href="/queues/queue/${queue.name}">${queue.name}</a>${queue.paused && html` <span class="badge off">❚❚ paused</span>`}</th>
<td class="number">${queue.counts.waiting}</td><td class="number">${queue.counts.active}</td><td class="number">${queue.counts.delayed}</td><td class="number ${queue.counts.failed > 0 && 'bad'}">${queue.counts.failed}</td>
<td class="time">${queue.oldestAt ? moment(queue.oldestAt, now) : html`<span class="soft">–</span>`}</td><td>${queue.inHand.length === 0 ? html`<span class="soft">nothing</span>` : queue.inHand.join(', ')}</td>
<td class="do">${button(`/admin/queues/${queue.name}`, queue.paused ? 'Resume' : 'Pause', { do: queue.paused ? 'resume' : 'pause' })}</td></tr>`,
      ),
    )}<p class="soft">On ${backend === 'redis' ? 'Redis' : 'PostgreSQL'}. A paused queue keeps what comes in.</p>`,
    button('/admin/queues/all', isPaused ? 'Resume all' : 'Pause all', { do: isPaused ? 'resume' : 'pause' }),
  );
};

const processesSection = ({ processes, now }: Overview): Html =>
  section(
    'Processes alive',
    processes.length === 0
      ? html`<p class="bad">None has been heard of in the last minute.</p>`
      : html`<ul class="rows">${processes.map(
          ({ host, pid, roles, startedAt, seenAt }) =>
            html`<li><span class="grow"><strong>${host}</strong> <span class="soft">${pid}</span> ${roles.join(', ')}</span> <span class="soft">up since ${moment(startedAt, now)}, seen ${moment(seenAt, now)}</span></li>`,
        )}</ul>`,
  );

function sizeSection({ sizes }: Overview): Html {
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (!first || !last) return section('Store', html`<p class="soft">Its size is noted once an hour.</p>`);
  const days = Math.max(1, Math.round((last.day.getTime() - first.day.getTime()) / dayMs));
  const growth = (last.bytes - first.bytes) / days;
  return section(
    'Store',
    html`<dl class="facts"><div><dt>Size</dt><dd>${bytes(last.bytes)}</dd></div><div><dt>Growth a day</dt><dd>${sizes.length > 1 ? `${growth < 0 ? '−' : '+'}${bytes(Math.abs(growth))}` : 'not known before tomorrow'}</dd></div>
<div><dt>Articles, about</dt><dd>${last.articles}</dd></div><div><dt>Links, about</dt><dd>${last.links}</dd></div></dl>`,
  );
}

const actionsSection = ({ actions, now }: Overview): Html =>
  section(
    'What operators did',
    actions.length === 0
      ? html`<p class="soft">Nothing yet.</p>`
      : html`<ul class="rows">${actions.map(
          ({ at, who, action, target }) =>
            html`<li>${moment(at, now)} <span class="grow"><strong>${who}</strong>: ${action} ${target}</span></li>`,
        )}</ul>`,
    html`<a href="/admin/log">All of it</a>`,
  );
