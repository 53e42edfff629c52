import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ArticleId, Classification, ExtractedArticle, Instant, Link, Outcome } from '../article.ts';
import type { CanonicalUrl } from '../dedupe/canonical-url.ts';
import { appearedAt, type Decision, type DedupeInput, decideAmong, shareOf } from '../dedupe/decide.ts';
import type { KeptArticle, Twins } from '../dedupe/dedupe-index.ts';
import { differenceOf } from '../dedupe/difference.ts';
import { type Fingerprint, fingerprint } from '../dedupe/fingerprint.ts';
import { newArticleId, type PageKeys, pageKeys } from '../dedupe/identity.ts';
import { isMaterial } from '../dedupe/material.ts';
import { sameArticle } from '../dedupe/same-article.ts';
import type { Db, Store } from './db.ts';
import { storeIndex } from './dedupe-index.ts';
import { askAbout } from './doubts.ts';
import { writeEvent } from './events.ts';
import { findTwins, isOthersText, writePrint } from './fingerprints.ts';
import { writeOutcome } from './links.ts';
import { countTerms, writeStories } from './stories.ts';
import { flushCommits, takeTurns } from './turns.ts';

/** An extracted article on its way into the store. */
export interface IngestInput {
  readonly link: Link;
  /** Key of the link, whose outcome this decides. */
  readonly urlKey: CanonicalUrl;
  readonly source: { readonly id: string; readonly country?: string | undefined; readonly lang?: string | undefined };
  readonly extracted: ExtractedArticle;
  /** The address that answered, after redirects. */
  readonly pageUrl: string;
  readonly classification: Classification;
  readonly now: Instant;
}

/**
 * Decides what an article is to those in the store, and writes article, revision or copy, fingerprints, story, event and the link's
 * outcome: all or nothing. Workers take turns (an advisory lock), so twins that arrive at the same instant at two machines see each
 * other. The same job delivered again changes nothing and gives the same outcome.
 */
export async function ingestArticle(store: Store, input: IngestInput): Promise<Outcome> {
  const { extracted } = input;
  // What needs no lock comes first.
  const print = fingerprint(extracted.title, extracted.text);
  const outcome = await takeTurns(store.db, async (trx) => {
    const earlier = await earlierOutcome(trx, input.urlKey);
    const decided = await ingestLocked(trx, input, print, earlier);
    // Seen again unchanged: the link did not change either.
    if (decided !== earlier) await writeOutcome(trx, input.urlKey, decided, new Date(input.now));
    return decided;
  });
  if (outcome.kind === 'duplicate' && outcome.match === 'near') await writeDifference(store.db, input, outcome.of);
  await flushCommits(store.db);
  return outcome;
}

/** Notes for the reader what a copy tells otherwise. After the others' turn has come: it takes a while, and nothing is decided by it. */
async function writeDifference(db: Db, { source, pageUrl, extracted }: IngestInput, of: ArticleId): Promise<void> {
  const kept = await db.selectFrom('articles').select('text').where('id', '=', of).executeTakeFirst();
  if (!kept) return;
  await db
    .updateTable('copies')
    .set({ difference: storableJson(differenceOf(kept.text, extracted.text)) })
    .where('article', '=', of)
    .where('source', '=', source.id)
    .where('url', '=', pageUrl)
    .execute();
}

async function ingestLocked(
  db: Db,
  input: IngestInput,
  print: Fingerprint,
  earlier: Outcome | undefined,
): Promise<Outcome> {
  const keys = pageKeys(input.urlKey, input.pageUrl, input.extracted.canonicalUrl);
  const twins = await findTwins(db, keys.all, print);
  const known = knownAt(twins, input.urlKey, print);
  const urlKey = known?.key ?? keys.own;
  if (known?.kept && !isOwnDoor(known.kept, keys, earlier)) {
    if (earlier?.kind === 'duplicate' && earlier.of === known.kept.id) return earlier;
    const share = shareOf(known.kept.print, print);
    return addCopy(db, input, keys.page, known.kept, { match: 'url', share, replaces: false });
  }
  const article: DedupeInput = {
    urlKey,
    title: input.extracted.title,
    text: input.extracted.text,
    published: published(input),
    seenAt: input.now,
    lang: input.classification.lang,
    source: input.source.id,
    agency: input.extracted.agency,
  };
  const decision = await decideAmong(twins, article, print, storeIndex(db));
  if (decision.kind === 'new') return publish(db, input, urlKey, print, decision);
  // Seen again unchanged, or the same job delivered again: the link keeps its outcome.
  if (decision.kind === 'duplicate' && decision.match === 'url' && earlier) return earlier;
  const kept = keptIn(twins, decision.of);
  if (decision.kind === 'duplicate') return addCopy(db, input, urlKey, kept, decision, print);
  await replaceText(db, input, kept, print, decision.material);
  return { kind: 'updated', article: kept.id };
}

/**
 * The first of the page's addresses that is known. A site that names one canonical address on all its pages would make each of them an
 * update of the last; so a claim that the link itself does not make needs a text that agrees.
 */
function knownAt(
  twins: Twins,
  link: CanonicalUrl,
  print: Fingerprint,
): { key: CanonicalUrl; kept: KeptArticle | undefined } | undefined {
  const [first] = twins.atAddress;
  if (!first) return undefined;
  return first.key === link || sameArticle(first.kept.print, print) ? first : { key: link, kept: undefined };
}

function keptIn({ atAddress, sameText, near }: Twins, id: ArticleId): KeptArticle {
  const kept = [...atAddress.map((one) => one.kept), sameText, ...near].find((article) => article?.id === id);
  if (!kept) throw new Error(`article ${id} was decided about and not found`);
  return kept;
}

/** Whether the page is the article's own, whose changes count, and not an AMP page or another address that only names it. */
const isOwnDoor = (kept: KeptArticle, keys: PageKeys, earlier: Outcome | undefined): boolean =>
  kept.urlKey === keys.page ||
  ((earlier?.kind === 'published' || earlier?.kind === 'updated') && earlier.article === kept.id);

const published = (input: IngestInput): Instant | undefined => input.extracted.published ?? input.link.published;

async function publish(
  db: Db,
  input: IngestInput,
  key: CanonicalUrl,
  print: Fingerprint,
  { change, doubt }: Extract<Decision, { kind: 'new' }>,
): Promise<Outcome> {
  const id = newArticleId(key, print.textHash);
  const story = change.story.id ?? id;
  await db
    .insertInto('articles')
    .values({
      id,
      key,
      text_hash: storedHash(print, key),
      story,
      first_seen_at: input.now,
      updated_at: input.now,
      ...content(input),
    })
    .execute();
  await writePrint(db, id, print, undefined);
  await writeStories(db, story, change, appearedAt(published(input), input.now));
  await countTerms(db, print.terms, print.keys[0] ?? 0);
  if (doubt) await askAbout(db, id, doubt, new Date(input.now));
  await writeEvent(db, 'published', id, new Date(input.now));
  return { kind: 'published', article: id, story };
}

/** Puts the newcomer's text in the place of the kept one; the id stays, the old text becomes a revision. */
async function replaceText(
  db: Db,
  input: IngestInput,
  kept: KeptArticle,
  print: Fingerprint,
  material: boolean,
  key?: CanonicalUrl,
): Promise<void> {
  await sql`
    insert into revisions (article, replaced_at, title, text)
    select id, ${input.now}, title, text from articles where id = ${kept.id}
    on conflict do nothing`.execute(db);
  const taken = print.textHash !== undefined && (await isOthersText(db, print.textHash, kept.id));
  await db
    .updateTable('articles')
    .set({
      ...content(input),
      ...(key ? { key } : {}),
      // Another article's words: that one keeps the hash by which the words are found.
      text_hash: taken ? storedHash({ ...print, textHash: undefined }, kept.id) : storedHash(print, kept.id),
      ...(material ? { updated_at: input.now } : {}),
    })
    .where('id', '=', kept.id)
    .execute();
  await writePrint(db, kept.id, print, kept.print);
  if (material) await writeEvent(db, 'updated', kept.id, new Date(input.now));
}

/** Notes where a copy stands ('also at'), or gives the article the copy's text where that is the better one. */
async function addCopy(
  db: Db,
  input: IngestInput,
  key: CanonicalUrl,
  kept: KeptArticle,
  copy: Pick<Extract<Decision, { kind: 'duplicate' }>, 'match' | 'share' | 'replaces'>,
  print?: Fingerprint,
): Promise<Outcome> {
  const { match, share } = copy;
  if (print && copy.replaces) {
    await keepAsCopy(db, input, kept, key, copy);
    await db.deleteFrom('copies').where('key', '=', key).execute();
    await replaceText(db, input, kept, print, isMaterial(kept.print, print), key);
  } else if (key !== kept.urlKey) {
    const { extracted, now, pageUrl, source } = input;
    const title = storable(extracted.title);
    await db
      .insertInto('copies')
      .values({
        ...{ key, article: kept.id, url: pageUrl, source: source.id, title },
        ...{ published: published(input) ?? null, seen_at: now, match, share },
      })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
  }
  return { kind: 'duplicate', of: kept.id, match };
}

/** Lists what was kept so far among the copies of the text that takes its place; what they tell otherwise was said of the old text. */
async function keepAsCopy(
  db: Db,
  { extracted }: IngestInput,
  kept: KeptArticle,
  key: CanonicalUrl,
  { match, share }: Pick<Extract<Decision, { kind: 'duplicate' }>, 'match' | 'share'>,
): Promise<void> {
  const before = await db.selectFrom('articles').select('text').where('id', '=', kept.id).executeTakeFirstOrThrow();
  await db.updateTable('copies').set({ difference: null }).where('article', '=', kept.id).execute();
  await sql`
    insert into copies (key, article, url, source, title, published, seen_at, match, share, difference)
    select key, id, url, source, title, published, first_seen_at, ${match}, ${share},
      ${storableJson(differenceOf(extracted.text, before.text))}::jsonb from articles
    where id = ${kept.id} and key <> ${key}
    on conflict (key) do nothing`.execute(db);
}

/** How the link ended before, if it did: what is seen again unchanged keeps its outcome. */
async function earlierOutcome(db: Db, linkKey: string): Promise<Outcome | undefined> {
  const row = await db
    .selectFrom('links')
    .leftJoin('articles', 'articles.id', 'links.article')
    .select(['links.outcome', 'links.article', 'links.match', 'articles.story'])
    .where('links.key', '=', linkKey)
    .executeTakeFirst();
  if (!row?.article) return undefined;
  if (row.outcome === 'published') return { kind: 'published', article: row.article, story: row.story ?? row.article };
  if (row.outcome === 'updated') return { kind: 'updated', article: row.article };
  const match = row.match === 'exact' || row.match === 'near' ? row.match : 'url';
  return row.outcome === 'duplicate' ? { kind: 'duplicate', of: row.article, match } : undefined;
}

/** The columns that come from the page and its labels. */
function content({ link, source, extracted, pageUrl, classification }: IngestInput) {
  const ids = (labels: readonly { readonly id: string }[]): string[] => labels.map((label) => label.id);
  const image = extracted.image ?? (link.image ? { url: link.image } : undefined);
  return {
    url: pageUrl,
    source: source.id,
    title: storable(extracted.title),
    byline: (extracted.byline.length > 0 ? extracted.byline : link.authors).map(storable),
    agency: extracted.agency ?? null,
    summary: extracted.summary === undefined ? null : storable(extracted.summary),
    text: storable(extracted.text),
    html: storable(extracted.html),
    image: image ? storableJson(image) : null,
    site: extracted.site ?? null,
    section: extracted.section ?? null,
    tags: (extracted.tags.length > 0 ? extracted.tags : link.categories).map(storable),
    published: extracted.published ?? link.published ?? null,
    modified: extracted.modified ?? link.updated ?? null,
    lang: classification.lang,
    countries: ids(classification.countries),
    regions: ids(classification.regions),
    topics: ids(classification.topics),
    labels: storableJson(classification),
    paywalled: extracted.paywalled,
    live_blog: extracted.liveBlog,
    opinion: extracted.opinion,
  };
}

/** PostgreSQL's text holds every character but U+0000, and no halves of surrogate pairs. */
const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

const storableJson = (value: object): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? storable(part) : part));

/** An article without words (a headline alone) is found by its address only. */
const storedHash = (print: Fingerprint, otherwise: string): Buffer =>
  print.textHash ? Buffer.from(print.textHash, 'hex') : createHash('sha256').update(otherwise).digest().subarray(0, 16);
