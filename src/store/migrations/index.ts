import type { Migration } from 'kysely/migration';
import * as base from './001-base.ts';

/** In order; a landed migration is never changed, only followed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '001-base': base,
};
