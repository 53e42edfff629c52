import { sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Source } from '../../domain/source.ts';
import type { Db } from '../db.ts';
import { readableSource } from '../sources.ts';

/** What readers are told of a source. */
export interface Outlet {
  readonly id: string;
  readonly name: string;
  /** The outlet's own site. */
  readonly url: string;
  /** Its feed, where it is one that everybody may read. */
  readonly feed: string | undefined;
  /** Where it reports from, ISO 3166-1. */
  readonly country: string | undefined;
  /** Whether the public may get the full text. */
  readonly content: Source['content'];
}

/** More sources than this are read anew each time. */
const mostKept = 20_000;
/** What settings say, by how they are written: to check those of 1,000 sources for each page took half of its time. */
const kept = new LRUCache<string, { readonly outlet: Outlet | undefined }>({ max: mostKept });

/** Every source that is or was listed, by id. */
export async function outlets(db: Db): Promise<ReadonlyMap<string, Outlet>> {
  const { rows } = await sql<{ id: string; written: string }>`
    select id, settings::text as written from sources order by id`.execute(db);
  return new Map(
    rows.flatMap(({ id, written }): [string, Outlet][] => {
      const known = kept.get(written) ?? { outlet: outletOf(JSON.parse(written)) };
      kept.set(written, known);
      // One that left the catalogue before an update may be unreadable now; it is named by its id, as one never listed.
      return known.outlet ? [[id, { ...known.outlet, id }]] : [];
    }),
  );
}

function outletOf(settings: unknown): Outlet | undefined {
  const source = readableSource(settings);
  return (
    source && {
      id: source.id,
      name: source.name,
      url: source.home,
      feed: publicFeed(source),
      country: source.country,
      content: source.content,
    }
  );
}

/** The first feed, unless the operator's own key to it would be told with its address. */
function publicFeed({ feeds, headers }: Source): string | undefined {
  const url = URL.parse(feeds[0] ?? '');
  if (!url || Object.keys(headers).length > 0 || url.username !== '' || url.password !== '') return undefined;
  return /key|token|auth|pass|secret|sig|user|login/i.test(url.search) ? undefined : feeds[0];
}

/** Whether a source is or was listed. */
export async function hasSource(db: Db, id: string): Promise<boolean> {
  const row = await db.selectFrom('sources').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

export async function sourceIds(db: Db, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('sources').select('id').orderBy('id').limit(limit).execute();
  return rows.map((row) => row.id);
}
