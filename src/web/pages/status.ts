import { shownTarget } from '../../domain/channel.ts';
import { describeRights } from '../../domain/rights.ts';
import { healthWord, type SourceHealth } from '../../domain/source-health.ts';
import type { OpenAlert } from '../../store/alerts.ts';
import type { ChannelState } from '../../store/messages.ts';
import type { FlowCount } from '../../store/outcome-counts.ts';
import type { ArticleCount, DeliveryState, LinkReport, SourceState } from '../../store/read/operations.ts';
import { type Html, html } from '../html.ts';
import { type Names, outletName } from '../names.ts';
import type { QueueSize } from '../queue-sizes.ts';
import { lookupForm, reasonMeaning } from './links.ts';
import { fromNow } from './time.ts';

type EndCount = Omit<FlowCount, 'at'>;

export interface Status {
  readonly now: Date;
  /** The first of them, those in trouble before the others. */
  readonly sources: readonly SourceState[];
  /** How many of all sources are in each state. */
  readonly health: Readonly<Record<string, number | undefined>>;
  /** How links ended in the last 24 hours, by the hour. */
  readonly today: readonly EndCount[];
  readonly waiting: { readonly pending: number; readonly queued: number };
  /** `recent`: in the last 24 hours. */
  readonly total: ArticleCount;
  readonly queues: readonly QueueSize[];
  readonly backend: string;
  readonly deliveries: readonly DeliveryState[];
  readonly alerts: readonly OpenAlert[];
  readonly channels: readonly ChannelState[];
  readonly rejections: readonly LinkReport[];
  readonly names: Names;
  /** Only this reason's rejections are shown. */
  readonly reason: string | undefined;
  readonly refreshSeconds: number | undefined;
}

const sum = (counts: readonly EndCount[]): number => counts.reduce((total, { count }) => total + count, 0);

/** The operator's page: is the wire well, what came in, what was dropped and why. */
export function statusPage(status: Status): Html {
  const { now, today, total, health, waiting } = status;
  const ended = (outcome: string): number => sum(today.filter((row) => row.outcome === outcome));
  const { fails: failing = 0, nothing: silent = 0 } = health;
  return html`<div class="single status">
<div class="heading"><h1>Status</h1>${refresh(status.refreshSeconds)}</div>
<dl class="figures">
<div><dt>Articles</dt><dd>${total.articles}</dd></div>
<div><dt>Stories</dt><dd>${total.stories}</dd></div>
<div><dt>Newest</dt><dd>${total.newestAt ? fromNow(total.newestAt, now) : 'none'}</dd></div>
<div><dt>New, 24 h</dt><dd>${total.recent}</dd></div>
<div><dt>Updated, 24 h</dt><dd>${ended('updated')}</dd></div>
<div><dt>Duplicates, 24 h</dt><dd>${ended('duplicate')}</dd></div>
<div><dt>Rejected, 24 h</dt><dd>${ended('rejected')}</dd></div>
<div><dt>To be fetched</dt><dd>${waiting.pending}</dd></div>
<div><dt>To be taken in</dt><dd>${waiting.queued}</dd></div>
<div><dt>Failing sources</dt><dd class="${failing > 0 ? 'bad' : 'good'}">${failing}</dd></div>
<div><dt>Give nothing</dt><dd class="${silent > 0 ? 'bad' : 'good'}">${silent}</dd></div>
</dl>
${status.alerts.length > 0 && alertTable(status)}
<section aria-labelledby="lookup-title"><h2 id="lookup-title">What happened to this address?</h2>${lookupForm('')}</section>
${sourceTable(status)}
${queueTable(status)}
${status.deliveries.length > 0 && deliveryTable(status)}
${status.channels.length > 0 && channelTable(status)}
${reasonTable(status)}
${rejectionTable(status)}
</div>`;
}

const refresh = (seconds: number | undefined): Html =>
  html`<p class="subscribe">${seconds ? html`Refreshes every ${seconds} s: <a href="/status">stop</a>` : html`<a href="/status?refresh=10">Refresh every 10 s</a>`}</p>`;

const table = (title: string, note: Html | string | false, head: Html, rows: readonly Html[]): Html => {
  const id = title.toLowerCase().replace(/\W+/g, '-');
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${note && html`<p class="soft">${note}</p>`}
${rows.length > 0 && html`<div class="scroll" role="group" tabindex="0" aria-labelledby="${id}"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`}</section>`;
};

const moment = (at: Date | null, now: Date): Html =>
  at
    ? html`<time datetime="${at.toISOString()}" title="${at.toISOString()}">${fromNow(at, now)}</time>`
    : html`<span class="soft">never</span>`;

function healthCell(source: SourceState, now: Date): Html {
  const { health } = source;
  if (!source.active) return html`<span class="soft">no longer listed</span>`;
  if (health && health.state !== 'gives')
    return html`<span class="bad">✗ ${healthWord[health.state]}: ${health.cause}</span><br><span class="soft">${history(source, health, now)}</span>`;
  if (source.lastCrawlAt === null) return html`<span class="soft">not crawled yet</span>`;
  if (source.warnings.length > 0) return html`<span class="soft">! ${source.warnings.join('; ')}</span>`;
  return html`<span class="good">✓ well</span>`;
}

/** Since when, how often, and when it was last well. */
const history = ({ lastSuccessAt }: SourceState, { since, inARow }: SourceHealth, now: Date): Html =>
  html`since ${moment(since, now)}, ${inARow === 1 ? 'once' : `${inARow} times in a row`}, last good ${moment(lastSuccessAt, now)}`;

/** What the site says of the use of its texts. */
const rightsNote = ({ rights }: SourceState): Html | false =>
  rights !== null && html` <span class="soft">${describeRights(rights)}</span>`;

/** Seven bars, one a day, today last. */
function spark(perDay: readonly number[]): Html {
  const most = Math.max(1, ...perDay);
  const bars = perDay.map((count, day) => {
    const height = count === 0 ? 1 : Math.max(2, Math.round((count / most) * 18));
    return html`<rect x="${day * 8}" y="${20 - height}" width="6" height="${height}"/>`;
  });
  return html`<svg class="spark" width="56" height="20" role="img" aria-label="Articles a day: ${perDay.join(', ')}">${bars}</svg>`;
}

function sourcesNote({ sources, health }: Status): Html | false {
  const all = Object.values(health).reduce<number>((sum, count = 0) => sum + count, 0);
  if (all === 0)
    return html`There is no source yet: list some in feeds/sources.yaml, or add one with: courant sources add https://…`;
  return all > sources.length && html`${sources.length} of ${all}; <a href="/admin/sources">all of them</a>.`;
}

const sourceTable = (status: Status): Html => {
  const { sources, now } = status;
  return table(
    'Sources',
    sourcesNote(status),
    html`<th scope="col">Source</th><th scope="col">Health</th><th scope="col">Last crawl</th><th scope="col">Next</th>
<th scope="col">7 days</th><th scope="col" class="number">Articles</th><th scope="col" class="number">Rejected</th><th scope="col" class="number">Open</th>`,
    sources.map(
      (
        source,
      ) => html`<tr><th scope="row"><a href="/source/${encodeURIComponent(source.id)}">${source.name}</a>${source.take === 'headlines' && html` <span class="soft">headlines</span>`}</th>
<td>${healthCell(source, now)}${rightsNote(source)}</td><td class="time">${moment(source.lastCrawlAt, now)}</td>
<td class="time">${source.active && (source.nextCrawlAt <= now ? 'due' : moment(source.nextCrawlAt, now))}</td><td>${spark(source.perDay)}</td>
<td class="number">${source.perDay.reduce((total, count) => total + count, 0)}</td>
<td class="number">${source.rejected}</td><td class="number">${source.open}</td></tr>`,
    ),
  );
};

const queueTable = ({ queues, backend }: Status): Html =>
  table(
    'Queues',
    `On ${backend === 'redis' ? 'Redis' : 'PostgreSQL'}. Single jobs can be looked at and retried under Queues in the menu.`,
    html`<th scope="col">Queue</th><th scope="col" class="number">Waiting</th><th scope="col" class="number">Running</th><th scope="col" class="number">Delayed</th><th scope="col" class="number">Failed</th>`,
    queues.map(
      ({
        name,
        counts,
        paused,
      }) => html`<tr><th scope="row"><a href="/queues/queue/${name}">${name}</a>${paused && html` <strong class="warn">paused</strong>`}</th>
<td class="number">${counts.waiting}</td><td class="number">${counts.active}</td><td class="number">${counts.delayed}</td>
<td class="number ${counts.failed > 0 && 'bad'}">${counts.failed}</td></tr>`,
    ),
  );

const deliveryTable = ({ deliveries, now }: Status): Html =>
  table(
    'Deliveries',
    'Who is told of new articles as they come.',
    html`<th scope="col">Target</th><th scope="col">State</th><th scope="col">Next try</th>`,
    deliveries.map(
      ({
        target,
        failures,
        nextTryAt,
        lastError,
        setAside,
        setAsideError,
      }) => html`<tr><th scope="row" class="address">${shownTarget(target)}</th>
<td>${failures === 0 ? html`<span class="good">✓ well</span>` : html`<span class="bad">✗ failed ${failures} times in a row: ${lastError}</span>`}${setAside > 0 && html`<br>${setAside} set aside and tried again once a day: ${setAsideError}`}</td>
<td class="time">${failures > 0 && moment(nextTryAt, now)}</td></tr>`,
    ),
  );

const alertTable = ({ alerts, now }: Status): Html =>
  table(
    'Alerts',
    'What is wrong now. Who is told is said by the setting ALERTS.',
    html`<th scope="col">Since</th><th scope="col">Kind</th><th scope="col">What</th><th scope="col">Told</th>`,
    alerts.map(
      ({
        kind,
        message,
        since,
        toldAt,
      }) => html`<tr><td class="time">${moment(since, now)}</td><th scope="row">${kind}</th>
<td class="bad">${message}</td><td class="time">${toldAt ? moment(toldAt, now) : 'after the quiet hours'}</td></tr>`,
    ),
  );

const channelTable = ({ channels }: Status): Html =>
  table(
    'Messages',
    'Alerts and readers’ digests, in the last 24 hours. What fails is tried again for nine hours.',
    html`<th scope="col">Channel</th><th scope="col" class="number">Waiting</th><th scope="col" class="number">Sent</th><th scope="col" class="number">Given up</th><th scope="col">Last trouble</th>`,
    channels.map(
      ({
        channel,
        waiting,
        sent,
        failed,
        lastError,
      }) => html`<tr><th scope="row">${channel}</th><td class="number">${waiting}</td>
<td class="number">${sent}</td><td class="number ${failed > 0 && 'bad'}">${failed}</td><td>${lastError}</td></tr>`,
    ),
  );

function reasonTable({ today }: Status): Html {
  const rejected = today.filter((row) => row.outcome === 'rejected');
  return table(
    'Why pages were rejected',
    rejected.length === 0 ? 'Nothing was rejected in the last 24 hours.' : 'In the last 24 hours.',
    html`<th scope="col">Reason</th><th scope="col">Stage</th><th scope="col" class="number">Pages</th><th scope="col">Meaning</th>`,
    rejected.map(
      ({
        reason,
        stage,
        count,
      }) => html`<tr><th scope="row"><a href="/status?reason=${encodeURIComponent(reason)}#recent-rejections">${reason}</a></th>
<td>${stage}</td><td class="number">${count}</td><td>${reasonMeaning(reason)}</td></tr>`,
    ),
  );
}

const rejectionTable = ({ rejections, names, now, reason }: Status): Html =>
  table(
    'Recent rejections',
    rejections.length === 0 ? 'None.' : reason !== undefined && `Only: ${reason}.`,
    html`<th scope="col">When</th><th scope="col">Source</th><th scope="col">Reason</th><th scope="col">Page</th>`,
    rejections.map(
      (link) => html`<tr><td class="time">${moment(link.changedAt, now)}</td><td>${outletName(names, link.source)}</td>
<td>${link.reason}${link.detail && html`<br><span class="soft">${link.detail}</span>`}</td>
<td class="address"><a href="/links?url=${encodeURIComponent(link.url)}">${link.title ?? link.url}</a></td></tr>`,
    ),
  );
