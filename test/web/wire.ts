import { createHash, randomUUID } from 'node:crypto';
import type { Classification, Image, Label, Reason } from '../../src/domain/article.ts';
import { openLog } from '../../src/domain/log.ts';
import { readSettings } from '../../src/domain/settings.ts';
import { openQueues } from '../../src/queue/queues.ts';
import type { Db, Store } from '../../src/store/db.ts';
import { writeEvent } from '../../src/store/events.ts';
import { registerLinks, writeOutcome } from '../../src/store/links.ts';
import { searchVersion } from '../../src/store/search.ts';
import { searchVector } from '../../src/store/search-vector.ts';
import { syncSources } from '../../src/store/sources.ts';
import { openServer } from '../../src/web/server.ts';
import { openTestStore } from '../support/postgres.ts';
import { sourceWith } from '../support/source.ts';

export interface TestWire extends AsyncDisposable {
  readonly url: string;
  readonly store: Store;
}

/** A web server on a free port over a store and queues of its own. */
export async function openTestWire(
  env: Readonly<Record<string, string>> = {},
  more: Pick<Parameters<typeof openServer>[0], 'fetchPicture' | 'keyDirectory' | 'catalogue' | 'trial'> = {},
): Promise<TestWire> {
  const store = await openTestStore();
  const settings = readSettings({ PORT: '0', ...env });
  const queues = await openQueues({
    databaseUrl: store.url,
    redisUrl: settings.REDIS_URL,
    prefix: `${store.schema}_q`,
  });
  const server = await openServer({ store, queues, settings, log: openLog('silent'), ...more });
  return {
    url: server.url,
    store,
    async [Symbol.asyncDispose]() {
      await server.close();
      await queues.close();
      await store.pool.query(`drop schema if exists ${store.schema}_q cascade`);
      await store[Symbol.asyncDispose]();
    },
  };
}

export const label = (id: string, evidence: readonly string[] = [], origin: Label['origin'] = 'text'): Label => ({
  id,
  confidence: 0.9,
  origin,
  evidence,
});

export interface TestArticle {
  readonly id?: string;
  readonly url?: string;
  readonly source?: string;
  readonly story?: string;
  readonly title?: string;
  readonly byline?: readonly string[];
  readonly summary?: string | null;
  readonly text?: string;
  readonly html?: string;
  readonly image?: Image;
  readonly published?: Date;
  readonly seenAt?: Date;
  readonly lang?: string;
  readonly countries?: readonly Label[];
  readonly regions?: readonly Label[];
  readonly topics?: readonly Label[];
}

/** Writes an article as ingest does: the row and the event, in one transaction. @returns its id */
export async function writeArticle(db: Db, article: TestArticle): Promise<string> {
  const id = article.id ?? randomUUID();
  const url = article.url ?? `https://paper.example/${id}`;
  const seenAt = article.seenAt ?? new Date();
  const text = article.text ?? `The text of ${id}.`;
  const labels: Classification = {
    lang: article.lang ?? 'en',
    countries: article.countries ?? [],
    mentioned: [],
    regions: article.regions ?? [],
    topics: article.topics ?? [],
  };
  const ids = (of: readonly Label[]): string[] => of.map((one) => one.id);
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('articles')
      .values({
        id,
        key: url,
        text_hash: createHash('sha256')
          .update(text || id)
          .digest(),
        url,
        source: article.source ?? 'paper',
        story: article.story ?? randomUUID(),
        title: article.title ?? `Headline ${id}`,
        byline: [...(article.byline ?? [])],
        agency: null,
        summary: article.summary ?? null,
        text,
        html: article.html ?? `<p>${text}</p>`,
        image: article.image ? JSON.stringify(article.image) : null,
        site: null,
        section: null,
        tags: [],
        published: article.published ?? null,
        first_seen_at: seenAt,
        updated_at: seenAt,
        lang: labels.lang,
        countries: ids(labels.countries),
        regions: ids(labels.regions),
        topics: ids(labels.topics),
        labels: JSON.stringify(labels),
        paywalled: false,
        live_blog: false,
        opinion: false,
        search: searchVector({ title: article.title ?? `Headline ${id}`, text, lang: labels.lang }),
        search_version: searchVersion,
      })
      .execute();
    await writeEvent(trx, 'published', id, seenAt);
  });
  return id;
}

/** The same article at another outlet. */
export async function writeCopy(db: Db, article: string, source: string, url: string, share = 1): Promise<void> {
  await db
    .insertInto('copies')
    .values({ key: url, article, url, source, title: 'The copy', seen_at: new Date(), match: 'near', share })
    .execute();
}

/** Lists sources as the catalogue does. */
export const writeSources = (
  db: Db,
  sources: readonly { id: string; name: string; country?: string; content?: 'full' | 'summary'; take?: 'headlines' }[],
): Promise<void> => syncSources(db, sources.map(sourceWith));

/** A link that was rejected. */
export async function writeRejection(
  db: Db,
  url: string,
  source: string,
  reason: Reason,
  detail?: string,
): Promise<void> {
  const now = new Date();
  await registerLinks(db, source, [{ key: url, link: { url, title: `At ${url}`, authors: [], categories: [] } }], now);
  await writeOutcome(db, url, { kind: 'rejected', stage: 'crawl', reason, detail }, now);
}
