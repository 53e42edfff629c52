import type { Source } from '../../domain/source.ts';
import type { Db } from '../db.ts';
import { readableSource } from '../sources.ts';

/** What readers are told of a source. */
export interface Outlet {
  readonly id: string;
  readonly name: string;
  /** The outlet's own site. */
  readonly url: string;
  /** Whether the public may get the full text. */
  readonly content: Source['content'];
}

/** Every source that is or was listed, by id. */
export async function outlets(db: Db): Promise<ReadonlyMap<string, Outlet>> {
  const rows = await db.selectFrom('sources').select(['id', 'settings']).orderBy('id').execute();
  return new Map(
    rows.flatMap(({ id, settings }) => {
      // One that left the catalogue before an update may be unreadable now; it is named by its id, as one never listed.
      const source = readableSource(settings);
      return source ? [[id, { id, name: source.name, url: source.home, content: source.content }]] : [];
    }),
  );
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
