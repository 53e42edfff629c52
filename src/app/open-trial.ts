import { stringify } from 'yaml';
import { withoutDefaults } from '../catalogue/catalogue.ts';
import { parseEntry } from '../catalogue/edit-entry.ts';
import { sourceFromSite } from '../catalogue/new-sources.ts';
import type { BotIdentity } from '../crawl/fetch/bot-identity.ts';
import { type ClientSettings, openClients } from '../crawl/fetch/clients.ts';
import { statusError } from '../crawl/fetch/fetch-error.ts';
import { mayBePage } from '../crawl/fetch/page.ts';
import { createParserPool } from '../crawl/parse/parser-pool.ts';
import { checkSource } from '../discovery/check.ts';
import { discover, type FetchPage } from '../discovery/discover.ts';
import { type Source, sourceSchema } from '../domain/source.ts';
import type { Db } from '../store/db.ts';
import { storedLeases } from '../store/hosts.ts';
import { storedRobots } from '../store/robots.ts';
import { allSources } from '../store/sources.ts';
import type { Trial } from '../web/trial.ts';

const acceptAll =
  'application/rss+xml,application/atom+xml,application/feed+json,application/xml,text/html;q=0.9,*/*;q=0.5';
const longestTrialMs = 60_000;

/** What operators try: with the client of the crawl, so that sites are asked as politely and private addresses are as closed. */
export function openTrial(
  db: Db,
  settings: ClientSettings,
  identity?: BotIdentity,
): Trial & { close(): Promise<void> } {
  const clients = openClients(settings, { leases: storedLeases(db), robots: storedRobots(db), identity });
  const parser = createParserPool({ threads: 1 });
  const fetchAs =
    (source?: Source): FetchPage =>
    async (address, isPage = false) => {
      const signal = AbortSignal.timeout(longestTrialMs);
      const options = { accept: acceptAll, signal, ...(isPage ? { wants: mayBePage } : {}) };
      const { url, status, headers, body } = await clients.clientFor(source).fetch(address, options);
      return { url, status, contentType: headers['content-type'], body };
    };
  return {
    async discover(url) {
      const found = await discover(url, fetchAs());
      const source = sourceFromSite(
        found,
        (await allSources(db)).map((id) => ({ id })),
      );
      const listings = found.listings.map(({ kind, url, items, latest }) => ({ kind, url, items, latest }));
      return { entry: stringify(withoutDefaults(source), { lineWidth: 0 }), listings, notes: found.notes };
    },
    async check(entry) {
      const source = parseEntry(entry);
      return checkSource(source, fetchAs(source));
    },
    async page({ url, html, keep, remove }) {
      for (const selector of [...keep, ...remove])
        if (!sourceSchema.shape.keep.safeParse([selector]).success)
          throw new Error(`'${selector}' is no CSS selector.`);
      const answer = html === undefined ? await fetchAs()(url, true) : undefined;
      const error = answer && statusError(url, answer.status, {}, Date.now());
      if (error) throw error;
      const body = answer?.body ?? Buffer.from(html ?? '');
      const contentType = answer === undefined ? 'text/html; charset=utf-8' : answer.contentType;
      const page = await parser.run('explain', { url: answer?.url ?? url, body, contentType, keep, remove });
      return { ...page, status: answer?.status };
    },
    async close() {
      await Promise.all([clients.close(), parser.close()]);
    },
  };
}
