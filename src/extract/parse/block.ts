import type { Element } from './node.ts';

/** Inline marks that survive into the HTML form, as bits. */
export const Mark = { strong: 1, emphasis: 2, code: 4, sub: 8, sup: 16, strike: 32 } as const;

/** A run of text with one set of marks. */
export interface Piece {
  text: string;
  readonly marks: number;
  readonly href: string | undefined;
}

/** A block-level element with what is known of the text below it. */
export interface Box {
  readonly element: Element;
  readonly parent: Box | undefined;
  readonly name: string;
  readonly depth: number;
  /** Signals of the element itself. */
  own: number;
  /** Signals of the element and everything above it, body and html left out. */
  above: number;
  /** Number of the element's name with its class, digits left out: how a template writes one kind of block. */
  readonly signature: number;
  /** Number of the signature together with the parent's; boxes that a template writes alike, in places alike, share it. */
  readonly template: number;
  /** First block below, and one past the last. */
  first: number;
  end: number;
  words: number;
  linkWords: number;
  /** Words in blocks that read like paragraphs: long enough, few links. */
  paragraphWords: number;
  /** Fields of forms that readers see. */
  fields: number;
}

export type BlockKind = 'paragraph' | 'heading' | 'item' | 'quote' | 'code' | 'cell' | 'caption' | 'term' | 'line';

/** One line of the page: the smallest unit that is kept or dropped. */
export interface Block {
  readonly index: number;
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly kind: BlockKind;
  /** 1…6 for headings, else 0. */
  readonly level: number;
  readonly box: Box;
  /** Signals of the inline elements that hold the whole text. */
  readonly inline: number;
  readonly words: number;
  readonly linkWords: number;
  readonly links: number;
  /** Words in bold or emphasis. */
  readonly markedWords: number;
  /** Continues the block before it after a single line break. */
  readonly continues: boolean;
  readonly inList: boolean;
  readonly orderedList: boolean;
  readonly inQuote: boolean;
  readonly inTable: boolean;
  readonly inFigure: boolean;
  /** A picture stands between the line before and this one. */
  readonly afterPicture: boolean;
  /** Set in the middle, as pages without `<figure>` set their captions. */
  readonly centred: boolean;
  /** Inside `<header>`, `<footer>`, `<nav>`, `<aside>`, `<form>` …: the innermost of them. */
  readonly region: string;
}

/** A picture on the page and the block that follows it. */
export interface Picture {
  readonly url: string;
  readonly alt: string;
  readonly width: number;
  readonly box: Box;
  readonly before: number;
}
