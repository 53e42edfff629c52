import { sql } from 'kysely';
import type { Fingerprint } from '../dedupe/fingerprint.ts';
import type { ArticleId, Instant, StoryId } from '../domain/article.ts';
import type { IngestInput } from '../ingest/ports.ts';
import type { CanonicalUrl } from '../text/canonical-url.ts';
import { content, storedHash } from './article-columns.ts';
import type { Db } from './db.ts';
import { searchVectors } from './search-vector.ts';

/** A new article. */
export interface NewArticle {
  readonly id: ArticleId;
  readonly key: CanonicalUrl;
  readonly story: StoryId;
  readonly fingerprint: Fingerprint;
  readonly input: IngestInput;
}

/** What a row is written from, with its type. */
const given = {
  id: 'uuid',
  key: 'text',
  story: 'uuid',
  text_hash: 'bytea',
  first_seen_at: 'timestamptz',
  updated_at: 'timestamptz',
  url: 'text',
  source: 'text',
  title: 'text',
  byline: 'text[]',
  agency: 'text',
  summary: 'text',
  text: 'text',
  html: 'text',
  image: 'jsonb',
  site: 'text',
  section: 'text',
  tags: 'text[]',
  published: 'timestamptz',
  modified: 'timestamptz',
  lang: 'text',
  countries: 'text[]',
  regions: 'text[]',
  topics: 'text[]',
  labels: 'jsonb',
  rights: 'jsonb',
  paywalled: 'boolean',
  stub: 'text',
  live_blog: 'boolean',
  opinion: 'boolean',
  search: 'tsvector',
  search_version: 'smallint',
} as const;
const columns = sql.raw(Object.keys(given).join(', '));
/** JSON comes written already. */
const values = sql.raw(
  Object.entries(given)
    .map(([name, type]) => (type === 'jsonb' ? `${name}::jsonb` : name))
    .join(', '),
);
const types = sql.raw(
  Object.entries(given)
    .map(([name, type]) => `${name} ${type === 'jsonb' ? 'text' : type}`)
    .join(', '),
);

/**
 * Writes new articles, in the order of their arrival. They go as one document: as rows of values each number of articles was a statement
 * of its own, which the server parsed and planned anew, and a third of its work.
 */
export async function insertArticles(db: Db, articles: readonly NewArticle[]): Promise<void> {
  const rows = articles.map(({ id, key, story, fingerprint, input }) => ({
    ...{ id, key, story, text_hash: `\\x${storedHash(fingerprint, key).toString('hex')}` },
    ...{ first_seen_at: input.now, updated_at: input.now, ...content(input) },
  }));
  const vectors = await searchVectors(db, rows);
  const written = JSON.stringify(rows.map((row, index) => ({ ...row, search: vectors[index] })));
  await sql`
    insert into articles (${columns})
    select ${values} from json_to_recordset(${written}::json) as given (${types})`.execute(db);
}

/**
 * Puts a new version in the place of an article; its id stays.
 * @param options.key its new address, where it has another one
 * @param options.updatedAt left out where readers need not hear of it
 */
export async function replaceArticle(
  db: Db,
  id: ArticleId,
  fingerprint: Fingerprint,
  input: IngestInput,
  options: { readonly key?: CanonicalUrl | undefined; readonly updatedAt?: Instant | undefined },
): Promise<void> {
  const { textHash } = fingerprint;
  const row = content(input);
  const [search = ''] = await searchVectors(db, [row]);
  // Another article's words: that one keeps the hash by which the words are found.
  const taken = textHash !== undefined && (await isTextOfOther(db, textHash, id));
  await db
    .updateTable('articles')
    .set({
      ...row,
      search,
      ...(options.key ? { key: options.key } : {}),
      text_hash: storedHash(taken ? { ...fingerprint, textHash: undefined } : fingerprint, id),
      ...(options.updatedAt ? { updated_at: options.updatedAt } : {}),
    })
    .where('id', '=', id)
    .execute();
}

/** Whether another article than this one has exactly these words. */
async function isTextOfOther(db: Db, textHash: string, than: ArticleId): Promise<boolean> {
  const row = await db
    .selectFrom('articles')
    .select('id')
    .where('text_hash', '=', Buffer.from(textHash, 'hex'))
    .where('id', '<>', than)
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps the text that an article has now as an earlier version. */
export async function keepRevision(db: Db, id: ArticleId, replacedAt: Instant): Promise<void> {
  await sql`
    insert into revisions (article, replaced_at, title, text)
    select id, ${replacedAt}, title, text from articles where id = ${id}
    on conflict do nothing`.execute(db);
}
