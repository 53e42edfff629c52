import { createHash } from 'node:crypto';
import pg from 'pg';
import { type BackupEnd, type BackupHead, type BackupProgress, ownTables } from './backup-format.ts';
import type { Store } from './db.ts';

const rowsAtATime = 500;

/**
 * The lines of a backup of the whole store, as it is at one moment: all tables are read in one snapshot, and nobody is kept waiting. The
 * queues are left out: what they hold stands in the store too.
 * @param catalogue the text of the catalogue file
 */
export async function* backupLines(
  store: Store,
  catalogue: string | null,
  onProgress: BackupProgress,
): AsyncGenerator<string> {
  const client = new pg.Client({ connectionString: store.url, application_name: 'courant backup' });
  client.on('error', () => undefined);
  await client.connect();
  const hash = createHash('sha256');
  const line = (value: object | string): string => {
    const text = `${typeof value === 'string' ? value : JSON.stringify(value)}\n`;
    hash.update(text);
    return text;
  };
  const rows: Record<string, number> = {};
  try {
    await client.query('begin transaction isolation level repeatable read, read only');
    yield line(await headOf(client, store.schema));
    yield line({ catalogue });
    for (const { name, columns } of await tablesOf(client, store.schema)) {
      yield line(['table', name] as unknown as object);
      const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
      const from = `${pg.escapeIdentifier(store.schema)}.${pg.escapeIdentifier(name)}`;
      await client.query(
        `declare backup no scroll cursor for select row_to_json(backed_up)::text as row from (select ${list} from ${from}) backed_up`,
      );
      let count = 0;
      for (;;) {
        const found = await client.query<{ row: string }>(`fetch ${rowsAtATime} from backup`);
        for (const { row } of found.rows) yield line(row);
        count += found.rows.length;
        onProgress(name, count);
        if (found.rows.length < rowsAtATime) break;
      }
      await client.query('close backup');
      rows[name] = count;
    }
    const end: BackupEnd = { end: true, rows, sha256: hash.digest('hex') };
    yield `${JSON.stringify(end)}\n`;
  } finally {
    await client.end();
  }
}

async function headOf(client: pg.Client, schema: string): Promise<BackupHead> {
  const migrations = await client.query<{ name: string }>(
    `select name from ${pg.escapeIdentifier(schema)}.kysely_migration order by name desc limit 1`,
  );
  const partitions = await client.query<BackupHead['partitions'][number]>(
    `select parent.relname as parent, part.relname as name, pg_get_expr(part.relpartbound, part.oid) as bound
     from pg_inherits join pg_class parent on parent.oid = inhparent join pg_class part on part.oid = inhrelid
     where parent.relnamespace = to_regnamespace($1) and part.relkind = 'r' order by part.relname`,
    [schema],
  );
  return {
    courant: 'backup',
    format: 1,
    at: new Date().toISOString(),
    migration: migrations.rows[0]?.name ?? '',
    partitions: partitions.rows,
  };
}

/** All tables, those that others refer to first, with the columns that are not computed from others. */
export async function tablesOf(client: pg.Client, schema: string): Promise<{ name: string; columns: string[] }[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = to_regnamespace($1) and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all($2)
     group by c.oid, c.relname
     order by exists (select from pg_constraint where conrelid = c.oid and contype = 'f'), c.relname`,
    [schema, ownTables],
  );
  return rows;
}
