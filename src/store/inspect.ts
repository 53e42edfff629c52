import pg from 'pg';
import { migrations } from './migrations/index.ts';

/** What can be told of a store without touching it. */
export interface StoreInspection {
  /** PostgreSQL's version, such as `18.4`. */
  readonly server: string;
  readonly usable: boolean;
  /** Migrations that the next start does, and those that this version does not know. */
  readonly behind: number;
  readonly ahead: readonly string[];
  /** Undefined before the first start. */
  readonly articles: number | undefined;
  readonly bytes: number;
  /** The database's clock, and when the newest article came in. */
  readonly now: Date;
  readonly newest: Date | null;
}

/** Looks at the store behind `url` and changes nothing in it. Throws what PostgreSQL answers. */
export async function inspectStore(url: string, schema = 'courant'): Promise<StoreInspection> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    application_name: 'courant doctor',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ number: number; server: string; bytes: string; now: Date; known: boolean }>(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as server,
        pg_database_size(current_database()) as bytes, clock_timestamp() as now,
        to_regclass($1) is not null as known`,
      [`${schema}.kysely_migration`],
    );
    const [row] = rows;
    if (!row) throw new Error('PostgreSQL gave no answer');
    const base = { server: row.server, usable: row.number >= 150_000, bytes: Number(row.bytes), now: row.now };
    const ours = Object.keys(migrations);
    if (!row.known) return { ...base, behind: ours.length, ahead: [], articles: undefined, newest: null };
    const done = await client.query<{ name: string }>(
      `select name from ${pg.escapeIdentifier(schema)}.kysely_migration`,
    );
    const names = new Set(done.rows.map(({ name }) => name));
    const stored = await client.query<{ articles: string; newest: Date | null }>(
      `select count(*) as articles, max(first_seen_at) as newest from ${pg.escapeIdentifier(schema)}.articles`,
    );
    return {
      ...base,
      behind: ours.filter((name) => !names.has(name)).length,
      ahead: [...names].filter((name) => !ours.includes(name)),
      articles: Number(stored.rows[0]?.articles ?? 0),
      newest: stored.rows[0]?.newest ?? null,
    };
  } finally {
    await client.end();
  }
}
