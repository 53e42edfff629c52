import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { HttpCache } from '../crawl/ports.ts';
import type { Db } from './db.ts';

const hashOf = (url: string) => createHash('sha256').update(url).digest();

/** Has the next answers from these addresses come whole. */
export async function forgetValidators(db: Db, urls: readonly string[]): Promise<void> {
  if (urls.length > 0) await db.deleteFrom('http_cache').where('url_hash', 'in', urls.map(hashOf)).execute();
}

/** The validators that any worker has seen. */
export function storedHttpCache(db: Db): HttpCache {
  return {
    async load(url) {
      const row = await db
        .selectFrom('http_cache')
        .select(['etag', 'last_modified', 'not_modified'])
        .where('url_hash', '=', hashOf(url))
        .executeTakeFirst();
      return (
        row && {
          etag: row.etag ?? undefined,
          lastModified: row.last_modified ?? undefined,
          notModified: row.not_modified,
        }
      );
    },
    async save(url, validators) {
      const url_hash = hashOf(url);
      if (!validators) {
        await db.deleteFrom('http_cache').where('url_hash', '=', url_hash).execute();
        return;
      }
      const row = { etag: validators.etag ?? null, last_modified: validators.lastModified ?? null, not_modified: 0 };
      await db
        .insertInto('http_cache')
        .values({ url_hash, ...row })
        .onConflict((conflict) => conflict.column('url_hash').doUpdateSet({ ...row, seen_at: sql<Date>`now()` }))
        .execute();
    },
    async countNotModified(url, { etag, lastModified }) {
      await db
        .updateTable('http_cache')
        .set((is) => ({
          not_modified: is('not_modified', '+', 1),
          seen_at: sql<Date>`now()`,
          ...(etag === undefined ? {} : { etag }),
          ...(lastModified === undefined ? {} : { last_modified: lastModified }),
        }))
        .where('url_hash', '=', hashOf(url))
        .execute();
    },
  };
}
