import { diffWords } from 'diff';

/** A version of a text: its headline and its plain text, a block a line. */
export interface TextVersion {
  readonly title: string;
  readonly text: string;
}

/** A piece of a changed text: what both versions have, or one of them only. */
export interface Piece {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** What a later version says that an earlier one did not, and the other way round. */
export interface Changes {
  /** The headline by word, when it is another now. */
  readonly title: readonly Piece[] | undefined;
  /** Each block that changed, in the order of the later version; then the blocks that are gone. */
  readonly blocks: readonly (readonly Piece[])[];
}

/** Share of the words that two blocks must have in common to be one block, edited. */
const sameBlock = 0.4;
/** Beyond that many edits a comparison by word costs too much and tells nothing. */
const mostEdits = 400;

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });
const blocksOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');
const wordsOf = (text: string): ReadonlySet<string> =>
  new Set([...segmenter.segment(text)].filter((one) => one.isWordLike).map((one) => one.segment.toLowerCase()));

/** Two texts, word by word. */
function byWord(before: string, after: string): readonly Piece[] {
  const pieces = diffWords(before, after, { intlSegmenter: segmenter, maxEditLength: mostEdits });
  if (!pieces)
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ];
  return pieces.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
}

/** The gone block that was edited into this one, if any. */
function earlierOf(block: string, gone: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
  const words = wordsOf(block);
  let best: { text: string; share: number } | undefined;
  for (const [text, others] of gone) {
    const share = words.intersection(others).size / Math.max(words.size, others.size, 1);
    if (share >= sameBlock && share > (best?.share ?? 0)) best = { text, share };
  }
  return best?.text;
}

/** Compares two versions block by block, and what was edited in a block by word; blocks that only moved are no change. */
export function changesBetween(before: TextVersion, after: TextVersion): Changes {
  const [old, present] = [blocksOf(before.text), blocksOf(after.text)];
  const [inOld, inPresent] = [new Set(old), new Set(present)];
  const gone = new Map(old.filter((block) => !inPresent.has(block)).map((block) => [block, wordsOf(block)]));
  const changed = present
    .filter((block) => !inOld.has(block))
    .map((block): readonly Piece[] => {
      const earlier = earlierOf(block, gone);
      if (earlier === undefined) return [{ kind: 'added', text: block }];
      gone.delete(earlier);
      return byWord(earlier, block);
    });
  return {
    title: before.title === after.title ? undefined : byWord(before.title, after.title),
    blocks: [...changed, ...[...gone.keys()].map((text): readonly Piece[] => [{ kind: 'removed', text }])],
  };
}
