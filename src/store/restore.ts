import { createHash } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import { CannotRunError } from '../domain/cannot-run.ts';
import { tablesOf } from './backup.ts';
import type { BackupProgress } from './backup-format.ts';
import { openStore } from './db.ts';

const head = z.object({
  courant: z.literal('backup'),
  format: z.literal(1),
  at: z.string(),
  migration: z.string(),
  partitions: z.array(z.object({ parent: z.string(), name: z.string(), bound: z.string() })),
});
const catalogueLine = z.object({ catalogue: z.string().nullable() });
const tableLine = z.tuple([z.literal('table'), z.string()]);
const endLine = z.object({ end: z.literal(true), rows: z.record(z.string(), z.number()), sha256: z.string() });

/** The backup cannot be restored; nothing was changed. */
export class RestoreError extends CannotRunError {
  override readonly name = 'RestoreError';
}

/** What was restored. */
export interface Restored {
  readonly at: string;
  readonly rows: Readonly<Record<string, number>>;
  /** The text of the catalogue file. */
  readonly catalogue: string | null;
}

const bytesAtATime = 1_000_000;
const schema = 'courant';

/**
 * Fills an empty store from the lines of a backup, all of it or nothing: counts and checksum are compared before the one transaction ends.
 * A backup of an older version is restored as it was and then brought up to date.
 * @throws RestoreError when the store is not empty, or the backup is damaged, cut off or too new
 */
export async function restoreLines(
  url: string,
  lines: AsyncIterable<string>,
  onProgress: BackupProgress,
): Promise<Restored> {
  const reader = lines[Symbol.asyncIterator]();
  const hash = createHash('sha256');
  const next = async (): Promise<string> => {
    const { value, done } = await reader.next().catch((cause) => {
      throw new RestoreError(`The backup cannot be read: ${(cause as Error).message}.`, { cause });
    });
    if (done) throw new RestoreError('The backup is cut off: its end is missing.');
    return value;
  };
  const take = (line: string): string => {
    hash.update(`${line}\n`);
    return line;
  };
  const parsed = head.safeParse(json(take(await next())));
  if (!parsed.success) throw new RestoreError('This is no backup of Courant, or one of a newer version.');
  const { at, migration, partitions } = parsed.data;
  const { catalogue } = catalogueLine.parse(json(take(await next())));

  // At the migration of the backup; what came later is done to the restored rows.
  await (await openStore(url, { schema, upTo: migration, connections: 2 })).close();
  const client = new pg.Client({ connectionString: url, application_name: 'courant restore' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`begin; set local search_path = ${schema}, public`);
    const tables = new Map((await tablesOf(client, schema)).map((table) => [table.name, table.columns]));
    await refuseFull(client);
    await makePartitions(client, partitions);
    const rows = await fill(client, tables, { next, take, onProgress, digest: () => hash.digest('hex') });
    await settle(client, tables);
    await client.query('commit');
    await (await openStore(url, { schema, connections: 2 })).close();
    return { at, rows, catalogue };
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}

interface Source {
  next(): Promise<string>;
  take(line: string): string;
  digest(): string;
  readonly onProgress: BackupProgress;
}

/** Reads the tables up to the end, and compares counts and checksum. */
async function fill(
  client: pg.Client,
  tables: ReadonlyMap<string, readonly string[]>,
  { next, take, digest, onProgress }: Source,
): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  let table = '';
  let batch: string[] = [];
  let bytes = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    const columns = (tables.get(table) ?? []).map((column) => pg.escapeIdentifier(column)).join(', ');
    const name = pg.escapeIdentifier(table);
    await client.query(
      `insert into ${name} (${columns}) overriding system value select ${columns} from json_populate_recordset(null::${name}, $1::json)`,
      [`[${batch.join(',')}]`],
    );
    rows[table] = (rows[table] ?? 0) + batch.length;
    onProgress(table, rows[table] ?? 0);
    batch = [];
    bytes = 0;
  };
  for (;;) {
    const line = await next();
    const end = line.startsWith('{"end":true') ? endLine.safeParse(json(line)) : undefined;
    if (end?.success) {
      await flush();
      if (end.data.sha256 !== digest()) throw new RestoreError('The backup is damaged: its checksum is another one.');
      for (const [name, count] of Object.entries(end.data.rows))
        if ((rows[name] ?? 0) !== count)
          throw new RestoreError(`The backup is damaged: ${name} has not ${count} rows.`);
      return rows;
    }
    take(line);
    if (line.startsWith('["table"')) {
      await flush();
      [, table] = tableLine.parse(json(line));
      if (!tables.has(table))
        throw new RestoreError(`The backup holds the table ${table}, which this version does not have.`);
      rows[table] = 0;
    } else {
      batch.push(line);
      bytes += line.length;
      if (bytes > bytesAtATime) await flush();
    }
  }
}

async function refuseFull(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    'select from articles union all select from links union all select from sources limit 1',
  );
  if (rows.length > 0)
    throw new RestoreError('This store is not empty. Name an empty folder (--data) or database (--database).');
}

/** A new store has other partitions than an old one. */
async function makePartitions(client: pg.Client, wanted: z.infer<typeof head>['partitions']): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relispartition and relkind = 'r' and relnamespace = to_regnamespace($1)`,
    [schema],
  );
  for (const { name } of rows) await client.query(`drop table ${pg.escapeIdentifier(name)}`);
  for (const { parent, name, bound } of wanted) {
    if (!/^FOR VALUES FROM \(['\d-]+\) TO \(['\d-]+\)$/.test(bound))
      throw new RestoreError(`The backup names a partition that cannot be: ${bound.slice(0, 80)}`);
    await client.query(
      `create table ${pg.escapeIdentifier(name)} partition of ${pg.escapeIdentifier(parent)} ${bound.toLowerCase()}`,
    );
  }
}

/** What of the rows belongs to the server or the queues that they were taken from. */
async function settle(client: pg.Client, tables: ReadonlyMap<string, readonly string[]>): Promise<void> {
  for (const table of tables.keys()) {
    const { rows } = await client.query<{ column: string }>(
      `select attname as column from pg_attribute where attrelid = to_regclass($1) and attidentity <> '' and not attisdropped`,
      [pg.escapeIdentifier(table)],
    );
    for (const { column } of rows)
      await client.query(
        `select setval(pg_get_serial_sequence($1, $2), max(${pg.escapeIdentifier(column)})) from ${pg.escapeIdentifier(table)} having count(*) > 0`,
        [pg.escapeIdentifier(table), column],
      );
  }
  // Transactions are numbered anew by every server. What a target was not told yet it must be told; better twice than never.
  await client.query(`
    update deliveries d set event = coalesce(
      (select min(e.id) - 1 from events e where (e.xact, e.id) > (d.xact, d.event)),
      (select max(id) from events), d.event);
    update events set xact = pg_current_xact_id();
    update deliveries set xact = pg_current_xact_id();
    update links set state = 'pending' where state = 'queued';
    update hosts set holder = null, held_until = 'epoch' where holder is not null;`);
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new RestoreError('The backup is damaged: a line of it is no JSON.', { cause });
  }
}
