import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Store } from './db.ts';

/** The catalogue that a process crawls. */
export interface CatalogueName {
  /** Where it comes from, for people. */
  readonly name: string;
  /** What is in it. */
  readonly content: string;
}

/** Somebody else crawls another catalogue with this store right now. */
export interface OtherCatalogue {
  readonly name: string;
  readonly pid: string;
}

/** Held as long as the process crawls; it goes with the connection, so also with a process that is killed. */
export interface CatalogueClaim {
  release(): Promise<void>;
}

const longestName = 40;

/**
 * Claims the store for a catalogue. Any number of processes may hold the same one (the same file, or the same content); one with another
 * would take its sources away from the first.
 * @returns who holds another, when somebody does
 */
export async function claimCatalogue(store: Store, catalogue: CatalogueName): Promise<CatalogueClaim | OtherCatalogue> {
  const name = catalogue.name.slice(-longestName);
  const client = new pg.Client({
    connectionString: store.url,
    application_name: `courant catalogue ${process.pid} ${name}`,
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const room = numberOf(`courant catalogue in ${store.schema}`);
    const content = numberOf(catalogue.content);
    // One at a time: two that begin at the same instant must see each other.
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1, 0)', [room ^ 1]);
    const { rows } = await client.query<{ held: number; shown: string }>(
      `select l.objid::int8::bit(32)::int4 as held, a.application_name as shown from pg_locks l join pg_stat_activity a using (pid)
       where l.locktype = 'advisory' and l.objsubid = 2 and l.database = (select oid from pg_database where datname = current_database())
         and l.classid = ($1::int4)::bit(32)::int8::oid and l.granted`,
      [room],
    );
    for (const { held, shown } of rows) {
      const [, pid = '', other = ''] = /^courant catalogue (\d+) (.*)$/s.exec(shown) ?? [];
      if (held === content || other === name) continue;
      await client.end();
      return { name: other, pid };
    }
    await client.query('select pg_advisory_lock_shared($1, $2)', [room, content]);
    await client.query('commit');
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  return { release: () => client.end() };
}

const numberOf = (text: string): number => createHash('sha256').update(text).digest().readInt32BE(0);
