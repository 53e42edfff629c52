import type { Db } from '../db.ts';

/** What readers are told of a source. */
export interface Outlet {
  readonly id: string;
  readonly name: string;
  /** The outlet's own site. */
  readonly url: string | undefined;
  /** Whether the public may get the full text. */
  readonly content: 'full' | 'summary';
}

/** Every source that is or was listed, by id. */
export async function outlets(db: Db): Promise<ReadonlyMap<string, Outlet>> {
  const rows = await db.selectFrom('sources').select(['id', 'settings']).orderBy('id').execute();
  return new Map(
    rows.map(({ id, settings }) => [
      id,
      {
        id,
        name: typeof settings.name === 'string' ? settings.name : id,
        url: typeof settings.home === 'string' ? settings.home : undefined,
        content: settings.content === 'full' ? 'full' : 'summary',
      },
    ]),
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
