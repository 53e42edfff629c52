import { sql } from 'kysely';
import { appearedAt, type Decision, type DedupeInput, decideAmong, fillsHeadline, shareOf } from '../dedupe/decide.ts';
import type { Candidates, KeptArticle } from '../dedupe/dedupe-index.ts';
import { differenceOf } from '../dedupe/difference.ts';
import { type Fingerprint, fingerprintOf } from '../dedupe/fingerprint.ts';
import { newArticleId, type PageKeys, pageKeys } from '../dedupe/identity.ts';
import { sameArticle } from '../dedupe/same-article.ts';
import { isSubstantive } from '../dedupe/substantive.ts';
import type { ArticleId, Instant, Outcome } from '../domain/article.ts';
import { together } from '../ingest/batcher.ts';
import type { IngestInput } from '../ingest/ports.ts';
import type { CanonicalUrl } from '../text/canonical-url.ts';
import { content, storable, storableJson, storedHash } from './article-columns.ts';
import type { Db, Store } from './db.ts';
import { writeEvent } from './events.ts';
import {
  findCandidates,
  forgetFingerprint,
  isOthersText,
  type KeyHits,
  searchKeys,
  writeFingerprints,
} from './fingerprints.ts';
import { Turn } from './ingest-batch.ts';
import { flushCommits, takeTurns, withIndexes } from './ingest-lock.ts';

/** An article that waits for its turn. */
interface Claim {
  readonly input: IngestInput;
  readonly keys: PageKeys;
  readonly fingerprint: Fingerprint;
  readonly hits: KeyHits;
}

/** What articles that wait in one process have done for them together. */
interface Shared {
  search(fingerprint: Fingerprint): Promise<KeyHits>;
  claim(claim: Claim): Promise<PromiseSettledResult<Outcome>>;
}

/** At most so many articles of a process go into one turn; the other processes wait for its end. */
const mostTogether = 16;
/** One for each pool of connections. */
const sharedBy = new WeakMap<Db, Shared>();

function sharedIn(db: Db): Shared {
  const known = sharedBy.get(db);
  if (known) return known;
  const shared: Shared = {
    search: together((fingerprints) => withIndexes(db, (trx) => searchKeys(trx, fingerprints)), mostTogether),
    claim: together((claims) => decideAll(db, claims), mostTogether),
  };
  sharedBy.set(db, shared);
  return shared;
}

/**
 * Decides what an article is to those in the store, and writes article, revision or copy, fingerprints, story, event and the link's
 * outcome: all or nothing. The same job delivered again changes nothing and gives the same outcome.
 *
 * No duplicate can be missed. Of two articles in different turns, the later turn has the one lock of all workers only when the earlier has
 * committed, and looks up what there is after that (but for what can be searched before: see `searchKeys`). Of two in one turn (articles that wait in one process share the next), the later
 * sees what the earlier wrote or could not have found it: see `decideInTurn`.
 */
export async function ingestArticle(store: Store, input: IngestInput): Promise<Outcome> {
  const { extracted, urlKey, pageUrl } = input;
  const shared = sharedIn(store.db);
  // What needs no lock comes first.
  const fingerprint = fingerprintOf(extracted.title, extracted.text);
  const hits = await shared.search(fingerprint);
  const ended = await shared.claim({
    input,
    fingerprint,
    hits,
    keys: pageKeys(urlKey, pageUrl, extracted.canonicalUrl),
  });
  if (ended.status === 'rejected') throw ended.reason;
  const outcome = ended.value;
  if (outcome.kind === 'duplicate' && outcome.match === 'near') await writeDifference(store.db, input, outcome.of);
  await flushCommits(store.db);
  return outcome;
}

/** One turn for all; when it fails, one for each, so that an article that cannot be stored does no harm to the others. */
async function decideAll(db: Db, claims: readonly Claim[]): Promise<readonly PromiseSettledResult<Outcome>[]> {
  const inOneTurn = (some: readonly Claim[]): Promise<Outcome[]> => takeTurns(db, (trx) => decideInTurn(trx, some));
  try {
    return (await inOneTurn(claims)).map((value) => ({ status: 'fulfilled', value }));
  } catch (reason) {
    if (claims.length === 1) return [{ status: 'rejected', reason }];
    return Promise.allSettled(claims.map(async (claim) => (await inOneTurn([claim]))[0] as Outcome));
  }
}

/**
 * Decides about one article after another, as if each had a turn of its own: they are looked up all at once, and an article that might
 * find something else by now, for what an earlier one wrote, is looked up again.
 */
async function decideInTurn(db: Db, claims: readonly Claim[]): Promise<Outcome[]> {
  const turn = new Turn(db);
  const looks = await lookUp(db, claims);
  await turn.expect(claims.map((claim) => claim.fingerprint));
  const written = new Set<string | number>();
  const outcomes: Outcome[] = [];
  for (const [place, claim] of claims.entries()) {
    let look = looks[place] as Look;
    if (turn.movedArticles || !findableBy(claim, look).isDisjointFrom(written)) {
      await turn.write();
      [look] = (await lookUp(db, [claim])) as [Look];
    }
    const outcome = await decideOne(turn, claim, look);
    // Seen again unchanged: the link did not change either.
    if (outcome !== look.earlier) turn.end(claim.input.urlKey, outcome, new Date(claim.input.now));
    for (const trace of findableBy(claim, look)) written.add(trace);
    outcomes.push(outcome);
  }
  await turn.write();
  return outcomes;
}

/** What the store knows of an article before it is decided about. */
interface Look {
  /** How its link ended before. */
  readonly earlier: Outcome | undefined;
  readonly candidates: Candidates;
}

async function lookUp(db: Db, claims: readonly Claim[]): Promise<Look[]> {
  const earlier = await earlierOutcomes(
    db,
    claims.map((claim) => claim.input.urlKey),
  );
  const candidates = await findCandidates(
    db,
    claims.map(({ keys, fingerprint, hits }) => ({ addresses: keys.all, fingerprint, hits })),
  );
  return claims.map(({ input }, place) => ({
    earlier: earlier.get(input.urlKey),
    candidates: candidates[place] as Candidates,
  }));
}

/**
 * Addresses, words and keys by which an article is looked up, and the articles that were found. It changes nothing but these articles
 * and adds nothing that can be found otherwise, so an article that has none of them in common with it would find the same again.
 */
function findableBy(
  { keys, fingerprint }: Claim,
  { candidates: { atAddress, sameText, near } }: Look,
): Set<string | number> {
  const found = [...atAddress.map((one) => one.kept), ...(sameText ? [sameText] : []), ...near];
  return new Set([
    ...keys.all,
    ...fingerprint.keys,
    ...(fingerprint.textHash ? [fingerprint.textHash] : []),
    ...found.map((one) => one.id),
  ]);
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

async function decideOne(
  turn: Turn,
  { input, keys, fingerprint }: Claim,
  { earlier, candidates }: Look,
): Promise<Outcome> {
  const { db } = turn;
  const known = knownAt(candidates, input.urlKey, fingerprint);
  const urlKey = known?.key ?? keys.own;
  if (known?.kept && !fillsHeadline(fingerprint, known.kept) && !isOwnDoor(known.kept, keys, earlier)) {
    if (earlier?.kind === 'duplicate' && earlier.of === known.kept.id) return earlier;
    const share = shareOf(known.kept.fingerprint, fingerprint);
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
  const decision = await decideAmong(candidates, article, fingerprint, turn);
  if (decision.kind === 'new') return publish(turn, input, urlKey, fingerprint, decision);
  // Seen again unchanged, or the same job delivered again: the link keeps its outcome.
  if (decision.kind === 'duplicate' && decision.match === 'url' && !decision.replaces && earlier) return earlier;
  const kept = keptIn(candidates, decision.of);
  if (decision.kind === 'duplicate') return addCopy(db, input, urlKey, kept, decision, fingerprint);
  await replaceText(db, input, kept, fingerprint, decision.substantive);
  return { kind: 'updated', article: kept.id };
}

/**
 * The first of the page's addresses that is known. A site that names one canonical address on all its pages would make each of them an
 * update of the last; so a claim that the link itself does not make needs a text that agrees.
 */
function knownAt(
  candidates: Candidates,
  link: CanonicalUrl,
  fingerprint: Fingerprint,
): { key: CanonicalUrl; kept: KeptArticle | undefined } | undefined {
  const [first] = candidates.atAddress;
  if (!first) return undefined;
  return first.key === link || sameArticle(first.kept.fingerprint, fingerprint)
    ? first
    : { key: link, kept: undefined };
}

function keptIn({ atAddress, sameText, near }: Candidates, id: ArticleId): KeptArticle {
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
  turn: Turn,
  input: IngestInput,
  key: CanonicalUrl,
  fingerprint: Fingerprint,
  { change, review }: Extract<Decision, { kind: 'new' }>,
): Promise<Outcome> {
  const { now } = input;
  const id = newArticleId(key, fingerprint.textHash);
  const story = change.story.id ?? id;
  const own = { id, key, text_hash: storedHash(fingerprint, key), story, first_seen_at: now, updated_at: now };
  const at = appearedAt(published(input), now);
  await turn.publish({ row: { ...own, ...content(input) }, fingerprint, change, at, review, now: new Date(now) });
  return { kind: 'published', article: id, story };
}

/** Puts the newcomer's text in the place of the kept one; the id stays, the old text becomes a revision. */
async function replaceText(
  db: Db,
  input: IngestInput,
  kept: KeptArticle,
  fingerprint: Fingerprint,
  substantive: boolean,
  key?: CanonicalUrl,
): Promise<void> {
  await sql`
    insert into revisions (article, replaced_at, title, text)
    select id, ${input.now}, title, text from articles where id = ${kept.id}
    on conflict do nothing`.execute(db);
  const taken = fingerprint.textHash !== undefined && (await isOthersText(db, fingerprint.textHash, kept.id));
  await db
    .updateTable('articles')
    .set({
      ...content(input),
      ...(key ? { key } : {}),
      // Another article's words: that one keeps the hash by which the words are found.
      text_hash: taken
        ? storedHash({ ...fingerprint, textHash: undefined }, kept.id)
        : storedHash(fingerprint, kept.id),
      ...(substantive ? { updated_at: input.now } : {}),
    })
    .where('id', '=', kept.id)
    .execute();
  await forgetFingerprint(db, kept.id, kept.fingerprint);
  await writeFingerprints(db, [{ article: kept.id, fingerprint }]);
  if (substantive) await writeEvent(db, 'updated', kept.id, new Date(input.now));
}

/** Notes where a copy stands ('also at'), or gives the article the copy's text where that is the better one. */
async function addCopy(
  db: Db,
  input: IngestInput,
  key: CanonicalUrl,
  kept: KeptArticle,
  copy: Pick<Extract<Decision, { kind: 'duplicate' }>, 'match' | 'share' | 'replaces'>,
  fingerprint?: Fingerprint,
): Promise<Outcome> {
  const { match, share } = copy;
  if (fingerprint && copy.replaces) {
    await keepAsCopy(db, input, kept, key, copy);
    await db.deleteFrom('copies').where('key', '=', key).execute();
    await replaceText(db, input, kept, fingerprint, isSubstantive(kept.fingerprint, fingerprint), key);
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

/** How the links ended before that did: what is seen again unchanged keeps its outcome. */
async function earlierOutcomes(db: Db, links: readonly string[]): Promise<Map<string, Outcome>> {
  const rows = await db
    .selectFrom('links')
    .innerJoin('articles', 'articles.id', 'links.article')
    .select(['links.key', 'links.outcome', 'links.match', 'articles.id', 'articles.story'])
    .where('links.key', '=', sql<string>`any(${[...links]}::text[])`)
    .execute();
  return new Map(
    rows.flatMap(({ key, outcome, match, id, story }): [string, Outcome][] => {
      if (outcome === 'published') return [[key, { kind: 'published', article: id, story }]];
      if (outcome === 'updated') return [[key, { kind: 'updated', article: id }]];
      const how = match === 'exact' || match === 'near' ? match : 'url';
      return outcome === 'duplicate' ? [[key, { kind: 'duplicate', of: id, match: how }]] : [];
    }),
  );
}
