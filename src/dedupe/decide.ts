import type { ArticleId, Instant, StoryId } from '../domain/article.ts';
import type { CanonicalUrl } from '../text/canonical-url.ts';
import type { Candidates, DedupeIndex, KeptArticle, StoryIndex } from './dedupe-index.ts';
import { compare, type Features, type Side } from './features.ts';
import { type Fingerprint, fingerprintOf, isHeadlineAlone } from './fingerprint.ts';
import { versionAmong } from './headline-versions.ts';
import { judge } from './judge.ts';
import { shared } from './number-set.ts';
import { isSeries } from './series.ts';
import { sourceBoilerplate } from './source-boilerplate.ts';
import { findStory, type StoryChange } from './stories.ts';
import { isSubstantive } from './substantive.ts';

/** An article about which is to be decided. */
export interface DedupeInput {
  /** Undefined where the article has no address of its own. */
  readonly urlKey: CanonicalUrl | undefined;
  readonly title: string;
  /** Plain text. */
  readonly text: string;
  readonly published?: Instant | undefined;
  /** Undefined only in lists without any time. */
  readonly seenAt: Instant | undefined;
  readonly lang?: string | undefined;
  readonly source: string;
  /** The agency that the text names as its origin. */
  readonly agency?: string | undefined;
}

/** A published article that may be the same one, for the operator to say. */
export interface ReviewItem {
  readonly of: ArticleId;
  readonly score: number;
  readonly features: Features;
}

export type Decision =
  | {
      readonly kind: 'new';
      /** The story it continues or opens, and what that changes. */
      readonly change: StoryChange;
      readonly review: ReviewItem | undefined;
    }
  | {
      readonly kind: 'update';
      readonly of: ArticleId;
      /** More than 3 % of the text, a number or the headline is different. */
      readonly substantive: boolean;
    }
  | {
      readonly kind: 'duplicate';
      readonly of: ArticleId;
      readonly match: 'url' | 'exact' | 'near';
      /** Share of the kept article's text that the newcomer holds, 0…1; 0 where one of the two is a headline alone. */
      readonly share: number;
      /** The newcomer is the better text of the two and takes the place of the kept one, whose id stays. */
      readonly replaces: boolean;
    };

/** A decision and the fingerprint made for it, which the index stores. */
export interface Decided {
  readonly decision: Decision;
  readonly fingerprint: Fingerprint;
}

/** When an article appeared: as it says itself, but not after it was seen (a slip, or a page from the future). */
export function appearedAt<T extends Instant | undefined>(published: Instant | undefined, seenAt: T): Instant | T {
  return published !== undefined && (seenAt === undefined || Date.parse(published) <= Date.parse(seenAt))
    ? published
    : seenAt;
}

/** Says what a newcomer is to the articles published so far. Reads the index and changes nothing. */
export async function decide(article: DedupeInput, index: DedupeIndex): Promise<Decided> {
  const fingerprint = fingerprintOf(article.title, article.text);
  const candidates = await index.find(article.urlKey ? [article.urlKey] : [], fingerprint);
  return { decision: await decideAmong(candidates, article, fingerprint, index), fingerprint };
}

/** The same for an article whose fingerprint and candidates are at hand; the index is asked for stories only. */
export async function decideAmong(
  candidates: Candidates,
  article: DedupeInput,
  fingerprint: Fingerprint,
  index: StoryIndex,
): Promise<Decision> {
  const sameUrl = candidates.atAddress.find((one) => one.key === article.urlKey)?.kept;
  if (sameUrl) return atSameUrl(article, fingerprint, sameUrl);
  if (candidates.sameText)
    return { kind: 'duplicate', of: candidates.sameText.id, match: 'exact', share: 1, replaces: false };

  const at = appearedAt(article.published, article.seenAt);
  if (isHeadlineAlone(fingerprint)) {
    // Texts are no candidates: nothing is merged with an article on its headline alone.
    const headlines = candidates.near.filter((kept) => isHeadlineAlone(kept.fingerprint));
    const version = await versionAmong(article.title, at, headlines, index);
    if (!version)
      return { kind: 'new', change: await findStory(fingerprint.terms, at, index, new Set()), review: undefined };
    const replaces = article.title !== version.title && isBetter(article, fingerprint, version);
    return { kind: 'duplicate', of: version.id, match: 'near', share: 0, replaces };
  }
  const newcomer: Side = { fingerprint, source: article.source, at };
  let duplicate: { kept: KeptArticle; score: number } | undefined;
  let review: ReviewItem | undefined;
  const series = new Set<StoryId>();
  for (const kept of candidates.near) {
    const features = compare(newcomer, kept, sourceBoilerplate(newcomer, kept, candidates.near));
    const { verdict, score } = judge(features);
    if (isSeries(features) && features.containment >= 0.4) series.add(kept.story);
    if (verdict === 'duplicate' && (!duplicate || score > duplicate.score)) duplicate = { kept, score };
    if (verdict === 'review' && (!review || score > review.score)) review = { of: kept.id, score, features };
  }
  if (duplicate) {
    const share = shareOf(duplicate.kept.fingerprint, fingerprint);
    return {
      kind: 'duplicate',
      of: duplicate.kept.id,
      match: 'near',
      share,
      replaces: isBetter(article, fingerprint, duplicate.kept),
    };
  }
  return { kind: 'new', change: await findStory(fingerprint.terms, newcomer.at, index, series), review };
}

function atSameUrl(article: DedupeInput, fingerprint: Fingerprint, kept: KeptArticle): Decision {
  const fills = fillsHeadline(fingerprint, kept);
  const empties = isHeadlineAlone(fingerprint) && !isHeadlineAlone(kept.fingerprint);
  const same = kept.fingerprint.textHash === fingerprint.textHash && kept.title === article.title;
  // A copy's page that changed is still a copy: only the kept article's own page can change it.
  if (same || empties || kept.urlKey !== article.urlKey) {
    return {
      kind: 'duplicate',
      of: kept.id,
      match: 'url',
      share: shareOf(kept.fingerprint, fingerprint),
      replaces: fills,
    };
  }
  return { kind: 'update', of: kept.id, substantive: isSubstantive(kept.fingerprint, fingerprint) };
}

/** Whether a text has come for what is a headline alone so far. */
export const fillsHeadline = (fingerprint: Fingerprint, kept: KeptArticle): boolean =>
  isHeadlineAlone(kept.fingerprint) && !isHeadlineAlone(fingerprint);

/** Share of the kept article's text that a copy holds, 0…1; 0 where one of the two is a headline alone. */
export function shareOf(kept: Fingerprint, copy: Fingerprint): number {
  if (isHeadlineAlone(kept) || isHeadlineAlone(copy)) return 0;
  return kept.shingles.length === 0 ? 1 : shared(kept.shingles, copy.shingles) / kept.shingles.length;
}

/** So much longer, and with nearly all of the other's words, a text is the whole of which the other was a part; a third more may be the outlet's own additions. */
const moreComplete = 1.7;
const nearlyAll = 0.85;

/** Whether the newcomer is the text to keep: the outlet's own later version, the agency's original, or the whole of what was a part. */
function isBetter(article: DedupeInput, fingerprint: Fingerprint, kept: KeptArticle): boolean {
  const covers = shareOf(kept.fingerprint, fingerprint) >= nearlyAll;
  if (article.source === kept.source) {
    const at = appearedAt(article.published, article.seenAt);
    const later = at === undefined || kept.at === undefined || Date.parse(at) >= Date.parse(kept.at);
    return later && fingerprint.length >= kept.fingerprint.length * nearlyAll;
  }
  const isAgency = (source: string): boolean =>
    kept.agency !== undefined && source.toLowerCase().includes(kept.agency.toLowerCase());
  if (isAgency(kept.source)) return false;
  if (isAgency(article.source)) return covers;
  return covers && fingerprint.length >= kept.fingerprint.length * moreComplete;
}
