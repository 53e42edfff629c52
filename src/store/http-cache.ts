import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { fullGetEvery, type HttpMemory, validatorsOf } from '../crawl/fetch/http-cache.ts';
import type { Db } from './db.ts';

const hashOf = (url: string) => createHash('sha256').update(url).digest();

/** The HTTP memory of all workers. */
export function storedHttpMemory(db: Db): HttpMemory {
  return {
    async recall(url) {
      const row = await db
        .selectFrom('http_cache')
        .select(['etag', 'last_modified'])
        .where('url_hash', '=', hashOf(url))
        .where('not_modified', '<', fullGetEvery - 1)
        .executeTakeFirst();
      return row && { etag: row.etag ?? undefined, lastModified: row.last_modified ?? undefined };
    },
    async remember(url, result) {
      const url_hash = hashOf(url);
      const validators = validatorsOf(result);
      if (result.notModified)
        await db
          .updateTable('http_cache')
          .set((is) => ({ not_modified: is('not_modified', '+', 1), seen_at: sql<Date>`now()` }))
          .where('url_hash', '=', url_hash)
          .execute();
      else if (validators) {
        const row = { etag: validators.etag ?? null, last_modified: validators.lastModified ?? null, not_modified: 0 };
        await db
          .insertInto('http_cache')
          .values({ url_hash, ...row })
          .onConflict((conflict) => conflict.column('url_hash').doUpdateSet({ ...row, seen_at: sql<Date>`now()` }))
          .execute();
      } else await db.deleteFrom('http_cache').where('url_hash', '=', url_hash).execute();
    },
  };
}
