import type { ArticleId, Instant, StoryId } from '../domain/article.ts';
import { dayMs } from '../domain/time.ts';
import { hashWord } from './hash.ts';
import { rarity } from './rarity.ts';
import { eventEvidence, mostEvidence } from './same-event.ts';
import { leadingTerms, openDays, type StoryIndex, type StoryMember, type StoryState } from './story-index.ts';
import { type Outline, type StoryMark, weighed } from './story-mark.ts';
import type { StoryTerms, TermCounts } from './story-terms.ts';

/*
 * A story is a sum of vectors of unit length, one an article, and two stories are as like as their articles are on average, measured
 * by how like the articles within each are: the reports of one event by many outlets are much alike, and a similar event of another
 * year must not join them for the words that both use. The sums hold all that this needs (average-link clustering, exactly), so an
 * article is compared with a story, not with its articles. BCubed F1 on the development sets BASIL / ECB+: cosine to the centroid
 * .972 / .837, mean likeness alone .977 / .887, measured by what is within 1.0 / .926 (topics halved at random: .933 and .922).
 * Words alone put two events together that are told alike; what their headlines name tells them apart (`eventEvidence`).
 */

/** Groups are one story when the mean likeness between them is at least so much of the mean likeness within them. */
const belongs = 0.6;
/** Mean likeness within a story of one article, and the least that is taken of any: loose stories must not become looser. */
const usual = 0.25;
/** A story is taken for a usual one until it has many more pairs of articles than this. */
const usualPairs = 3;
/** What is left of a likeness when the two are further apart in time than `openDays`. */
const afterwards = 0.75;
/**
 * What is left of a likeness between stories of fewer terms than these, which are told by headlines alone: a word in common is a large part
 * of a headline, by chance too. Of the pairs that it joins in the seed's ticker 7 of 7 are right (11 of 14 at 0.6), in BASIL's headlines
 * all (98 % at 0.6). Between a headline and an article nothing is lost: 79 of 87 pairs of BASIL, none wrong.
 */
const byHeadlines = 0.5;
const headlineTerms = 40;
/** One word in common, a country mostly, makes no story of two headlines. */
const fewestInCommon = 2;
/** More likeness than this is no more evidence: reports of two events told alike are more alike than two outlets' of one. */
const mostLikeness = 2;
/** Below this, no evidence makes stories one. */
const leastLikeness = 0.3;
/** Of so many of its articles a story remembers headline and lead: the first ones and the latest. */
const marksRemembered = 6;
/** So many of an article's heaviest terms are compared, and so many does a story remember. */
const termsCompared = 120;
const termsRemembered = 400;
/** When a story has grown to so many articles it is looked at anew: are they still one? Each step is about a third more. */
const looks = [4, 6, 8, 11, 16, 23, 32, 45, 64];

/** An article whose story is looked for. */
export interface StoryNewcomer {
  readonly terms: StoryTerms;
  readonly outline: Outline;
  readonly at: Instant | undefined;
  readonly source: string;
}

/** A story as it is after an article came. */
export interface GrownStory extends StoryState {
  /** Undefined when the new article opened it. */
  readonly id: StoryId | undefined;
  /** Stories that turned out to be the same one; the oldest of all gives its id. */
  readonly absorbs: readonly StoryId[];
  /** Articles that come over from a story that turned out to be two. */
  readonly takes: readonly ArticleId[];
  /** The terms by which it is found, with their weights in its vector of unit length. */
  readonly leading: StoryTerms;
}

/** What an article's arrival makes of the stories. */
export interface StoryChange {
  /** The new article's own. */
  readonly story: GrownStory;
  /** What else is left of a story that turned out to be several. */
  readonly others: readonly GrownStory[];
}

/**
 * The story that an article belongs to, or the one that it opens. It may show that stories are one, or that one is several.
 * @param closed stories that it does not belong to, however alike: the same report of another day is not the same event
 */
export async function findStory(
  newcomer: StoryNewcomer,
  index: StoryIndex,
  closed: ReadonlySet<StoryId>,
): Promise<StoryChange> {
  const alone = single(newcomer, await index.termCounts([...newcomer.terms.keys()]));
  const known = (await index.byTerms(heaviest(alone.terms), newcomer.at)).filter((story) => !closed.has(story.id));
  const joined = mostAlike(alone, known);
  if (!joined) return { story: grown(alone, undefined), others: [] };
  let whole = union(joined, alone);
  const parts = [joined];
  for (;;) {
    const same = mostAlike(
      whole,
      known.filter((story) => !parts.includes(story)),
    );
    if (!same) break;
    whole = union(whole, same);
    parts.push(same);
  }
  const [oldest = joined, ...others] = parts.toSorted((a, b) => (a.first ?? '').localeCompare(b.first ?? ''));
  const story = { ...grown(whole, oldest.id), absorbs: others.map((other) => other.id) };
  if (!looks.some((size) => joined.articles < size && whole.articles >= size)) return { story, others: [] };
  const members = await index.members(
    parts.map((part) => part.id),
    looks.at(-1) ?? 0,
  );
  if (members.length + 1 !== whole.articles) return { story, others: [] };
  const counts = await index.termCounts([...new Set(members.flatMap((member) => [...member.terms.keys()]))]);
  return lookAgain(story, alone, members, counts);
}

/** An article as a story of its own. */
const single = ({ terms, outline, at, source }: StoryNewcomer, counts: TermCounts): StoryState => ({
  ...{ articles: 1, first: at, latest: at, terms: unitVector(terms, counts) },
  marks: [weighed({ ...outline, at, source: hashWord(source) }, counts)],
});

/** One of the articles of a story that is looked at anew; the newcomer has no id yet. */
interface Part extends StoryState {
  readonly members: readonly (ArticleId | undefined)[];
}

/** Puts a story's articles together from nothing. Where they are one again, it stays as it was. */
function lookAgain(
  story: GrownStory,
  newcomer: StoryState,
  members: readonly StoryMember[],
  counts: TermCounts,
): StoryChange {
  const parts = cluster([
    ...members.map((member): Part => ({ ...single(member, counts), members: [member.id] })),
    { ...newcomer, members: [undefined] },
  ]);
  if (parts.length === 1) return { story, others: [] };
  // The article that opened the story stays in it, so an article's id is no other story's than its own.
  const keeper = parts.find((part) => part.members.includes(story.id)) ?? parts.find((part) => part.members[0]);
  const named = parts.map((part): GrownStory & { readonly own: boolean } => {
    const ids = part.members.filter((id) => id !== undefined);
    const own = ids.length < part.members.length;
    if (part === keeper) return { ...grown(part, story.id), absorbs: story.absorbs, own };
    return { ...grown(part, ids[0]), takes: ids, own };
  });
  const first = named.find((part) => part.own) ?? story;
  return { story: first, others: named.filter((part) => part !== first) };
}

/**
 * Average-link clustering: the most alike first, until no two groups are alike enough. The product of two sums is the sum of their
 * products, so no two vectors are multiplied again: a look at 64 articles takes some milliseconds.
 */
function cluster(singles: readonly Part[]): Part[] {
  const groups: Group[] = [];
  for (const [at, part] of singles.entries()) {
    const before = singles.slice(0, at);
    const [products, evidences] = [
      before.map((b) => product(part.terms, b.terms)),
      before.map((b) => evidence(part, b)),
    ];
    for (const [index, one] of groups.entries()) {
      one.products.push(products[index] ?? 0);
      one.evidence.push(evidences[index] ?? 0);
    }
    groups.push({ part, products: [...products, squareOf(part)], evidence: [...evidences, 0] });
  }
  const live = new Set(groups.keys());
  const group = (index: number): Group => groups[index] as Group;
  const between = (a: number, b: number): number => group(a).products[b] ?? 0;
  const share = (a: number, b: number): number => {
    const alike = likenessBy(between(a, b), group(a).part, between(a, a), group(b).part, between(b, b));
    return weighEvidence(alike, (group(a).evidence[b] ?? 0) / (group(a).part.articles * group(b).part.articles));
  };
  const shares = singles.map((_, a) => singles.map((_, b) => (b < a ? share(a, b) : 0)));
  for (;;) {
    let best: { a: number; b: number; share: number } | undefined;
    for (const a of live) {
      for (const b of live) {
        const alike = b < a ? (shares[a]?.[b] ?? 0) : 0;
        if (alike >= belongs && (!best || alike > best.share)) best = { a, b, share: alike };
      }
    }
    if (!best) return [...live].map((index) => group(index).part);
    const { a: gone, b: into } = best;
    live.delete(gone);
    const [a, b] = [group(into), group(gone)];
    const self = between(into, into) + 2 * between(into, gone) + between(gone, gone);
    const part = { ...union(a.part, b.part), members: [...a.part.members, ...b.part.members] };
    const sums = (one: readonly number[], two: readonly number[]) =>
      one.map((value, index) => value + (two[index] ?? 0));
    groups[into] = { part, products: sums(a.products, b.products), evidence: sums(a.evidence, b.evidence) };
    for (const other of live) {
      group(other).products[into] = between(into, other);
      group(other).evidence[into] = group(into).evidence[other] ?? 0;
    }
    group(into).products[into] = self;
    for (const other of live) {
      const [high, low] = other < into ? [into, other] : [other, into];
      const row = shares[high];
      if (row && high !== low) row[low] = share(high, low);
    }
  }
}

/** Articles put together so far, and the product of their sum with that of each other group, itself included. */
interface Group {
  readonly part: Part;
  readonly products: number[];
  /** The same of the evidence of its articles' headlines. */
  readonly evidence: number[];
}

/** The one of the others that is most alike and belongs to it; of equals the first. Evidence is asked of those alone that it could join. */
function mostAlike<T extends StoryState>(story: StoryState, others: readonly T[]): T | undefined {
  const likely = others
    .map((other, index) => ({ other, index, alike: likeness(story, other) }))
    .filter(({ alike }) => alike >= leastLikeness)
    .sort((a, b) => b.alike - a.alike);
  let best: { other: T; index: number; share: number } | undefined;
  for (const { other, index, alike } of likely) {
    if (weighEvidence(alike, mostEvidence) < (best?.share ?? belongs)) break;
    const share = weighEvidence(alike, evidence(story, other));
    if (share < belongs || share < (best?.share ?? 0)) continue;
    if (!best || share > best.share || index < best.index) best = { other, index, share };
  }
  return best?.other;
}

/** Mean likeness of the words of the articles of two stories, as a share of that within them. */
function likeness(a: StoryState, b: StoryState): number {
  const between = product(a.terms, b.terms);
  // No story counts for looser than a usual one: of most that share a term this tells already that they are others.
  const most = between / (a.articles * b.articles) / usual;
  return most < leastLikeness ? most : likenessBy(between, a, squareOf(a), b, squareOf(b));
}

const weighEvidence = (alike: number, mean: number): number => Math.min(alike, mostLikeness) * Math.exp(mean);

/** Mean evidence of the remembered articles of two stories that they are one. */
function evidence(a: StoryState, b: StoryState): number {
  let sum = 0;
  for (const one of a.marks) for (const other of b.marks) sum += eventEvidence(one, other);
  return sum / Math.max(1, a.marks.length * b.marks.length);
}

/** @param between product of the two sums, squareA and squareB: of each with itself */
function likenessBy(between: number, a: StoryState, squareA: number, b: StoryState, squareB: number): number {
  const apart = daysApart(a, b) > openDays ? afterwards : 1;
  const inner = Math.sqrt(within(a.articles, squareA) * within(b.articles, squareB));
  const told = Math.max(a.terms.size, b.terms.size) < headlineTerms ? headlinesShare(a, b) : 1;
  return ((between / (a.articles * b.articles)) * apart * told) / inner;
}

/** What is left of the likeness of stories told by headlines alone. */
function headlinesShare(a: StoryState, b: StoryState): number {
  let common = 0;
  for (const term of a.terms.keys()) if (b.terms.has(term)) common++;
  return common < fewestInCommon ? 0 : byHeadlines;
}

/** Mean likeness of a story's articles to each other: the square of their sum is all pairs, and each with itself. */
function within(articles: number, square: number): number {
  const pairs = (articles * (articles - 1)) / 2;
  const alike = Math.max(0, square - articles) / 2;
  return Math.max(usual, (alike + usual * usualPairs) / (pairs + usualPairs));
}

const squares = new WeakMap<StoryTerms, number>();

/** A story is compared with many others; the product of its sum with itself stays the same. */
function squareOf({ terms }: StoryState): number {
  const known = squares.get(terms) ?? square(terms);
  squares.set(terms, known);
  return known;
}

function daysApart(a: StoryState, b: StoryState): number {
  if (!a.first || !a.latest || !b.first || !b.latest) return 0;
  return Math.max(Date.parse(a.first) - Date.parse(b.latest), Date.parse(b.first) - Date.parse(a.latest), 0) / dayMs;
}

function union(a: StoryState, b: StoryState): StoryState {
  const sum = new Map(a.terms);
  for (const [term, weight] of b.terms) sum.set(term, (sum.get(term) ?? 0) + weight);
  const times = [a.first, a.latest, b.first, b.latest].filter((time) => time !== undefined).sort();
  return {
    articles: a.articles + b.articles,
    first: times[0],
    latest: times.at(-1),
    terms: sum.size > termsRemembered ? heaviest(sum, termsRemembered) : sum,
    marks: firstAndLatest([...a.marks, ...b.marks]),
  };
}

function firstAndLatest(marks: readonly StoryMark[]): readonly StoryMark[] {
  if (marks.length <= marksRemembered) return marks;
  const sorted = marks.toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
  return [...sorted.slice(0, marksRemembered / 2), ...sorted.slice(-marksRemembered / 2)];
}

function grown({ articles, first, latest, terms, marks }: StoryState, id: StoryId | undefined): GrownStory {
  const length = Math.sqrt(square(terms)) || 1;
  const leading = new Map(heaviestOf([...terms], leadingTerms).map(([term, weight]) => [term, weight / length]));
  return { id, absorbs: [], takes: [], articles, first, latest, terms, marks, leading };
}

/** The heaviest terms, each multiplied by how rare it is (BM25's idf), as a vector of length 1. */
export function unitVector(terms: StoryTerms, counts: TermCounts): StoryTerms {
  const weighed: [number, number][] = [];
  for (const [term, weight] of terms) weighed.push([term, weight * rarity(term, counts)]);
  return unit(heaviestOf(weighed, termsCompared));
}

function unit(terms: readonly (readonly [number, number])[]): StoryTerms {
  let sum = 0;
  for (const [, weight] of terms) sum += weight * weight;
  const length = Math.sqrt(sum) || 1;
  const vector = new Map<number, number>();
  for (const [term, weight] of terms) vector.set(term, weight / length);
  return vector;
}

/** The heaviest terms, heaviest first. */
const heaviest = (terms: StoryTerms, limit = leadingTerms): StoryTerms => new Map(heaviestOf([...terms], limit));

const heaviestOf = (terms: [number, number][], limit: number): [number, number][] =>
  terms.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, limit);

function square(terms: StoryTerms): number {
  let sum = 0;
  for (const weight of terms.values()) sum += weight * weight;
  return sum;
}

/** Product of two vectors. */
export function product(a: StoryTerms, b: StoryTerms): number {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [term, weight] of few) sum += weight * (many.get(term) ?? 0);
  return sum;
}
