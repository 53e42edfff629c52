import { contradicts } from './contradiction.ts';
import { eventKind, eventKinds } from './event-words.ts';
import { fingerprintOf } from './fingerprint.ts';
import { hashWord } from './hash.ts';
import { matterOf } from './headline-words.ts';
import { wordsOf } from './words.ts';

/** To which version and story a headline of a list belongs, named by the place of the first headline of each. */
export interface HeadlineGroup {
  readonly version: number;
  readonly story: number;
}

/** Weighted share of the shorter headline from which two are versions of one; each version must be as like to every other. */
const versionShare = 0.55;
/** From here on two headlines tell one story; a group must be so alike on average. */
const storyShare = 0.3;
/** A kind of event in common says more than a word; one that the other headline does not name says no more. */
const kindWeight = 2;
const kindHash = (kind: string): number => hashWord(`kind of event: ${kind}`);
const kindHashes = new Set(eventKinds.map(kindHash));

/**
 * Groups a ticker's headlines into versions of one article and stories of one event, from the headlines alone. A word counts for more
 * the fewer headlines of the list hold it, so the list should be a day's or a week's, not a handful.
 */
export function groupHeadlines(headlines: readonly string[]): HeadlineGroup[] {
  const versions = link(apart(headlines, sharesOf(headlines.map(stemsOf))), versionShare, Math.min);
  const stories = link(sharesOf(headlines.map(eventsOf)), storyShare, mean);
  return headlines.map((_, index) => {
    const version = versions[index] ?? index;
    return { version, story: stories[version] ?? index };
  });
}

/** The shares without those of headlines that contradict each other, which are no versions of one. */
function apart(headlines: readonly string[], shares: readonly (readonly number[])[]): number[][] {
  const told = headlines.map((title) => ({ title, fingerprint: fingerprintOf(title, '') }));
  return shares.map((row, one) =>
    row.map((share, other) => {
      const [a, b] = [told[one], told[other]];
      return share >= versionShare && a && b && contradicts(a, b) ? 0 : share;
    }),
  );
}

/** Weighted share of the shorter headline that each two have in common. */
function sharesOf(words: readonly ReadonlySet<number>[]): number[][] {
  const holding = new Map<number, number>();
  for (const own of words) for (const word of own) holding.set(word, (holding.get(word) ?? 0) + 1);
  const weight = (word: number): number => Math.log((words.length + 1) / ((holding.get(word) ?? 0) + 0.5));
  const inCommon = (word: number): number => weight(word) * (kindHashes.has(word) ? kindWeight : 1);
  const total = words.map((own) => sum([...own].map(weight)));
  return words.map((a, one) =>
    words.map((b, other) => {
      const shorter = Math.min(total[one] ?? 0, total[other] ?? 0);
      return shorter === 0 ? 0 : sum([...a].filter((word) => b.has(word)).map(inCommon)) / shorter;
    }),
  );
}

/** Words that carry the matter, without endings. */
const stemsOf = (headline: string): Set<number> => new Set([...matterOf(wordsOf(headline)).keys()].map(hashWord));

/** The same, with the kinds of events in place of the words that name them. */
function eventsOf(headline: string): Set<number> {
  const kinds = wordsOf(headline).all.flatMap((word) => eventKind(word) ?? []);
  const named = wordsOf(headline).all.filter((word) => eventKind(word) === undefined);
  return new Set([...stemsOf(named.join(' ')), ...kinds.map(kindHash)]);
}

/** Puts the most alike together first; two groups become one when what `judge` makes of the shares of their pairs is enough. */
function link(
  shares: readonly (readonly number[])[],
  least: number,
  judge: (...shares: readonly number[]) => number,
): number[] {
  const groupOf = shares.map((_, index) => index);
  const pairs = shares.flatMap((row, a) => row.slice(0, a).map((share, b) => ({ a, b, share })));
  const alike = pairs.filter((pair) => pair.share >= least).sort((x, y) => y.share - x.share);
  const members = (group: number): number[] => groupOf.flatMap((own, index) => (own === group ? [index] : []));
  for (const { a, b } of alike) {
    const one = groupOf[a] ?? a;
    const other = groupOf[b] ?? b;
    if (one === other) continue;
    const between = members(one).flatMap((x) => members(other).map((y) => shares[x]?.[y] ?? 0));
    if (judge(...between) < least) continue;
    for (const index of [...members(one), ...members(other)]) groupOf[index] = Math.min(one, other);
  }
  return groupOf;
}

const mean = (...values: readonly number[]): number => sum(values) / values.length;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
