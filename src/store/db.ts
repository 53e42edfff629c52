import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { CannotRunError, reasonOf } from '../domain/cannot-run.ts';
import { within } from '../domain/within.ts';
import { migrations } from './migrations/index.ts';
import { PreparingClient, valueTypes } from './prepared.ts';
import type { Schema } from './schema.ts';

/** Typed queries; also what a transaction is. */
export type Db = Kysely<Schema>;

export interface Store {
  readonly db: Db;
  /** For what needs a connection of its own. */
  readonly pool: pg.Pool;
  /** The connection string it was opened with. */
  readonly url: string;
  /** The PostgreSQL schema in which the tables live. */
  readonly schema: string;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The database cannot be used; the message says which, why, and what helps. */
export class StoreError extends CannotRunError {
  override readonly name = 'StoreError';
}

const answerWithinMs = 5000;
/**
 * A process that is frozen or lost its power in the midst of a transaction, with the ingest lock perhaps, keeps others waiting no longer
 * than this between two of its statements.
 */
const longestPause = '60s';

/**
 * Connects to PostgreSQL and brings the tables up to date. Safe when many processes start at once: the migrator holds a lock.
 * @param options.schema PostgreSQL schema for the tables, made when missing
 * @param options.connections upper bound of the pool
 * @param options.upTo the last migration to be done, for the restoring of a backup
 * @throws StoreError when the server cannot be reached or is too old
 */
export async function openStore(
  url: string,
  options: { schema?: string; connections?: number; upTo?: string } = {},
): Promise<Store> {
  const schema = options.schema ?? 'courant';
  const pool = new pg.Pool({
    Client: PreparingClient,
    types: valueTypes,
    connectionString: url,
    max: options.connections ?? 10,
    application_name: 'courant',
    options: `-c search_path=${schema},public -c idle_in_transaction_session_timeout=${longestPause}`,
    connectionTimeoutMillis: 15_000,
    // A server that lost its power is noticed in half a minute, not after the two hours of the system's default.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  // An idle connection that breaks must not end the process: the next query opens another.
  pool.on('error', () => undefined);
  // Nor one that breaks while it is lent out but between two queries: nobody listens there, and an unheard 'error' ends the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    const { rows } = await pool.query<{ version: string }>('show server_version_num');
    if (Number(rows[0]?.version) < 150_000) throw new StoreError('Courant needs PostgreSQL 15 or newer.');
    await migrate(db, schema, options.upTo);
  } catch (cause) {
    await db.destroy();
    throw cause instanceof StoreError ? cause : storeFault(url, cause);
  }
  const ping = () => within(answerWithinMs, askForWrites(db));
  return { db, pool, url, schema, ping, close: () => db.destroy() };
}

/**
 * Whether the database answers and takes writes: after a fail-over one may be connected to what is a standby now.
 * @throws Error with PostgreSQL's code 25006 when it is read-only
 */
export async function askForWrites(db: Db): Promise<void> {
  const { rows } = await sql<{ readOnly: string }>`
    select current_setting('transaction_read_only') as "readOnly"`.execute(db);
  if (rows[0]?.readOnly === 'on')
    throw Object.assign(new Error('the database takes no writes: it is a standby, or read-only'), { code: READ_ONLY });
}

/** PostgreSQL's code read_only_sql_transaction. */
const READ_ONLY = '25006';

/** The error for a database that could not be asked, with what the operator can do. */
export function storeFault(url: string, cause: unknown): StoreError {
  const { host, pathname } = new URL(url);
  const cure = cureOf((cause as { code?: string }).code);
  return new StoreError(`The database ${host}${pathname} cannot be used: ${reasonOf(cause)}. ${cure}`, { cause });
}

/** What the operator can do, by PostgreSQL's or the system's code. */
function cureOf(code: string | undefined): string {
  switch (code) {
    case '28P01':
    case '28000':
      return 'Correct user and password in DATABASE_URL.';
    case '3D000':
      return 'Create it (createdb), or correct the name in DATABASE_URL.';
    case '08P01':
      return 'A PgBouncer must be in session mode and let startup options through; or name PostgreSQL itself in DATABASE_URL.';
    case READ_ONLY:
      return 'It is a standby, or read-only: name the one that takes writes in DATABASE_URL.';
    case '42501':
      return 'Give its user the right to create a schema there, or name another database in DATABASE_URL.';
    default:
      return 'Start it, or correct DATABASE_URL; without that an embedded one is used.';
  }
}

async function migrate(db: Db, schema: string, upTo: string | undefined): Promise<void> {
  if (upTo !== undefined && !Object.hasOwn(migrations, upTo))
    throw new StoreError(`There is no migration '${upTo}' in this version of Courant.`);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...migrations }) },
    migrationTableSchema: schema,
  });
  // Two processes that create the schema at the same instant: one of them sees a unique violation, and the schema is there.
  await sql`create schema if not exists ${sql.id(schema)}`.execute(db).catch((error: { code?: string }) => {
    if (error.code !== '23505' && error.code !== '42P06') throw error;
  });
  // The migrator looks at the tables of every schema of the database and fails when another one is dropped meanwhile: it looks again.
  for (let look = 1; ; look++) {
    const { error } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo));
    if (!error) return;
    if (look === mostLooks || !SCHEMA_GONE.has((error as { code?: string }).code ?? '')) throw error;
  }
}

/** Schemas of others come and go faster than one looks only on a machine that is far too busy. */
const mostLooks = 50;

/** PostgreSQL's codes for a schema, a table or a column that does not exist (invalid_schema_name, undefined_table, undefined_column). */
const SCHEMA_GONE: ReadonlySet<string> = new Set(['3F000', '42P01', '42703']);
