import { sql } from 'kysely';
import type { Db } from '../../src/store/db.ts';
import { tendShingleKeys } from '../../src/store/shingle-keys.ts';
import { fillHistory } from './operator-history.ts';

/** Articles of one statement: it stays short, and what was filled so far can be seen. */
const chunk = 5000;
/** 5,760 articles a day: a million of them is half a year, as long as links that came to nothing and keys are kept. */
const secondsApart = 15;
const outlets = 1000;
/** How long validators and events are kept. */
const keptDays = 30;

export interface ArchiveOptions {
  /** Links beside each article's own, most of which came to nothing. Default 0. */
  readonly linksPerArticle?: number;
  /** Keys of each article in the duplicate index. Default: none. */
  readonly keysPerArticle?: number;
  /** Whether the operator's history is filled too: crawls, counts, fetches, sizes. Default: not. */
  readonly history?: boolean;
}

/**
 * Fills a store with articles of a made-up press, up to a number: 1,000 outlets, 5,760 articles a day, stories of 1 to 8, a copy elsewhere
 * of every third, countries, regions, topics, 250 words of which a fifth of the articles say 'council'. What a store holds already is
 * added to; it must have been filled by these rules.
 */
export async function fillArchive(db: Db, articles: number, options: ArchiveOptions = {}): Promise<void> {
  await sql`insert into sources (id, settings) select 'outlet-' || n,
    jsonb_build_object('id', 'outlet-' || n, 'name', 'Outlet ' || n, 'take', 'articles', 'country', 'RS',
      'url', 'https://outlet-' || n || '.example/')
    from generate_series(0, ${sql.lit(outlets - 1)}) n on conflict do nothing`.execute(db);
  const { rows } = await sql<{ from: number }>`select coalesce(max(seq), 0)::int as from from articles`.execute(db);
  const held = rows[0]?.from ?? 0;
  if (held >= articles) return;
  await writeTexts(db);
  const addIndexes = articles - held > manyArticles ? await dropIndexes(db) : undefined;
  for (let from = held; from < articles; from += chunk) {
    const to = Math.min(from + chunk, articles);
    await addArticles(db, from + 1, to, articles);
    if (options.keysPerArticle) await addKeys(db, from + 1, to, options.keysPerArticle);
    if (options.linksPerArticle !== undefined) await addLinks(db, from + 1, options.linksPerArticle);
  }
  await sql`drop table bench_texts`.execute(db);
  await addIndexes?.();
  if (options.history) await fillHistory(db, outlets);
  await sql`vacuum analyze`.execute(db);
}

/** More than these are written without the indexes and counts, which are made of them afterwards, in a third of the time. */
const manyArticles = 20_000;

/** @returns what puts them back */
async function dropIndexes(db: Db): Promise<() => Promise<void>> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid in ('articles'::regclass, 'links'::regclass, 'copies'::regclass) and not indisunique`.execute(db);
  const run = (statement: string) => sql.raw(statement).execute(db);
  for (const { name } of rows) await run(`drop index ${name}`);
  await run('alter table links drop constraint links_pkey');
  await run('alter table links disable trigger user');
  await run('alter table shingle_keys drop constraint shingle_keys_pkey');
  return async () => {
    await run('alter table shingle_keys add primary key (key, fingerprint)');
    await run('alter table links enable trigger user');
    await run('alter table links add primary key (key)');
    for (const { definition } of rows) await run(definition);
    await run(`delete from row_counts where counted = 'links'`);
    await run(`insert into row_counts (counted, state, outcome, stage, reason, rows)
      select 'links', state, outcome, stage, reason, count(*) from links group by state, outcome, stage, reason`);
  };
}

/** A random-looking UUID of version 4 that the same text gives again. */
const uuidOf = (text: ReturnType<typeof sql>) =>
  sql`overlay(overlay(md5(${text}) placing '4' from 13) placing '8' from 17)::uuid`;
/** Of each 3,600 articles (15 hours) a hundred stories of 1, a hundred of 2 … a hundred of 8, each told within three hours. */
const storyOf = uuidOf(
  sql`'story' || (n / 3600 * 100 + n % 100) * 8 + width_bucket(n % 3600 / 100, array[1, 3, 6, 10, 15, 21, 28])`,
);
const articleOf = uuidOf(sql`'article' || n`);
const sourceOf = sql`'outlet-' || n % ${sql.lit(outlets)}`;
const addressIs = (n: number) => `https://outlet-${n % outlets}.example/news/a-headline-of-some-words-${n}`;
const addressOf = sql`'https://outlet-' || n % ${sql.lit(outlets)} || '.example/news/a-headline-of-some-words-' || n`;
const firstOf = (n: number) => sql`(select seq from articles where key = ${addressIs(n)})`;
const recent = sql`now() - ${sql.lit(keptDays)} * interval '1 day'`;

/**
 * The texts of the press, each made once: most of the time of filling would go into their words and stems. Text and language come back
 * after so many articles.
 */
const distinctTexts = 6000;

async function writeTexts(db: Db): Promise<void> {
  await sql`
    create table bench_texts as
    select n, lang, text, '<p>' || text || '</p>' as html, words || search_other_stems(case lang when 'sr' then 'serbian' when 'de' then 'german' when 'fr' then 'french'
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
        texts.lang, texts.text, texts.html, texts.search
      from generate_series(${from}::int, ${to}::int) numbers (n) join bench_texts texts on texts.n = numbers.n % ${sql.lit(distinctTexts)})
    insert into articles (id, key, text_hash, url, source, story, title, byline, summary, text, html, tags, published,
      first_seen_at, updated_at, lang, countries, regions, topics, labels, paywalled, live_blog, opinion, search, search_version)
    select ${articleOf}, ${addressOf}, sha256(n::text::bytea), ${addressOf}, ${sourceOf},
      ${storyOf}, 'Headline ' || left(text, 60), '{}', left(text, 200), text, html, '{}',
      at, at, at, lang, array[country], array[region], array[topic],
      jsonb_build_object('lang', lang, 'mentioned', '[]'::jsonb,
        'countries', jsonb_build_array(jsonb_build_object('id', country, 'confidence', 0.9, 'origin', 'text', 'evidence', '[]'::jsonb)),
        'regions', '[]'::jsonb,
        'topics', jsonb_build_array(jsonb_build_object('id', topic, 'confidence', 0.9, 'origin', 'text', 'evidence', '[]'::jsonb))),
      false, false, false, search, 1
      from rows order by n`.execute(db);
  // Closed stories: nothing joins them any more, so they hold no terms.
  await sql`
    insert into stories (id, articles, first_at, latest_at, vector, marks, found_by)
    select story, count(*), min(first_seen_at), max(first_seen_at), '', '', '{}' from articles
    where seq >= ${firstOf(from)} group by story on conflict (id) do update
    set articles = stories.articles + excluded.articles, latest_at = excluded.latest_at`.execute(db);
  await sql`
    insert into copies (key, article, url, source, title, seen_at, match, share)
    select ${addressOf} || '-copy', ${articleOf}, ${addressOf} || '-copy', 'outlet-' || (n + 7) % ${sql.lit(outlets)}, 'A copy',
      (select first_seen_at from articles where id = ${articleOf}), 'near', 0.9
    from generate_series(${from}::int, ${to}::int) n where n % 3 = 0`.execute(db);
}

async function addKeys(db: Db, from: number, to: number, keys: number): Promise<void> {
  await sql`
    with numbered as (
      insert into fingerprints (article, keys) select ${articleOf}, ${keys} from generate_series(${from}::int, ${to}::int) n order by n
      returning number)
    insert into shingle_keys (key, fingerprint)
    select distinct hashint4extended(k, number)::bit(32)::int as key, number from numbered, generate_series(1, ${keys}::int) k
    order by key, number`.execute(db);
  await sql`
    insert into events (at, kind, article) select first_seen_at, 'published', id from articles
    where seq >= ${firstOf(from)} and first_seen_at > ${recent}`.execute(db);
  await tendShingleKeys(db, new Date(0));
}

/** Its own link for each article, and others: six of ten were rejected for several reasons, the rest were duplicates. */
async function addLinks(db: Db, from: number, perArticle: number): Promise<void> {
  await sql`
    insert into links (key, url, source, listed, state, outcome, stage, reason, article, match, first_seen_at, changed_at)
    select url, null, source, jsonb_build_object('title', title, 'listing', 'https://outlet.example/feed.xml'), 'done', outcome,
      case outcome when 'rejected' then 'extract' end,
      case outcome when 'rejected' then (array['no-text','front-page','too-short','gallery','too-old'])[1 + (seq + k) % 5] end,
      case outcome when 'rejected' then null else id end, case outcome when 'duplicate' then 'near' end, first_seen_at, first_seen_at
    from (select key, source, title, seq, id, first_seen_at from articles where seq >= ${firstOf(from)} offset 0) as added,
      generate_series(0, ${perArticle}::int) k,
      lateral (select key || case k when 0 then '' else '-' || k end as url,
        case when k = 0 then 'published' when k % 10 < 6 then 'rejected' else 'duplicate' end as outcome) as link`.execute(
    db,
  );
  await sql`
    insert into http_cache (url_hash, etag, seen_at) select sha256(url::bytea), '"' || md5(url) || '"', first_seen_at from articles
    where seq >= ${firstOf(from)} and first_seen_at > ${recent}`.execute(db);
}
