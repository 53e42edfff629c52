import type { View } from '../features/view.ts';
import type { MainPath } from '../parse/main-path.ts';

/** Where the text stands, as the scorers see it. */
export interface Bounds {
  /** Bounds of the body of text. */
  readonly first: number;
  readonly end: number;
  readonly paths: readonly MainPath[];
  /** One past the last block of the element that is named as the text, when there is one. */
  readonly textEnd: number | undefined;
  /** The blocks that rules for single lines look at; runs and boxes are found on the whole page. */
  readonly lines: Span;
}

/** Blocks from `first` up to, not including, `end`. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

/** A named kind of boilerplate. */
export interface Rule {
  readonly name: string;
  /** Why such a line is no part of an article, for `--explain`. */
  readonly reason: string;
  /** Marks the blocks that the rule finds. */
  find(view: View, bounds: Bounds, mark: (index: number) => void): void;
}

/** A rule that looks at one line at a time. */
export const lineRule = (
  name: string,
  reason: string,
  test: (view: View, index: number, first: number, end: number) => boolean,
): Rule => ({
  name,
  reason,
  find: (view, { first, end, lines }, mark) => {
    for (let i = lines.first; i < lines.end; i++) if (test(view, i, first, end)) mark(i);
  },
});
