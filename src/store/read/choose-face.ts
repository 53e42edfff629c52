import { fold } from '../../text/fold.ts';
import { headlineKind } from '../../text/headline-kind.ts';
import type { ArticleCard } from './articles.ts';

/** An article that may stand for its story. */
export type FaceCandidate = Pick<
  ArticleCard,
  'title' | 'opening' | 'liveBlog' | 'opinion' | 'paywalled' | 'image' | 'newsAt' | 'seq'
> & {
  /** Of its text, as far as they compare. */
  readonly size: number;
};

/** Letters by which words are compared: forms of one word mostly share them. */
const stem = 5;
const shortest = 3;

const wordsOf = (text: string): Set<string> =>
  new Set(
    fold(text)
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .filter((word) => word.length >= shortest || /\p{N}/u.test(word))
      .map((word) => word.slice(0, stem)),
  );

/** 0 for an open report with a text; what is worse in a weightier way is more. */
function flaws({ title, opening, liveBlog, opinion, paywalled }: FaceCandidate): number {
  const kind = headlineKind(title);
  return (
    (opening === '' ? 8 : 0) +
    (liveBlog || kind === 'live' ? 4 : 0) +
    (opinion || kind === 'comment' ? 2 : 0) +
    (paywalled ? 1 : 0)
  );
}

/** A report that half of the others bear out and that is half as long counts as one of full length that a quarter bear out. */
const leastForLength = 0.5;

/**
 * The article that stands for a story: of those with the fewest flaws (a text before a headline alone, a report before a live page, a
 * comment or an explanation, open before closed) the one with the greatest
 *
 *   centrality × (1/2 + 1/2 × size / size of the longest)
 *
 * Centrality is how far the others bear its headline out: of the headline's words, the mean share of the other articles in whose headline
 * or opening the word stands. A report says what all say; an analysis, a reaction or a side story has words of its own. Then with a picture
 * before without, then who told it first.
 */
export function chooseFace<Candidate extends FaceCandidate>(candidates: readonly Candidate[]): Candidate | undefined {
  if (candidates.length < 2) return candidates[0];
  const told = candidates.map(({ title, opening }) => wordsOf(`${title} ${opening}`));
  const longest = Math.max(1, ...candidates.map(({ size }) => size));
  const score = (candidate: Candidate, index: number): number => {
    const words = [...wordsOf(candidate.title)];
    const others = told.filter((_, other) => other !== index);
    const shares = words.map((word) => others.filter((text) => text.has(word)).length / others.length);
    const centrality = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, words.length);
    return centrality * (leastForLength + (1 - leastForLength) * (candidate.size / longest));
  };
  const weighed = candidates.map((candidate, index) => ({
    candidate,
    order: [
      flaws(candidate),
      -score(candidate, index),
      candidate.image ? 0 : 1,
      candidate.newsAt.getTime(),
      Number(candidate.seq),
    ],
  }));
  weighed.sort((a, b) => {
    const at = a.order.findIndex((value, place) => value !== b.order[place]);
    return at < 0 ? 0 : (a.order[at] ?? 0) - (b.order[at] ?? 0);
  });
  return weighed[0]?.candidate;
}
