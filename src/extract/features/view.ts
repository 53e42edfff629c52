import { fold, isSpace } from '../../text/words.ts';
import { functionWordShare, guessLanguage } from '../language.ts';
import type { Block, Box } from '../parse/block.ts';
import { foreign, Signal } from '../parse/signals.ts';

/** A page as scorers and rules look at it: its blocks, and what the head of the page says they should hold. */
export interface View {
  readonly blocks: readonly Block[];
  readonly boxes: readonly Box[];
  /** Text of each block folded for comparison (`fold`); computed once, for lines of up to 60 words whole, for longer ones their start. */
  readonly folded: readonly string[];
  /** The same without a limit; found when asked for. */
  readonly foldedWhole: (index: number) => string;
  /** Share of function words in each folded line; found when asked for. */
  readonly proseShare: (index: number) => number;
  /** The language of its longer lines (ISO 639-1); found when asked for. Undefined when they say too little. */
  readonly language: () => string | undefined;
  readonly title: string;
  /** All forms of the headline that the page gives, folded. */
  readonly titles: readonly string[];
  readonly authors: readonly string[];
  readonly summary: string;
  readonly site: string;
}

/** Characters of a line that are folded for all to see. */
const foldedLength = 400;

/** The whole text of a block folded, be it one of the page's own or not. */
export const foldedText = (view: View, block: Block): string =>
  view.blocks[block.index] === block ? view.foldedWhole(block.index) : fold(block.text);

export function makeView(
  blocks: readonly Block[],
  boxes: readonly Box[],
  head: { title: string; titles: readonly string[]; authors: readonly string[]; summary: string; site: string },
): View {
  const folded = blocks.map(({ text }) => fold(text.length > foldedLength ? text.slice(0, foldedLength) : text));
  const whole: string[] = [];
  const shares = new Float64Array(blocks.length).fill(-1);
  let language: string | undefined | null = null;
  return {
    blocks,
    boxes,
    folded,
    foldedWhole: (index) => {
      const text = blocks[index]?.text ?? '';
      if (text.length <= foldedLength) return folded[index] ?? '';
      whole[index] ??= fold(text);
      return whole[index];
    },
    proseShare: (index) => {
      if (shares[index] === -1) shares[index] = functionWordShare(folded[index] ?? '');
      return shares[index] ?? 0;
    },
    language: () => {
      if (language === null) language = languageOf(blocks);
      return language;
    },
    title: fold(head.title),
    titles: [...new Set([head.title, ...head.titles].map(fold).filter((t) => t.length > 3))],
    authors: [...new Set(head.authors.map(fold).filter((a) => a.length > 3))],
    summary: fold(head.summary),
    site: fold(head.site),
  };
}

/** Lines that are long enough to be sentences, and characters of them that are enough to tell a language by. */
const sentence = { words: 12, characters: 3000 } as const;

function languageOf(blocks: readonly Block[]): string | undefined {
  let text = '';
  for (const block of blocks) {
    if (block.words >= sentence.words && linkShare(block) < 0.5) text += `${block.text} `;
    if (text.length > sentence.characters) break;
  }
  return guessLanguage(text)?.language;
}

/** Characters that end a sentence, and those that may follow them. */
const stops = new Set(Array.from('.!?…。！？।؟۔։።‽:;', (character) => character.charCodeAt(0)));
const closers = new Set(Array.from('"\'”’»«›)]】」』*¹²³', (character) => character.charCodeAt(0)));

/** Ends as a sentence does, in any script; closing quotes and brackets may follow. Read from the end: a pattern would try every stop in the text. */
export function endsSentence(text: string): boolean {
  for (let i = text.length - 1; i >= 0; i--) {
    const code = text.charCodeAt(i);
    if (stops.has(code)) return true;
    if (!closers.has(code) && !isSpace(code)) return false;
  }
  return false;
}

/** Share of a block's words that stand in links. */
export const linkShare = (block: Block): number => (block.words > 0 ? block.linkWords / block.words : 0);

/** Reads like a paragraph of running text. */
export const isParagraph = (block: Block): boolean =>
  block.words >= 10 &&
  linkShare(block) < 0.4 &&
  block.kind !== 'heading' &&
  block.kind !== 'caption' &&
  (block.words >= 25 || endsSentence(block.text));

/** Stands in a part of the page whose names say that it is not the article. */
export const isForeign = (block: Block): boolean => (block.box.above & foreign & ~Signal.tags & ~Signal.widget) !== 0;
