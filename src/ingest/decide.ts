import { appearedAt, type Decision, type DedupeInput, decide, fillsHeadline, shareOf } from '../dedupe/decide.ts';
import type { Candidates, Copy, KeyHits, KnownArticle } from '../dedupe/dedupe-index.ts';
import type { Fingerprint } from '../dedupe/fingerprint.ts';
import { newArticleId, type PageKeys } from '../dedupe/identity.ts';
import type { ReviewItem } from '../dedupe/review-item.ts';
import { sameArticle } from '../dedupe/same-article.ts';
import type { StoryChange } from '../dedupe/stories.ts';
import type { StoryIndex } from '../dedupe/story-index.ts';
import { isSubstantive } from '../dedupe/substantive.ts';
import type { ArticleId, Outcome } from '../domain/article.ts';
import type { CanonicalUrl } from '../text/canonical-url.ts';

/** An article about which is to be decided. */
export interface Claim<Content> {
  /** Its address is told by `addresses`. */
  readonly article: Omit<DedupeInput, 'urlKey'>;
  /** Undefined in lists whose articles have none. */
  readonly addresses: (PageKeys & { readonly link: CanonicalUrl }) | undefined;
  /** Given where articles have ids of their own; else it is made of address and text. */
  readonly id?: ArticleId;
  readonly fingerprint: Fingerprint;
  readonly hits?: KeyHits;
  /** What else is stored of it. */
  readonly content: Content;
}

/** What the store knows of an article before it is decided about. */
export interface Known {
  /** How its link ended before. */
  readonly earlier: Outcome | undefined;
  readonly candidates: Candidates;
}

/** What an article is to those in the store, and what is written for it. */
export type Verdict =
  | {
      readonly kind: 'new';
      readonly article: KnownArticle;
      readonly change: StoryChange;
      readonly review: ReviewItem | undefined;
    }
  | {
      readonly kind: 'update';
      readonly known: KnownArticle;
      readonly version: KnownArticle;
      readonly substantive: boolean;
      /** Given where the new version came as a copy that is the better text. */
      readonly copy?: Copy;
    }
  | { readonly kind: 'copy'; readonly of: KnownArticle; readonly copy: Copy }
  /** Seen again unchanged, or the same job delivered again. */
  | { readonly kind: 'unchanged'; readonly outcome: Outcome };

/** Decides what an article is to those that are known. Writes nothing; asks `stories` for articles that are new. */
export async function decideOne<Content>(
  claim: Claim<Content>,
  { earlier, candidates }: Known,
  stories: StoryIndex,
): Promise<Verdict> {
  const { addresses, article, fingerprint } = claim;
  const at = addresses && knownAt(candidates, addresses.link, fingerprint);
  const urlKey = at?.key ?? addresses?.own;
  const named = at?.article;
  if (addresses && named && !fillsHeadline(fingerprint, named) && !isOwnPage(named, addresses, earlier)) {
    if (earlier?.kind === 'duplicate' && earlier.of === named.id) return { kind: 'unchanged', outcome: earlier };
    const share = shareOf(named.fingerprint, fingerprint);
    return { kind: 'copy', of: named, copy: { key: addresses.page, match: 'url', share } };
  }
  const decision = await decide(candidates, { ...article, urlKey }, fingerprint, stories);
  if (decision.kind === 'new') return publication(claim, urlKey, decision);
  if (decision.kind === 'duplicate' && decision.match === 'url' && !decision.replaces && earlier)
    return { kind: 'unchanged', outcome: earlier };
  const known = candidateOf(candidates, decision.of);
  const version = versionOf(claim, urlKey, known);
  if (decision.kind === 'update') return { kind: 'update', known, version, substantive: decision.substantive };
  const copy: Copy = { key: urlKey, match: decision.match, share: decision.share };
  if (!decision.replaces) return { kind: 'copy', of: known, copy };
  return { kind: 'update', known, version, substantive: isSubstantive(known.fingerprint, fingerprint), copy };
}

/** How the link of an article ends that was decided about. */
export function outcomeOf(verdict: Verdict): Outcome {
  switch (verdict.kind) {
    case 'new':
      return { kind: 'published', article: verdict.article.id, story: verdict.article.story };
    case 'update':
      if (verdict.copy) return { kind: 'duplicate', of: verdict.known.id, match: verdict.copy.match };
      return { kind: 'updated', article: verdict.known.id };
    case 'copy':
      return { kind: 'duplicate', of: verdict.of.id, match: verdict.copy.match };
    case 'unchanged':
      return verdict.outcome;
    default:
      return verdict satisfies never;
  }
}

/**
 * The first of the page's addresses that is known. A site that names one canonical address on all its pages would make each of them an
 * update of the last; so a claim that the link itself does not make needs a text that agrees.
 */
function knownAt(
  candidates: Candidates,
  link: CanonicalUrl,
  fingerprint: Fingerprint,
): { readonly key: CanonicalUrl; readonly article: KnownArticle | undefined } | undefined {
  const [first] = candidates.atAddress;
  if (!first) return undefined;
  const agrees = first.key === link || sameArticle(first.article.fingerprint, fingerprint);
  return agrees ? first : { key: link, article: undefined };
}

/** Whether the page is the article's own, whose changes count, and not an AMP page or another address that only names it. */
const isOwnPage = (known: KnownArticle, addresses: PageKeys, earlier: Outcome | undefined): boolean =>
  known.urlKey === addresses.page ||
  ((earlier?.kind === 'published' || earlier?.kind === 'updated') && earlier.article === known.id);

function candidateOf({ atAddress, sameText, near }: Candidates, id: ArticleId): KnownArticle {
  const known = [...atAddress.map((one) => one.article), sameText, ...near].find((article) => article?.id === id);
  if (!known) throw new Error(`article ${id} was decided about and not found`);
  return known;
}

function publication<Content>(
  claim: Claim<Content>,
  urlKey: CanonicalUrl | undefined,
  { change, review }: Extract<Decision, { kind: 'new' }>,
): Verdict {
  const id = claim.id ?? (urlKey && newArticleId(urlKey, claim.fingerprint.textHash));
  if (id === undefined) throw new Error('an article without an address needs an id');
  const { seenAt } = claim.article;
  return {
    kind: 'new',
    article: versionOf(claim, urlKey, { id, story: change.story.id ?? id, seenAt }),
    change,
    review,
  };
}

function versionOf<Content>(
  { article, fingerprint }: Claim<Content>,
  urlKey: CanonicalUrl | undefined,
  { id, story, seenAt }: Pick<KnownArticle, 'id' | 'story' | 'seenAt'>,
): KnownArticle {
  const { source, agency, title, published } = article;
  return { id, urlKey, source, agency, at: appearedAt(published, seenAt), seenAt, title, fingerprint, story };
}
