import { sql } from 'kysely';
import type { Db } from '../../src/store/db.ts';

/** Fills an empty store with articles of a made-up press: 60 outlets, a year, stories of 1 to 8, countries, regions, topics, 250 words. */
export async function fillArchive(db: Db, articles: number): Promise<void> {
  await sql`insert into sources (id, settings) select 'outlet-' || n,
    jsonb_build_object('id', 'outlet-' || n, 'name', 'Outlet ' || n) from generate_series(0, 59) n`.execute(db);
  await sql`
    with words as (select array_agg('w' || to_hex(n * 7919 % 4099)) as list from generate_series(1, 2000) n),
    rows as (
      select n, gen_random_uuid() as id, now() - (${articles} - n) * interval '5 minutes' as at,
        (array['RS','HR','DE','FR','US','GB','BR','IN','KE','JP'])[1 + n % 10] as country,
        (array['balkans','039','150','019'])[1 + n % 4] as region,
        (array['11000000','04000000','15000000','06000000'])[1 + n % 4] as topic,
        (array['en','en','en','sr','de','fr'])[1 + n % 6] as lang,
        (select string_agg(list[1 + (n * 31 + k * k) % 2000], ' ') from generate_series(1, 250) k)
          || case when n % 5 = 0 then ' council' else '' end as text
      from words, generate_series(1, ${articles}) n)
    insert into articles (id, key, text_hash, url, source, story, title, byline, summary, text, html, tags, published,
      first_seen_at, updated_at, lang, countries, regions, topics, labels, paywalled, live_blog, opinion,
      search, search_version)
    select id, 'https://outlet.example/' || n, sha256(n::text::bytea), 'https://outlet.example/' || n, 'outlet-' || n % 60,
      md5((n / (1 + n % 8))::text)::uuid, 'Headline ' || left(text, 60), '{}', left(text, 200), text, '<p>' || text || '</p>', '{}',
      at, at, at, lang, array[country], array[region], array[topic],
      jsonb_build_object('lang', lang, 'mentioned', '[]'::jsonb,
        'countries', jsonb_build_array(jsonb_build_object('id', country, 'confidence', 0.9, 'origin', 'text', 'evidence', '[]'::jsonb)),
        'regions', '[]'::jsonb,
        'topics', jsonb_build_array(jsonb_build_object('id', topic, 'confidence', 0.9, 'origin', 'text', 'evidence', '[]'::jsonb))),
      false, false, false,
      setweight(to_tsvector('simple', 'Headline ' || left(text, 60)), 'A') || to_tsvector('simple', text)
        || search_stems(case lang when 'sr' then 'serbian' when 'de' then 'german' when 'fr' then 'french' else 'english' end, text), 1
      from rows`.execute(db);
  await sql`analyze`.execute(db);
}
