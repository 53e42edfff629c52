import { sql } from 'kysely';
import type { Db } from '../../src/store/db.ts';
import { tendShingleKeys } from '../../src/store/shingle-keys.ts';

/** Articles of one statement: it stays short, and what was filled so far can be seen. */
const chunk = 5000;
/** An article every half a minute: 3,000 a day. */
const secondsApart = 29;

export interface ArchiveOptions {
  /** Links beside each article's own, most of which came to nothing. Default 0. */
  readonly linksPerArticle?: number;
  /** Keys of each article in the duplicate index, and what stories are found by. Default: none of these. */
  readonly keysPerArticle?: number;
}

/**
 * Fills a store with articles of a made-up press, up to a number: 60 outlets, 3,000 articles a day, stories of 1 to 8, countries, regions,
 * topics, 250 words of which a fifth of the articles say 'council'. What a store holds already is added to.
 */
export async function fillArchive(db: Db, articles: number, options: ArchiveOptions = {}): Promise<void> {
  await sql`insert into sources (id, settings) select 'outlet-' || n,
    jsonb_build_object('id', 'outlet-' || n, 'name', 'Outlet ' || n) from generate_series(0, 59) n on conflict do nothing`.execute(
    db,
  );
  const { rows } = await sql<{ from: number }>`select coalesce(max(seq), 0)::int as from from articles`.execute(db);
  const held = rows[0]?.from ?? 0;
  if (held >= articles) return;
  await writeTexts(db);
  const indexes = articles - held > manyArticles ? await dropIndexes(db) : [];
  for (let from = held; from < articles; from += chunk) {
    const to = Math.min(from + chunk, articles);
    await addArticles(db, from + 1, to, articles);
    if (options.keysPerArticle) await addKeys(db, from + 1, to, options.keysPerArticle);
    if (options.linksPerArticle !== undefined) await addLinks(db, from + 1, to, options.linksPerArticle);
  }
  await sql`drop table bench_texts`.execute(db);
  for (const { definition } of indexes) await sql.raw(definition).execute(db);
  await sql`vacuum analyze`.execute(db);
}

/** More than these are written without the indexes, which are made of them afterwards, in a third of the time. */
const manyArticles = 20_000;

async function dropIndexes(db: Db): Promise<readonly { readonly definition: string }[]> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid in ('articles'::regclass, 'links'::regclass) and not indisunique`.execute(db);
  for (const { name } of rows) await sql`drop index ${sql.raw(name)}`.execute(db);
  return rows;
}

/** A random-looking UUID of version 4 that the same text gives again. */
const uuidOf = (text: ReturnType<typeof sql>) =>
  sql`overlay(overlay(md5(${text}) placing '4' from 13) placing '8' from 17)::uuid`;
const storyOf = uuidOf(sql`'story' || n / (1 + n % 8)`);
const articleOf = uuidOf(sql`'article' || n`);

/**
 * The texts of the press, each made once: most of the time of filling would go into their words and stems. Text and language come back
 * after so many articles.
 */
const distinctTexts = 6000;

async function writeTexts(db: Db): Promise<void> {
  await sql`
    create table bench_texts as
    select n, lang, text, words || search_other_stems(case lang when 'sr' then 'serbian' when 'de' then 'german' when 'fr' then 'french'
      else 'english' end, text, words) as search
    from (
      select n, (array['en','en','en','sr','de','fr'])[1 + n % 6] as lang,
        (select string_agg('w' || to_hex((1 + (n * 31 + k * k) % 2000) * 7919 % 4099), ' ') from generate_series(1, 250) k)
          || case when n % 5 = 0 then ' council' else '' end as text
      from generate_series(0, ${sql.lit(distinctTexts - 1)}) n) texts,
      lateral (select setweight(to_tsvector('simple', 'Headline ' || left(text, 60)), 'A') || to_tsvector('simple', text) as words offset 0) said`.execute(
    db,
  );
  await sql`alter table bench_texts add primary key (n)`.execute(db);
}

async function addArticles(db: Db, from: number, to: number, of: number): Promise<void> {
  await sql`
    with rows as (
      select numbers.n, now() - (${of} - numbers.n) * make_interval(secs => ${secondsApart}) as at,
        (array['RS','HR','DE','FR','US','GB','BR','IN','KE','JP'])[1 + numbers.n % 10] as country,
        (array['balkans','039','150','019'])[1 + numbers.n % 4] as region,
        (array['11000000','04000000','15000000','06000000'])[1 + numbers.n % 4] as topic,
        texts.lang, texts.text, texts.search
      from generate_series(${from}::int, ${to}::int) numbers (n) join bench_texts texts on texts.n = numbers.n % ${sql.lit(distinctTexts)})
    insert into articles (id, key, text_hash, url, source, story, title, byline, summary, text, html, tags, published,
      first_seen_at, updated_at, lang, countries, regions, topics, labels, paywalled, live_blog, opinion, search, search_version)
    select ${articleOf}, 'https://outlet.example/' || n, sha256(n::text::bytea), 'https://outlet.example/' || n, 'outlet-' || n % 60,
      ${storyOf}, 'Headline ' || left(text, 60), '{}', left(text, 200), text, '<p>' || text || '</p>', '{}',
      at, at, at, lang, array[country], array[region], array[topic],
      jsonb_build_object('lang', lang, 'mentioned', '[]'::jsonb,
        'countries', jsonb_build_array(jsonb_build_object('id', country, 'confidence', 0.9, 'origin', 'text', 'evidence', '[]'::jsonb)),
        'regions', '[]'::jsonb,
        'topics', jsonb_build_array(jsonb_build_object('id', topic, 'confidence', 0.9, 'origin', 'text', 'evidence', '[]'::jsonb))),
      false, false, false, search, 1
      from rows order by n`.execute(db);
}

async function addKeys(db: Db, from: number, to: number, keys: number): Promise<void> {
  await sql`
    with numbered as (
      insert into fingerprints (article, keys) select ${articleOf}, ${keys} from generate_series(${from}::int, ${to}::int) n order by n
      returning number)
    insert into shingle_keys (key, fingerprint)
    select distinct hashint4extended(k, number)::bit(32)::int, number from numbered, generate_series(1, ${keys}::int) k`.execute(
    db,
  );
  await sql`
    insert into events (at, kind, article) select now(), 'published', ${articleOf} from generate_series(${from}::int, ${to}::int) n`.execute(
    db,
  );
  await tendShingleKeys(db, new Date(0));
}

/** Its own link for each article, and others: six of ten were rejected, the rest were duplicates. */
async function addLinks(db: Db, from: number, to: number, perArticle: number): Promise<void> {
  await sql`
    insert into links (key, url, source, listed, state, outcome, stage, reason, article, match, first_seen_at, changed_at)
    select url, url, 'outlet-' || n % 60, '{}', 'done',
      outcome, case outcome when 'rejected' then 'extract' end, case outcome when 'rejected' then 'no-article' end,
      case outcome when 'rejected' then null else ${articleOf} end, case outcome when 'duplicate' then 'near' end, at, at
    from generate_series(${from}::int, ${to}::int) n, generate_series(0, ${perArticle}::int) k,
      lateral (select 'https://outlet.example/' || n || case k when 0 then '' else '-' || k end as url,
        case when k = 0 then 'published' when k % 10 < 6 then 'rejected' else 'duplicate' end as outcome,
        (select first_seen_at from articles where id = ${articleOf}) as at) as link`.execute(db);
  await sql`
    insert into http_cache (url_hash, etag) select sha256(('https://outlet.example/' || n)::bytea), '"' || md5(n::text) || '"'
    from generate_series(${from}::int, ${to}::int) n`.execute(db);
}
