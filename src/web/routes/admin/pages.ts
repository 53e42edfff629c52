import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readAlertLimits } from '../../../domain/alert-limits.ts';
import { reasons } from '../../../domain/article.ts';
import { layoutChanges } from '../../../domain/layout.ts';
import type { Rights } from '../../../domain/rights.ts';
import { dayMs } from '../../../domain/time.ts';
import { recentActions } from '../../../store/actions.ts';
import { crawlsOf } from '../../../store/crawls.ts';
import { sourceCounts } from '../../../store/outcome-counts.ts';
import { layoutDays } from '../../../store/read/layout-days.ts';
import { linkList } from '../../../store/read/link-list.ts';
import { sourceFilters, sourceRows } from '../../../store/read/source-rows.ts';
import { trailOf } from '../../../store/read/trail.ts';
import { storedEntry } from '../../../store/sources.ts';
import type { Html } from '../../html.ts';
import { readNames } from '../../names.ts';
import { linksListPage } from '../../pages/admin/links.ts';
import { logPage } from '../../pages/admin/log.ts';
import { outcomes, overview } from '../../pages/admin/overview.ts';
import { adminPage } from '../../pages/admin/parts.ts';
import { sourcePage } from '../../pages/admin/source.ts';
import { sourcesPage } from '../../pages/admin/sources.ts';
import { trailPage } from '../../pages/admin/trail.ts';
import type { Query } from '../../query.ts';
import { readOverview } from '../../read-overview.ts';
import { RequestError } from '../../request-error.ts';
import { type Services, sendPage, siteFor } from '../../services.ts';
import { whatWasDone } from './done.ts';

const perPage = 100;
const linksOnPage = 100;
const crawlsOnPage = 60;
const daysOfLayout = 90;

/** Sends a page of the operator; what just happened is said at its head. */
export async function sendAdmin(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  { title, current, main }: { title: string; current: string; main: Html },
): Promise<FastifyReply> {
  const said = whatWasDone(request.query as Query);
  const site = await siteFor(services, request);
  return sendPage(reply, site, { title, current: '/admin', admin: true, main: adminPage(current, title, main, said) });
}

/** A parameter as text; given twice or not at all it is nothing. */
export const textOf = (value: unknown): string | undefined => {
  const text = typeof value === 'string' ? value.replaceAll('\0', '').trim().slice(0, 2000) : '';
  return text === '' ? undefined : text;
};

/** One of a list of words. @throws RequestError that names them */
function oneOf<T extends string>(name: string, value: unknown, words: readonly T[]): T | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const found = words.find((word) => word === text);
  if (found === undefined) throw new RequestError(400, `${name} is one of ${words.join(', ')}.`);
  return found;
}

/** An instant or a day; `end`: the day is meant to its end. */
function momentOf(name: string, value: unknown, fallback: Date, end = false): Date {
  const text = textOf(value);
  if (text === undefined) return fallback;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const at = Date.parse(isDay ? `${text}T00:00Z` : text);
  if (!/^\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?$/.test(text) || Number.isNaN(at))
    throw new RequestError(400, `${name} is a day such as 2026-11-28 or an instant such as 2026-11-28T08:00Z.`);
  return new Date(isDay && end ? at + dayMs : at);
}

export function serveAdminPages(app: FastifyInstance, services: Services): void {
  const { db } = services;
  const canEdit = services.catalogue !== undefined;
  const given = readAlertLimits(services.settings.ALERT_LIMITS);
  const limits = typeof given === 'string' ? { rejected: 0, length: 0 } : given;

  app.get('/admin', async (request, reply) =>
    sendAdmin(services, request, reply, {
      title: 'Overview',
      current: '/admin',
      main: overview(await readOverview(services)),
    }),
  );

  app.get<{ Querystring: Query }>('/admin/sources', async (request, reply) => {
    const filter = oneOf('state', request.query.state, sourceFilters);
    const query = textOf(request.query.q)?.slice(0, 100) ?? '';
    const page = Math.min(Math.max(Number(textOf(request.query.page)) || 1, 1), 10_000) | 0;
    const now = new Date();
    const { rows, total } = await sourceRows(db, now, { filter, query, limit: perPage, offset: (page - 1) * perPage });
    const mistake = services.catalogue?.mistake();
    const main = sourcesPage({ now, rows, total, filter, query, page, perPage, mistake, canEdit });
    return sendAdmin(services, request, reply, { title: 'Sources', current: '/admin/sources', main });
  });

  app.get<{ Params: { id: string } }>('/admin/sources/:id', async (request, reply) => {
    const { id } = request.params;
    const now = new Date();
    const [{ rows }, entry, crawls, counts, actions, days] = await Promise.all([
      sourceRows(db, now, { id, limit: 1 }),
      storedEntry(db, id),
      crawlsOf(db, id, { limit: crawlsOnPage }),
      sourceCounts(db, id, new Date(now.getTime() - 29 * dayMs)),
      recentActions(db, 10, id),
      layoutDays(db, id, daysOfLayout, now),
    ]);
    const [row] = rows;
    if (!row) throw new RequestError(404, `There is no source '${id}'. All of them stand under Sources.`);
    const rights = (entry?.schedule.rights ?? null) as Rights | null;
    const changes = layoutChanges(days, limits);
    const main = sourcePage({ now, row, source: entry?.source, rights, crawls, counts, actions, changes, canEdit });
    return sendAdmin(services, request, reply, { title: row.name, current: '/admin/sources', main });
  });

  app.get<{ Querystring: Query }>('/admin/links', async (request, reply) => {
    const { query } = request;
    const now = new Date();
    const to = momentOf('to', query.to, now, true);
    const from = momentOf('from', query.from, new Date(now.getTime() - dayMs));
    const asked = {
      outcome: oneOf('outcome', query.outcome, outcomes),
      reason: oneOf('reason', query.reason, Object.keys(reasons)),
      source: textOf(query.source),
      from,
      to,
    };
    const before = textOf(query.before);
    const [links, names] = await Promise.all([
      linkList(db, {
        ...asked,
        limit: linksOnPage,
        before: before === undefined ? undefined : { at: to, key: before },
      }),
      readNames(services),
    ]);
    const last = links.at(-1);
    const next = last && links.length === linksOnPage ? nextPage(asked, last.changedAt, last.key) : undefined;
    const main = linksListPage({ ...asked, now, links, names, next });
    return sendAdmin(services, request, reply, { title: 'Pages', current: '/admin/links', main });
  });

  app.get<{ Querystring: Query }>('/admin/trail', async (request, reply) => {
    const url = textOf(request.query.url) ?? '';
    const [trail, names] = await Promise.all([url === '' ? undefined : trailOf(db, url), readNames(services)]);
    const main = trailPage(url, trail, names);
    return sendAdmin(services, request, reply, { title: 'Trail', current: '/admin/trail', main });
  });

  app.get('/admin/log', async (request, reply) =>
    sendAdmin(services, request, reply, {
      title: 'Log',
      current: '/admin/log',
      main: logPage(await recentActions(db, 300)),
    }),
  );
}

function nextPage(asked: Readonly<Record<string, string | Date | undefined>>, at: Date, key: string): string {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...asked, to: at, before: key }))
    if (value !== undefined) all.set(name, value instanceof Date ? value.toISOString() : value);
  return `/admin/links?${all}`;
}
