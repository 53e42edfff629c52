import { sql } from 'kysely';
import { z } from 'zod';
import { type Source, sourceSchema } from '../domain/source.ts';
import type { SourceHealth } from '../domain/source-health.ts';
import { type Db, StoreError } from './db.ts';

/** A source as the store keeps it: the catalogue's entry and how its crawls went. */
export interface StoredSource {
  readonly source: Source;
  readonly schedule: Record<string, unknown>;
  readonly lastCrawlAt: Date | null;
  readonly lastSuccessAt: Date | null;
  /** Undefined before the first crawl. */
  readonly health: SourceHealth | undefined;
}

/** Settings that this version does not know are passed over, and ids are what they are: the catalogue is checked when it is loaded. */
const storedSchema = sourceSchema.extend({ id: z.string() }).loose();

/** The catalogue's entry with its defaults; undefined where an earlier version stored what this one cannot read. */
export const readableSource = (settings: unknown): Source | undefined => storedSchema.safeParse(settings).data;

/** The same, for what cannot go on without it. @throws StoreError */
function parseStored(settings: unknown): Source {
  const parsed = storedSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const { id } = settings as { readonly id?: unknown };
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new StoreError(`The stored source ${id} cannot be read (${wrong}): load the catalogue again.`);
}

/** Makes the store's list the catalogue's: entries are added or changed; what is no longer listed is kept with its articles but not crawled. */
export async function syncSources(db: Db, catalogue: readonly Source[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (catalogue.length > 0) {
      await trx
        .insertInto('sources')
        .values(catalogue.map((source) => ({ id: source.id, settings: JSON.stringify(source) })))
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet((is) => ({ settings: is.ref('excluded.settings'), active: true })),
        )
        .execute();
    }
    const listed = catalogue.map((source) => source.id);
    await trx
      .updateTable('sources')
      .set({ active: false })
      .where('id', '<>', sql<string>`all(${listed}::text[])`)
      .execute();
  });
}

/** The ids of all sources that were ever crawled. */
export async function allSources(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('sources').select('id').orderBy('id').execute();
  return rows.map((row) => row.id);
}

export async function readSource(db: Db, id: string): Promise<StoredSource | undefined> {
  const row = await db
    .selectFrom('sources')
    .select(['settings', 'schedule', 'last_crawl_at', 'last_success_at', 'last_error'])
    .select(['state', 'state_since', 'state_count'])
    .where('id', '=', id)
    .executeTakeFirst();
  return (
    row && {
      source: parseStored(row.settings),
      schedule: row.schedule,
      lastCrawlAt: row.last_crawl_at,
      lastSuccessAt: row.last_success_at,
      health:
        row.state === null || row.state_since === null
          ? undefined
          : { state: row.state, since: row.state_since, inARow: row.state_count, cause: row.last_error },
    }
  );
}

/** How long a source is not looked up again. */
const freshMs = 30_000;

/** Reads sources for those who ask for each article: looked up and parsed at most twice a minute each. */
export function createSourceReader(db: Db, now: () => number = Date.now): (id: string) => Promise<Source | undefined> {
  const known = new Map<string, { readonly at: number; readonly source: Promise<Source | undefined> }>();
  return (id) => {
    const entry = known.get(id);
    if (entry && now() - entry.at < freshMs) return entry.source;
    const source = readSource(db, id).then((stored) => stored?.source);
    known.set(id, { at: now(), source });
    // A look-up that failed is made again.
    source.catch(() => known.delete(id));
    return source;
  };
}

/** A crawl that began so far ahead was written by a clock that was ahead. */
const aheadMs = 5 * 60_000;

/** Where the last crawl is still to come, the clock was ahead and has been set right: the next one is as far from now as it was from that. */
export async function correctCrawlTimes(db: Db, now: Date): Promise<void> {
  await sql`
    update sources set next_crawl_at = ${now}::timestamptz + (next_crawl_at - last_crawl_at), last_crawl_at = ${now}
    where last_crawl_at > ${new Date(now.getTime() + aheadMs)} and next_crawl_at > last_crawl_at`.execute(db);
}

/** Active sources whose time has come, the longest overdue first. */
export async function dueSources(db: Db, now: Date, limit = 500): Promise<string[]> {
  const rows = await db
    .selectFrom('sources')
    .select('id')
    .where('active', '=', true)
    .where('paused_at', 'is', null)
    .where('next_crawl_at', '<=', now)
    .orderBy('next_crawl_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Has a source of the catalogue left alone from then on, or crawled again (null). @returns false when there is no such source */
export async function pauseSource(db: Db, id: string, at: Date | null): Promise<boolean> {
  const row = await db
    .updateTable('sources')
    .set({ paused_at: at })
    .where('id', '=', id)
    .where('active', '=', true)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** A source's settings where this version can read them, and what its crawls remember; undefined where there is no such source. */
export async function storedEntry(
  db: Db,
  id: string,
): Promise<{ source: Source | undefined; schedule: Record<string, unknown> } | undefined> {
  const row = await db.selectFrom('sources').select(['settings', 'schedule']).where('id', '=', id).executeTakeFirst();
  return row && { source: readableSource(row.settings), schedule: row.schedule };
}
