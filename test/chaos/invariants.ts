import { canonicalUrl } from '../../src/text/canonical-url.ts';
import type { World } from './world.ts';

const key = (url: string): string => canonicalUrl(url) ?? url;
type Row = Record<string, unknown>;

/** GUIDs that the feed gave so far, by address. */
export type Guids = Map<string, string>;

/** What the feed holds now; notes GUIDs that are new, and complains of one that changed or that stands there twice. */
export async function readFeed(url: string, guids: Guids): Promise<string[]> {
  const feed = (await (await fetch(`${url}/feed.json?limit=500`)).json()) as { items: { id: string; url: string }[] };
  const wrong: string[] = [];
  const seen = new Set<string>();
  for (const { id, url: address } of feed.items) {
    if (seen.has(id)) wrong.push(`twice in the feed: ${address}`);
    seen.add(id);
    const known = guids.get(address);
    if (known !== undefined && known !== id) wrong.push(`another GUID than before: ${address}`);
    guids.set(address, id);
  }
  return wrong;
}

/** What is not (yet) as the truth says; empty when the wire has come to rest. */
export async function violations({ store, press, generated, told, backend }: World, jobs: Row): Promise<string[]> {
  const wrong: string[] = [];
  const rows = async (sql: string): Promise<Row[]> => (await store.pool.query(sql)).rows;
  const links = new Map((await rows('select key, state, outcome, reason from links')).map((row) => [row.key, row]));
  const articles = new Map(
    (await rows('select key, id, url, text, withdrawn_at from articles')).map((row) => [row.key, row]),
  );
  const truth = press.truth();

  for (const expected of truth.links) {
    const link = links.get(key(expected.url));
    if (link?.state !== 'done') wrong.push(`no outcome: ${expected.url} (${link?.state})`);
    else if (expected.kind === 'rejected' && link.reason !== expected.reason)
      wrong.push(`${expected.url}: ${link.outcome} ${link.reason} instead of ${expected.reason}`);
    else if (expected.kind !== 'rejected' && expected.kind !== 'withdrawn' && link.outcome === 'rejected')
      wrong.push(`lost: ${expected.url} (${link.reason})`);
  }
  const open = [...links.values()].filter(({ state }) => state !== 'done').length;
  if (open > 0) wrong.push(`${open} links without an outcome`);

  // Every article once, and the press's in its last wording.
  const origins = new Map<string, string[]>();
  for (const { url, copyOf } of truth.articles)
    origins.set(copyOf ?? url, [...(origins.get(copyOf ?? url) ?? []), key(url)]);
  for (const [origin, addresses] of origins) {
    const kept = addresses.filter((address) => articles.has(address)).length;
    if (kept !== 1) wrong.push(`${kept} articles of ${origin}`);
  }
  for (const { url, revised, copyOf, paragraphs } of truth.articles) {
    const text = articles.get(key(url))?.text;
    if (revised && !copyOf && typeof text === 'string' && !text.endsWith(paragraphs.join('\n')))
      wrong.push(`not updated: ${url}`);
  }
  for (const { kind, url } of truth.links)
    if (kind === 'withdrawn' && articles.get(key(url)) && articles.get(key(url))?.withdrawn_at === null)
      wrong.push(`not withdrawn: ${url}`);
  const generatedKept = [...articles.values()].filter(({ url }) => generated.truth(String(url))).length;
  const wanted = generated.articles - generated.copies;
  if (generatedKept !== wanted) wrong.push(`${generatedKept} articles of the generated press instead of ${wanted}`);

  const published = await rows(
    `select article, count(*)::int as n from events where kind = 'published' group by article having count(*) > 1`,
  );
  for (const { article } of published) wrong.push(`published twice: ${article}`);
  const untold = (await rows('select id from events order by id')).filter(({ id }) => !told.includes(Number(id)));
  if (untold.length > 0) wrong.push(`${untold.length} events that the webhook was not told`);
  for (const [queue, count] of Object.entries(jobs))
    if (count !== 0) wrong.push(`${count} jobs in ${queue} (${backend})`);
  return wrong;
}

/** Events that the webhook heard for the first time after a later one. */
export function outOfOrder(told: readonly number[], order: ReadonlyMap<number, number>): number {
  const first = [...new Set(told)].map((id) => order.get(id) ?? 0);
  return first.filter((place, index) => index > 0 && place < (first[index - 1] ?? 0)).length;
}
