import type { View } from '../features/view.ts';
import type { MainPath } from '../parse/main-path.ts';

/** Where the text stands, as the scorers see it. */
export interface Bounds {
  /** Bounds of the body of text. */
  readonly first: number;
  readonly end: number;
  readonly paths: readonly MainPath[];
  /** The element that is named as the text, when there is one. */
  readonly text: Span | undefined;
  /** The blocks that rules for single lines look at; runs and boxes are found on the whole page. */
  readonly lines: Span;
}

/** Blocks from `first` up to, not including, `end`. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

/** A named kind of boilerplate: of a run or a box, or of one line. */
export type Rule = PageRule | LineRule;

interface Named {
  readonly name: string;
  /** Why such a line is no part of an article, for `--explain`. */
  readonly reason: string;
}

/** A rule that looks at the whole page. */
export interface PageRule extends Named {
  /** Marks the blocks that the rule finds. */
  find(view: View, bounds: Bounds, mark: (index: number) => void): void;
}

/** A rule that looks at one line at a time. */
export interface LineRule extends Named {
  readonly test: (view: View, index: number, first: number, end: number) => boolean;
}

export const lineRule = (name: string, reason: string, test: LineRule['test']): LineRule => ({ name, reason, test });
