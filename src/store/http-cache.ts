import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { HttpCache, Validators } from '../crawl/ports.ts';
import { createBatcher } from '../domain/batcher.ts';
import type { Db } from './db.ts';
import { pageWrites } from './page-writes.ts';

const hashOf = (url: string) => createHash('sha256').update(url).digest();

/** Has the next answers from these addresses come whole. */
export async function forgetValidators(db: Db, urls: readonly string[]): Promise<void> {
  if (urls.length > 0) await db.deleteFrom('http_cache').where('url_hash', 'in', urls.map(hashOf)).execute();
}

/** What a full answer gave. */
interface Saved {
  readonly url: string;
  readonly validators: Validators | undefined;
}

/** Writes the last that each address gave, and forgets those that gave nothing. */
async function saveAll(db: Db, answers: readonly Saved[]): Promise<void> {
  const last = [...new Map(answers.map((one) => [one.url, one])).values()].map(({ url, validators }) => ({
    hash: hashOf(url),
    validators,
  }));
  // In one order, so that two who write the same addresses do not wait for each other.
  last.sort((a, b) => Buffer.compare(a.hash, b.hash));
  const given = last.flatMap(({ hash, validators }) => (validators ? [{ hash, ...validators }] : []));
  const gone = last.filter(({ validators }) => !validators).map(({ hash }) => hash);
  await sql`
    with gone as (delete from http_cache where url_hash = any(${gone}::bytea[]))
    insert into http_cache (url_hash, etag, last_modified, not_modified)
    select hash, etag, last_modified, 0
    from unnest(${given.map(({ hash }) => hash)}::bytea[], ${given.map(({ etag }) => etag ?? null)}::text[],
      ${given.map(({ lastModified }) => lastModified ?? null)}::text[]) as given (hash, etag, last_modified)
    on conflict (url_hash) do update
      set etag = excluded.etag, last_modified = excluded.last_modified, not_modified = 0, seen_at = now()`.execute(db);
}

/** The validators that any worker has seen. */
export function storedHttpCache(db: Db): HttpCache {
  const saved = createBatcher<Saved, void>(async (answers) => {
    await saveAll(db, answers);
    return [];
  }, pageWrites);
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
    save: (url, validators) => saved({ url, validators }),
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
