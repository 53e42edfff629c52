/**
 * A backup is JSON lines, gzipped: a head, the catalogue, then for each table an array `["table", name]` and its rows as objects, and an
 * end with the number of rows and the SHA-256 of all lines before it. Rows are PostgreSQL's own JSON, so that nothing is lost between types.
 */
export interface BackupHead {
  readonly courant: 'backup';
  readonly format: 1;
  readonly at: string;
  /** The last migration of the store: it is restored at that and then brought up to date. */
  readonly migration: string;
  /** The partitions that the tables must have. */
  readonly partitions: readonly { readonly parent: string; readonly name: string; readonly bound: string }[];
}

/** The catalogue as it was read: the file's text, where the backup had one. */
export interface BackupCatalogue {
  readonly catalogue: string | null;
}

export interface BackupEnd {
  readonly end: true;
  readonly rows: Readonly<Record<string, number>>;
  readonly sha256: string;
}

/** Told how many rows of a table are done. */
export type BackupProgress = (table: string, rows: number) => void;

/** The migrator's own tables, of which the head says how far they were; and counts, which restoring counts anew. */
export const ownTables = ['kysely_migration', 'kysely_migration_lock', 'row_counts'];
