import type { ArticleId, Instant, StoryId } from '../domain/article.ts';
import type { CanonicalUrl } from '../text/canonical-url.ts';
import { contradicts, type Told } from './contradiction.ts';
import type { Candidates, KnownArticle } from './dedupe-index.ts';
import { compare, type Side } from './features.ts';
import { type Fingerprint, isHeadlineAlone } from './fingerprint.ts';
import { versionAmong } from './headline-versions.ts';
import { judge } from './judge.ts';
import { shared } from './number-set.ts';
import type { ReviewItem } from './review-item.ts';
import { isSeries } from './series.ts';
import { sourceBoilerplate } from './source-boilerplate.ts';
import { findStory, type StoryChange } from './stories.ts';
import type { StoryIndex } from './story-index.ts';
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
      /** Share of the known article's text that the newcomer holds, 0…1; 0 where one of the two is a headline alone. */
      readonly share: number;
      /** The newcomer is the better text of the two and takes the place of the known one, whose id stays. */
      readonly replaces: boolean;
    };

/** When an article appeared: as it says itself, but not after it was seen (a slip, or a page from the future). */
export function appearedAt<T extends Instant | undefined>(published: Instant | undefined, seenAt: T): Instant | T {
  return published !== undefined && (seenAt === undefined || Date.parse(published) <= Date.parse(seenAt))
    ? published
    : seenAt;
}

/**
 * Says what a newcomer is to the articles published so far.
 * @param fingerprint that of its title and text
 * @param stories asked only for articles that are new
 */
export async function decide(
  candidates: Candidates,
  article: DedupeInput,
  fingerprint: Fingerprint,
  stories: StoryIndex,
): Promise<Decision> {
  const sameUrl = candidates.atAddress.find((one) => one.key === article.urlKey)?.article;
  if (sameUrl) return atSameUrl(article, fingerprint, sameUrl);
  const { sameText } = candidates;
  if (sameText) return { kind: 'duplicate', of: sameText.id, match: 'exact', share: 1, replaces: false };

  const at = appearedAt(article.published, article.seenAt);
  const newcomer = { ...{ at, source: article.source }, terms: fingerprint.terms, outline: fingerprint.outline };
  if (isHeadlineAlone(fingerprint)) {
    // Texts are no candidates: nothing is merged with an article on its headline alone.
    const headlines = candidates.near.filter((known) => isHeadlineAlone(known.fingerprint));
    const version = await versionAmong({ title: article.title, fingerprint }, at, headlines, stories);
    if (!version) return { kind: 'new', change: await findStory(newcomer, stories, new Set()), review: undefined };
    const replaces = article.title !== version.title && isBetter(article, fingerprint, version);
    return { kind: 'duplicate', of: version.id, match: 'near', share: 0, replaces };
  }
  const { duplicate, review, series } = compareAll(
    { ...{ title: article.title, fingerprint }, source: article.source, at },
    candidates.near,
  );
  if (duplicate) {
    const share = shareOf(duplicate.fingerprint, fingerprint);
    const replaces = isBetter(article, fingerprint, duplicate);
    return { kind: 'duplicate', of: duplicate.id, match: 'near', share, replaces };
  }
  return { kind: 'new', change: await findStory(newcomer, stories, series), review };
}

/** What comparing the newcomer with its candidates shows. */
interface Compared {
  /** The candidate that is the same article, the surest of them. */
  readonly duplicate: KnownArticle | undefined;
  /** The most alike of those that the operator should look at. */
  readonly review: ReviewItem | undefined;
  /** Stories of other reports of its series. */
  readonly series: ReadonlySet<StoryId>;
}

function compareAll(newcomer: Side & Told, near: readonly KnownArticle[]): Compared {
  let duplicate: { known: KnownArticle; score: number } | undefined;
  let review: ReviewItem | undefined;
  const series = new Set<StoryId>();
  for (const known of near) {
    const features = compare(newcomer, known, sourceBoilerplate(newcomer, known, near));
    const { verdict: alike, score } = judge(features);
    const verdict = alike === 'duplicate' && contradicts(newcomer, known) ? 'review' : alike;
    if (isSeries(features) && features.containment >= 0.4) series.add(known.story);
    if (verdict === 'duplicate' && (!duplicate || score > duplicate.score)) duplicate = { known, score };
    if (verdict === 'review' && (!review || score > review.score)) review = { of: known.id, score, features };
  }
  return { duplicate: duplicate?.known, review, series };
}

function atSameUrl(article: DedupeInput, fingerprint: Fingerprint, known: KnownArticle): Decision {
  const fills = fillsHeadline(fingerprint, known);
  const empties = isHeadlineAlone(fingerprint) && !isHeadlineAlone(known.fingerprint);
  const same = known.fingerprint.textHash === fingerprint.textHash && known.title === article.title;
  // A copy's page that changed is still a copy: only the known article's own page can change it.
  if (same || empties || known.urlKey !== article.urlKey) {
    const share = shareOf(known.fingerprint, fingerprint);
    return { kind: 'duplicate', of: known.id, match: 'url', share, replaces: fills };
  }
  return { kind: 'update', of: known.id, substantive: isSubstantive(known.fingerprint, fingerprint) };
}

/** Whether a text has come for what is a headline alone so far. */
export const fillsHeadline = (fingerprint: Fingerprint, known: KnownArticle): boolean =>
  isHeadlineAlone(known.fingerprint) && !isHeadlineAlone(fingerprint);

/** Share of the known article's text that a copy holds, 0…1; 0 where one of the two is a headline alone. */
export function shareOf(known: Fingerprint, copy: Fingerprint): number {
  if (isHeadlineAlone(known) || isHeadlineAlone(copy)) return 0;
  return known.shingles.length === 0 ? 1 : shared(known.shingles, copy.shingles) / known.shingles.length;
}

/** So much longer, and with nearly all of the other's words, a text is the whole of which the other was a part; a third more may be the outlet's own additions. */
const moreComplete = 1.7;
const nearlyAll = 0.85;

/** Whether the newcomer is the text to keep: the outlet's own later version, the agency's original, or the whole of what was a part. */
function isBetter(article: DedupeInput, fingerprint: Fingerprint, known: KnownArticle): boolean {
  const covers = shareOf(known.fingerprint, fingerprint) >= nearlyAll;
  if (article.source === known.source) {
    const at = appearedAt(article.published, article.seenAt);
    const later = at === undefined || known.at === undefined || Date.parse(at) >= Date.parse(known.at);
    return later && fingerprint.length >= known.fingerprint.length * nearlyAll;
  }
  const isAgency = (source: string): boolean =>
    known.agency !== undefined && source.toLowerCase().includes(known.agency.toLowerCase());
  if (isAgency(known.source)) return false;
  if (isAgency(article.source)) return covers;
  return covers && fingerprint.length >= known.fingerprint.length * moreComplete;
}
