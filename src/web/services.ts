import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CustomLabels } from '../classify/custom-labels.ts';
import type { Log } from '../domain/log.ts';
import type { Settings } from '../domain/settings.ts';
import type { Queues } from '../queue/queues.ts';
import type { StoreChanges } from '../store/changes.ts';
import type { Db } from '../store/db.ts';
import type { User } from '../store/users.ts';
import type { Access } from './access.ts';
import type { Accounts } from './accounts.ts';
import type { CatalogueEditor } from './catalogue-editor.ts';
import type { FacetCounts } from './facet-counts.ts';
import { layout, type Page, type Site } from './pages/layout.ts';
import { preferencesOf } from './preferences.ts';
import { SignInError } from './request-error.ts';
import type { Trial } from './trial.ts';

/** What all routes share. */
export interface Services {
  readonly db: Db;
  readonly queues: Queues;
  readonly settings: Settings;
  /** The custom topics and regions (setting LABELS). */
  readonly labels: CustomLabels;
  readonly log: Log;
  readonly access: Access;
  readonly accounts: Accounts;
  /** Counts beside lists, kept for seconds. */
  readonly facets: FacetCounts;
  /** The hub that subscribers may rely on. */
  readonly hub: () => Promise<string | undefined>;
  /** Where this process loads the catalogue: the file that the operator edits. */
  readonly catalogue?: CatalogueEditor | undefined;
  /** What the operator may try. */
  readonly trial?: Trial | undefined;
  /** Says when something changed, while it can be heard. */
  readonly changes: StoreChanges;
  /** Asks the store itself which version it is at. */
  askVersion(): Promise<string>;
}

/** PUBLIC_URL without a slash at the end; empty when it is not set. */
export const publicBase = ({ PUBLIC_URL }: Pick<Settings, 'PUBLIC_URL'>): string =>
  PUBLIC_URL?.replace(/\/+$/, '') ?? '';

/**
 * Where subscribers reach this server, without a slash at the end: what the operator set, or how this request came in. A Host header or
 * a protocol that is none gives `http://localhost`. What the request says must not stand in an answer that a shared cache keeps: see
 * `cacheable`.
 */
export function baseUrl(services: Services, request: FastifyRequest): string {
  if (services.settings.PUBLIC_URL !== undefined) return publicBase(services.settings);
  const asked = `${request.protocol === 'https' ? 'https' : 'http'}://${request.host}`;
  return URL.canParse(asked) ? new URL(asked).origin : 'http://localhost';
}

/** Who may keep an answer that names the server's address: everybody when the operator set it, else only the one who asked. */
export const cacheable = ({ PUBLIC_URL }: Pick<Settings, 'PUBLIC_URL'>): 'public' | 'private' =>
  PUBLIC_URL === undefined ? 'private' : 'public';

/** The path of PUBLIC_URL, without a slash at the end: empty where the wire has a host name of its own. */
export const publicPath = ({ PUBLIC_URL }: Pick<Settings, 'PUBLIC_URL'>): string =>
  PUBLIC_URL === undefined ? '' : new URL(PUBLIC_URL).pathname.replace(/\/+$/, '');

/** Whose account it is. @throws RequestError for nobody's */
export async function requireUser(services: Services, request: FastifyRequest): Promise<User> {
  const user = await services.accounts.visitor(request);
  if (!user) throw new SignInError();
  return user;
}

/** What pages show of the wire to the one who asks. */
export async function siteFor(services: Services, request: FastifyRequest): Promise<Site> {
  const [refusal, user] = await Promise.all([services.access.refusal(request), services.accounts.visitor(request)]);
  return {
    title: services.settings.TITLE,
    path: publicPath(services.settings),
    operator: refusal === undefined,
    user: user?.name,
    view: preferencesOf(request, user),
  };
}

/** Sends a page; what an account or the operator sees is for no shared cache. */
export const sendPage = (reply: FastifyReply, site: Site, page: Page): FastifyReply =>
  reply
    .header('cache-control', site.operator || site.user !== undefined ? 'private, no-store' : 'public, max-age=30')
    .header('vary', 'authorization, cookie')
    .type('text/html; charset=utf-8')
    .send(layout(site, page));
